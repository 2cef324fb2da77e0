"""supervision — performance reports and satisfaction assessments of those in office."""
