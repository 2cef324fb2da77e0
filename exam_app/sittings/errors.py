"""sittings.errors — refusals around a sitting."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchSitting(NotFound):
    """No such sitting for this device."""

    code = "no_such_sitting"


class NoPaperForOrgan(Conflict):
    """The exam has no blueprint for the person's organ."""

    code = "no_paper_for_organ"


class ExamCancelled(Conflict):
    """The exam was called off."""

    code = "exam_cancelled"


class NotReleased(Conflict):
    """The invigilator has not released the start yet."""

    code = "not_released"


class TooEarly(Conflict):
    """The window has not opened yet; `opens_at` says when it will."""

    code = "too_early_to_start"


class TooLate(Conflict):
    """Nobody may begin any more."""

    code = "too_late_to_start"


class MarkedAbsent(Conflict):
    """The person was recorded as absent."""

    code = "marked_absent"


class SittingClosed(Conflict):
    """The sitting was handed in, has run out or was voided."""

    code = "sitting_closed"


class SittingOnPaper(Conflict):
    """The sitting goes on with pen and paper; no device may open it."""

    code = "sitting_on_paper"


class DeviceReplaced(Conflict):
    """The sitting goes on at another machine or in another tab."""

    code = "device_replaced"


class RevisionTaken(Conflict):
    """Another answer has this revision; `revision` is the highest one stored."""

    code = "revision_taken"


class TooEarlyToHandIn(Conflict):
    """Nobody may hand in yet; `minutes` says how long it takes."""

    code = "too_early"


class AnswerInvalid(Invalid):
    """Not an answer to a question of this paper."""

    code = "answer_invalid"


class HasBegun(Conflict):
    """Whoever has begun to sit is not absent."""

    code = "has_begun"
