"""incidents.errors — refusals around outages and emergency files."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchEmergencyFile(NotFound):
    """No such emergency file waits for this exam."""

    code = "no_such_emergency_file"


class EmergencyReasonMissing(Invalid):
    """Why answers are taken from a file must be said, in at most `most` characters."""

    code = "emergency_reason_missing"


class ConflictsNotReviewed(Invalid):
    """`count` questions have different answers on both sides, and nobody said that they were looked at."""

    code = "emergency_conflicts_not_reviewed"


class NothingToTake(Conflict):
    """Not one answer of the file was chosen."""

    code = "emergency_nothing_to_take"


class AnswersMovedOn(Conflict):
    """The server took an answer after the comparison was shown."""

    code = "emergency_answers_moved_on"


class SittingVoided(Conflict):
    """A voided sitting takes no answers."""

    code = "emergency_sitting_voided"


class NoSeatChosen(Invalid):
    """A decision about an outage names no seat."""

    code = "no_seat_chosen"
