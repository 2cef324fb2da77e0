"""meetings.rules — whether enough members are there, and which orders of a list are the same list."""

from collections.abc import Sequence


def has_quorum(present: int, total: int) -> bool:
    """Whether more than half of all members are present (地方组织法 §51); exactly half is not enough."""
    return 2 * present > total


def moved(ids: Sequence[int], one: int, position: int) -> list[int]:
    """Return the list with one of it at the position, counted from 1; beyond the end is the end."""
    others = [each for each in ids if each != one]
    at = min(max(position, 1), len(ids)) - 1
    return [*others[:at], one, *others[at:]]
