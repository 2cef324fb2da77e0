"""operations — jobs in the queue, the scheduler's lease, rate limits, stored files."""
