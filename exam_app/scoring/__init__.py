"""scoring — PURE: what an answer is worth, and what a score means."""
