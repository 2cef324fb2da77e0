"""tests.web — pages, an audience a folder."""
