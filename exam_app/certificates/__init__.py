"""certificates — what was certified to whom: number, frozen facts, signed file, revocation."""
