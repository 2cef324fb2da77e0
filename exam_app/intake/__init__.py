"""intake — lists for appointment and removal, as offices send them, on their way to items of a bill."""
