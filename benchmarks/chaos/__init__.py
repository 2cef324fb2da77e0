"""benchmarks.chaos — make chaos: a whole exam under every fault we can make, and then a judge over what is left."""
