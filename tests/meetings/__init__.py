"""tests.meetings — meetings are recorded once, under their term."""
