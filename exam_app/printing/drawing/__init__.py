"""printing.drawing — what every document is drawn with: the sheet, lines of text, tables, wording."""
