"""tests.cli.rehearsal — simulated candidates and the rehearsal that they play."""
