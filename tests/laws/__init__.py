"""tests.laws — the register of laws, and texts that are loaded into it."""
