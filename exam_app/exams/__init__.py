"""exams — when, for whom and by which rules: exams and their rosters."""
