"""tests.benchmarks — the instruments of the benchmarks tell the truth."""
