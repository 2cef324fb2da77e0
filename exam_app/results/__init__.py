"""results — marks, publication, and what a result says to whom."""
