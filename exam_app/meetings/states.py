"""meetings.states — which body meets, how far a meeting has come, who is a member in which office."""

from collections.abc import Mapping
from enum import StrEnum


class MeetingKind(StrEnum):
    """The body that meets."""

    STANDING_COMMITTEE = "standing_committee"
    DIRECTORS = "directors"


class MeetingState(StrEnum):
    """A meeting is open once its attendance is recorded and there is a quorum."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


MEETING_MOVES: Mapping[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.OPEN}),
    MeetingState.OPEN: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
}


class MemberOffice(StrEnum):
    """The office of a member of the standing committee."""

    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    SECRETARY_GENERAL = "secretary_general"
    MEMBER = "member"
