"""people — persons, accounts, roles and credentials."""
