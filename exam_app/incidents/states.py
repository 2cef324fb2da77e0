"""incidents.states — what was decided about an outage, and what became of an emergency file."""

from enum import StrEnum


class CreditCause(StrEnum):
    """What shows that an outage was not the candidate's own doing."""

    SERVER = "server"
    ROOM = "room"


class CreditDecision(StrEnum):
    """What the chief invigilator decided about time lost."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"


class FileOutcome(StrEnum):
    """What became of an emergency file that was handed in; refusals stay on record."""

    LOADED = "loaded"
    FOREIGN = "foreign"
    ALTERED = "altered"
    REPLAYED = "replayed"
