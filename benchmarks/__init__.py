"""benchmarks — the figures that README quotes, one command each."""
