"""web.officer — pages for officers and directors: appointments and certificates."""
