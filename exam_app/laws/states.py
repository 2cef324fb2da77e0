"""laws.states — how an edition of a law stands on a day; follows from dates, never stored."""

from enum import StrEnum


class Standing(StrEnum):
    """Whether an edition is the law on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
