"""tests.committees — the room committees."""
