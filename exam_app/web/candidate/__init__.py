"""web.candidate — pages for a nominee at a seat."""
