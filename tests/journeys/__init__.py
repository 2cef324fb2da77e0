"""tests.journeys — whole stories in a real browser, before the real server with its own process and database."""
