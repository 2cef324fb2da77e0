"""web.candidate.steps — the one thing a candidate does now, judged from facts in hand."""

from datetime import datetime
from enum import StrEnum

from exam_app.committees.rules import from_document
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sittings.models import Sitting
from exam_app.sittings.rules import latest_start
from exam_app.sittings.states import SittingState


class Step(StrEnum):
    """What the home page's card says."""

    CANCELLED = "cancelled"
    ABSENT = "absent"
    CHECK_IN = "check_in"
    WAITING = "waiting"
    READY = "ready"
    TOO_LATE = "too_late"
    SITTING = "sitting"
    ON_PAPER = "on_paper"
    CLOSED = "closed"
    PUBLISHED = "published"
    VOIDED = "voided"


STILL = frozenset({Step.CANCELLED, Step.TOO_LATE, Step.PUBLISHED, Step.VOIDED})
"""Steps on which the page need not ask again."""


def step_now(exam: Exam, entry: RosterEntry, sitting: Sitting | None, result: Result | None, now: datetime) -> Step:
    """Return the candidate's step."""
    if sitting is not None:
        return _after_start(sitting, result, now)
    if exam.state is not ExamState.ANNOUNCED:
        return Step.CANCELLED
    if entry.absence is not Absence.NONE:
        return Step.ABSENT
    return _before_start(exam, entry, now)


def _before_start(exam: Exam, entry: RosterEntry, now: datetime) -> Step:
    late_entry = from_document(exam.rules).late_entry_minutes
    last = latest_start(exam.opens_at, exam.closes_at, late_entry, exam.released_at or now)
    if now >= exam.closes_at or now > last:
        return Step.TOO_LATE
    if entry.checked_in_at is None:
        return Step.CHECK_IN
    return Step.READY if exam.released_at is not None and now >= exam.opens_at else Step.WAITING


def _after_start(sitting: Sitting, result: Result | None, now: datetime) -> Step:
    if sitting.state is SittingState.OPEN:
        at_work = Step.SITTING if sitting.on_paper_at is None else Step.ON_PAPER
        return at_work if now <= sitting.saves_close_at else Step.CLOSED
    if sitting.state is SittingState.VOIDED:
        return Step.VOIDED
    return Step.PUBLISHED if result is not None and result.state is ResultState.PUBLISHED else Step.CLOSED
