"""tests.results — tests of exam_app.results."""
