"""question_bank.lint — one module for each sort of weakness a list of questions can have."""
