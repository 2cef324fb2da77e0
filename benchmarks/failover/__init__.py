"""benchmarks.failover — make failover: three web nodes, nginx, one PostgreSQL, two schedulers; some of them die."""
