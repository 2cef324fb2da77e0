"""tests.charts — tests of charts."""
