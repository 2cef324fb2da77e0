"""tests.web.public — pages for anyone."""
