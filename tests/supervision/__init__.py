"""tests.supervision — who owes a report, what became of it, and how an assessment is counted."""
