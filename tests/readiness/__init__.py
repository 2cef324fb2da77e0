"""tests.readiness — what the self-check finds, on a sound installation and on broken ones."""
