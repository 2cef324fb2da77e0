"""tests.pages — the demo on a real server, with something on every page, for whoever wants to look at it."""
