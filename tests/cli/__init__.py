"""tests.cli — the operators' commands."""
