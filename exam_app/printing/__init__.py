"""printing — facts to PDF; pure: fetches nothing, reads no clock."""
