"""committees — standing committees (tenants), their terms of office and their local rules by date."""
