"""readiness — whether this installation, and the coming exam on it, have what they need; facts, read only."""
