"""sittings.states — the life of a sitting."""

from collections.abc import Mapping
from enum import StrEnum


class SittingState(StrEnum):
    """Stored because someone decided it, or (expired) because time froze it."""

    OPEN = "open"
    SUBMITTED = "submitted"
    EXPIRED = "expired"
    VOIDED = "voided"


SITTING_MOVES: Mapping[SittingState, frozenset[SittingState]] = {
    SittingState.OPEN: frozenset({SittingState.SUBMITTED, SittingState.EXPIRED, SittingState.VOIDED}),
    SittingState.SUBMITTED: frozenset({SittingState.VOIDED}),
    SittingState.EXPIRED: frozenset({SittingState.VOIDED}),
    SittingState.VOIDED: frozenset(),
}


class LateReason(StrEnum):
    """Why an answer did not count when it came, or by which way beside the network it came."""

    AFTER_GRACE = "after_grace"
    AFTER_CLOSE = "after_close"
    REPLACED_DEVICE = "replaced_device"
    EMERGENCY_FILE = "emergency_file"
    ON_PAPER = "on_paper"


class RoomEventKind(StrEnum):
    """What happened around a sitting; a hint for the invigilator, never a verdict."""

    STARTED = "started"
    RESUMED = "resumed"
    MOVED = "moved"
    EXTRA_TIME = "extra_time"
    FOCUS_LOST = "focus_lost"
    RECONNECTED = "reconnected"
    HANDED_IN = "handed_in"
    EXPIRED = "expired"
    VOIDED = "voided"
    EMERGENCY_LOADED = "emergency_loaded"
    PUT_ON_PAPER = "put_on_paper"
    PAPER_SETTLED = "paper_settled"
    LATE_DECIDED = "late_decided"
