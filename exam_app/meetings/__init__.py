"""meetings — standing committee and directors' meetings."""
