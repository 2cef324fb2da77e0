"""tests.proceedings — tests of proceedings."""
