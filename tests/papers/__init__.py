"""tests.papers — tests of the room papers."""
