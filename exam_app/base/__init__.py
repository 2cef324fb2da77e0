"""base — what every room stands on and no room of the trade: clock, database, refusals, keys, chance."""
