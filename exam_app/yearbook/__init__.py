"""yearbook — the year in figures: definitions, the year-end paragraph, each figure opening its list."""
