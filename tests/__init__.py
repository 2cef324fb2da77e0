"""tests — mirrors the house; journeys run in a real browser."""
