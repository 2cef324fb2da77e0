"""tests.texts — the room texts."""
