"""web.candidate.steps — the one thing a candidate does now, judged from facts in hand."""

from datetime import datetime
from enum import StrEnum

from exam_app.committees.rules import from_document
from exam_app.exams.states import Absence, ExamState
from exam_app.results.queries import Standing
from exam_app.results.states import ResultState
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


def step_now(standing: Standing, now: datetime) -> Step:
    """Return the candidate's step."""
    if standing.sitting_state is not None:
        return _after_start(standing, now)
    if standing.exam_state is not ExamState.ANNOUNCED:
        return Step.CANCELLED
    if standing.absence is not Absence.NONE:
        return Step.ABSENT
    return _before_start(standing, now)


def _before_start(standing: Standing, now: datetime) -> Step:
    late_entry = from_document(standing.rules).late_entry_minutes
    opens_at, closes_at, released_at = standing.opens_at, standing.closes_at, standing.released_at
    if now >= closes_at or now > latest_start(opens_at, closes_at, late_entry, released_at or now):
        return Step.TOO_LATE
    if standing.checked_in_at is None:
        return Step.CHECK_IN
    return Step.READY if released_at is not None and now >= opens_at else Step.WAITING


def _after_start(standing: Standing, now: datetime) -> Step:
    if standing.sitting_state is SittingState.OPEN:
        at_work = Step.SITTING if standing.on_paper_at is None else Step.ON_PAPER
        return at_work if standing.saves_close_at is not None and now <= standing.saves_close_at else Step.CLOSED
    if standing.sitting_state is SittingState.VOIDED:
        return Step.VOIDED
    return Step.PUBLISHED if standing.result_state is ResultState.PUBLISHED else Step.CLOSED
