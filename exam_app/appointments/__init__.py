"""appointments — who is to be appointed to what, and whether the exam stands in the way."""
