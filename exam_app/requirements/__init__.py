"""requirements — who must sit by the rules of today: deciding again, facts and approvals, what failing leads to."""
