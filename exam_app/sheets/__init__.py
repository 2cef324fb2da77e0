"""sheets — a sitting that goes on with pen and paper: printed, read twice, settled."""
