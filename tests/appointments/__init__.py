"""tests.appointments — who must sit, what a result does to an item, and who may be announced."""
