"""tests.incidents — outages, time given back."""
