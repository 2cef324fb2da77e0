"""sittings.admission — who may begin or go on, judged from facts in hand."""

from datetime import datetime

from exam_app.base.clock import local
from exam_app.committees.rules import from_document
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.sittings import timing
from exam_app.sittings.errors import (
    ExamCancelled,
    MarkedAbsent,
    NotReleased,
    SittingClosed,
    SittingOnPaper,
    TooEarly,
    TooLate,
)
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState


def check_start(entry: RosterEntry, exam: Exam, now: datetime) -> None:
    """Raise the refusal that stands against beginning now, if one does."""
    if exam.state is ExamState.CANCELLED:
        raise ExamCancelled(exam=exam.id)
    if entry.absence is not Absence.NONE:
        raise MarkedAbsent(entry=entry.id)
    if exam.state is not ExamState.ANNOUNCED or exam.released_at is None:
        raise NotReleased(exam=exam.id)
    if now < exam.opens_at:
        raise TooEarly(opens_at=local(exam.opens_at))
    late_entry = from_document(exam.rules).late_entry_minutes
    if now >= exam.closes_at or now > timing.latest_start(exam.opens_at, exam.closes_at, late_entry, exam.released_at):
        raise TooLate(exam=exam.id)


def check_resume(sitting: Sitting, exam: Exam, now: datetime) -> None:
    """Raise the refusal that stands against going on with a sitting, if one does."""
    if exam.state is ExamState.CANCELLED:
        raise ExamCancelled(exam=exam.id)
    if sitting.state is not SittingState.OPEN or now > sitting.saves_close_at:
        raise SittingClosed(state=sitting.state.value)
    if sitting.on_paper_at is not None:
        raise SittingOnPaper(sitting=sitting.id)
