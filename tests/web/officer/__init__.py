"""tests.web.officer — pages of the officers and directors."""
