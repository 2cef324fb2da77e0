"""audit — who did what to what, when: one keyed chain for each committee, insert-only."""
