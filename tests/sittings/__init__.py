"""tests.sittings — tests of exam_app.sittings."""
