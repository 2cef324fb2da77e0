"""tests.people — the room people."""
