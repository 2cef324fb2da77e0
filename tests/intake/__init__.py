"""tests.intake — tests of lists on their way to items."""
