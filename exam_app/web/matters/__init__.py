"""web.matters — what needs a hand now, for the roles of the account at work: rooms are asked, matters come out."""
