"""proceedings — what meetings do with items: review, agenda, report, vote, letter, oath, office."""
