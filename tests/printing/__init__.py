"""tests.printing — facts in, PDF out, read back as a reader would."""
