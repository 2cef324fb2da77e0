"""question_bank — questions on the law as facts: their kinds, files, checks and shipped content."""
