"""tests.submissions — tests of papers, correction notices and what speaks against items."""
