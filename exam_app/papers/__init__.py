"""papers — blueprints, drawing and sealing of papers."""
