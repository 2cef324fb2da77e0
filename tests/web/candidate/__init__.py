"""tests.web.candidate — pages for nominees."""
