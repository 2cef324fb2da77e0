"""web.admin — pages for the three administrators."""
