"""tests.jobs — tests of exam_app.jobs."""
