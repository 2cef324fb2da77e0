"""tests.exams — tests of the room exams."""
