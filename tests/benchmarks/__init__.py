"""tests.benchmarks — the instruments tell the truth, and the proofs prove: a planted fault is caught."""
