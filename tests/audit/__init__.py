"""tests.audit — the room audit."""
