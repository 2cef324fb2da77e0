"""tests.question_bank — questions as values, files and law texts; no database, no application."""
