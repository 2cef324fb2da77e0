"""tests.benchmarks — that the proofs prove: a clean house passes, a planted fault is caught."""
