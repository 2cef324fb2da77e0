"""printing.official — official documents: one text, told as PDF, DOCX and XLSX."""
