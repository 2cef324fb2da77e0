"""question_bank.formats — the files in which questions come and go."""
