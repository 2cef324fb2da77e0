"""submissions — what a submission consists of: lists read into items, attachments, corrections, what is doubtful."""
