"""requirements — who must sit by today's rules: deciding again, scope, facts, approvals, what failing leads to."""
