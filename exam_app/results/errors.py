"""results.errors — refusals about results."""

from exam_app.base.errors import Conflict, Invalid, NotAllowed, NotFound


class NoSuchResult(NotFound):
    """No such result for this person."""

    code = "no_such_result"


class NeedsMarker(Conflict):
    """A written answer waits for a person's judgement; a machine cannot mark it."""

    code = "needs_marker"


class SetterMustNotPublish(NotAllowed):
    """Whoever set the exam or one of its blueprints must not publish its results."""

    code = "setter_must_not_publish"


class PeopleStillSitting(Conflict):
    """Somebody is still sitting; `count` says how many."""

    code = "people_still_sitting"


class MarkingUnfinished(Conflict):
    """Some results are not marked yet; `count` says how many."""

    code = "marking_unfinished"


class SheetsUnread(MarkingUnfinished):
    """Some people's sheets are not read and settled yet; `count` says how many."""

    code = "sheets_unread"


class SheetUnsettled(Conflict):
    """A sitting on paper is marked only after its sheet was settled."""

    code = "sheet_unsettled"


class NothingToPublish(Conflict):
    """There is no marked result that is not published."""

    code = "nothing_to_publish"


class VoidingNeedsReason(Invalid):
    """A result is voided for a reason of at most 200 characters."""

    code = "voiding_needs_reason"


class NoSuchLateAnswer(NotFound):
    """No such late answer in this committee."""

    code = "no_such_late_answer"


class NoLateAnswerChosen(Invalid):
    """Nothing was chosen to decide about."""

    code = "no_late_answer_chosen"


class LateNeedsReason(Invalid):
    """A late answer is accepted or declined for a reason of at most `most` characters."""

    code = "late_needs_reason"


class LateBeforeClosing(Conflict):
    """The person is still sitting; what counts is decided once the paper is in."""

    code = "late_before_closing"


class LateAfterPublication(Conflict):
    """The result is published; what counts for it is settled."""

    code = "late_after_publication"


class LateAfterVoiding(Conflict):
    """The result is void; nothing counts for it any more."""

    code = "late_after_voiding"
