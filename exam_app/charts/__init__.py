"""charts — figures become shapes: the same drawing on a page and on paper."""
