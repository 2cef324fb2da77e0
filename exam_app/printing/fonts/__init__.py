"""printing.fonts — the font files that every document embeds, and the script that made them."""
