"""tests.bank — questions: drafts, review, files, and what papers and pages read."""
