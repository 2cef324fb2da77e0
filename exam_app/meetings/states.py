"""meetings.states — which body meets."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """The body that meets."""

    STANDING_COMMITTEE = "standing_committee"
    DIRECTORS = "directors"
