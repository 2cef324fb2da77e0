"""tests.yearbook — tests of yearbook."""
