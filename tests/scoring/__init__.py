"""tests.scoring — tests of exam_app.scoring."""
