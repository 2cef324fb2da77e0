"""tests.requirements — deciding again, facts, approvals, attempts and what they lead to."""
