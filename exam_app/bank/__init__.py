"""bank — stored questions, their immutable versions, review and citations."""
