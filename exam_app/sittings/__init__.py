"""sittings — one person, one exam, one paper: start, keep answers, close. Never loads an answer key."""
