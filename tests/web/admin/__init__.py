"""tests.web.admin — the pages of the three administrators."""
