"""laws — statutes, their editions and, where the office has loaded them, their articles."""
