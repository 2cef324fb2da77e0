"""tests.operations — the room operations."""
