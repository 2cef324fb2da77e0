"""tests.certificates — what was certified, and that it stays so."""
