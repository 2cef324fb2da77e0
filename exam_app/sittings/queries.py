"""sittings.queries — reads sittings for pages and jobs."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, func, select

from exam_app.bank.models import QuestionVersion
from exam_app.base.db import db
from exam_app.base.lookups import Lookup
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence
from exam_app.papers.models import PaperSlot
from exam_app.people.models import Person
from exam_app.sittings.models import AnswerEvent, LateEvent, RoomEvent, Sitting
from exam_app.sittings.rules import Acknowledged, counting_answers
from exam_app.sittings.states import RoomEventKind, SittingState
from question_bank.kinds import OrganType

AT_A_DEVICE = (RoomEventKind.STARTED, RoomEventKind.RESUMED, RoomEventKind.MOVED)


class BoardRow(NamedTuple):
    """One seat of the room as the invigilator sees it; the sitting's columns are None until it starts."""

    entry_id: int
    seat: str
    name: str
    unit: str
    organ_type: OrganType
    admission_number: str
    checked_in_at: datetime | None
    absence: Absence
    absence_reason: str
    extra_minutes: int
    wrong_codes: int
    sitting_id: int | None
    state: SittingState | None
    slots: int | None
    answered: int | None
    ends_at: datetime | None
    last_saved_at: datetime | None
    last_seen_at: datetime | None
    closed_at: datetime | None
    focus_lost: int
    on_paper_at: datetime | None


def is_open(roster_entry_id: int) -> bool:
    """Whether the candidate of this roster entry is sitting right now."""
    query = select(Sitting.id).where(Sitting.roster_entry_id == roster_entry_id, Sitting.state == SittingState.OPEN)
    return db.session.scalar(query) is not None


def find_of_entry(entry_id: int) -> Sitting | None:
    """Return the sitting of a roster entry, if it was started."""
    return db.session.scalar(select(Sitting).where(Sitting.roster_entry_id == entry_id))


def last_code_epoch(sitting_id: int) -> int | None:
    """Return with which epoch of the seat code the sitting was last opened."""
    query = (
        select(RoomEvent.details)
        .where(RoomEvent.sitting_id == sitting_id, RoomEvent.kind.in_(AT_A_DEVICE))
        .order_by(RoomEvent.id.desc())
    )
    return next((details["epoch"] for details in db.session.scalars(query) if "epoch" in details), None)


def questions_sat(person_id: int) -> set[int]:
    """Return the questions the person has sat before, for a paper that leaves them out."""
    query = (
        select(QuestionVersion.question_id)
        .join(PaperSlot, PaperSlot.version_id == QuestionVersion.id)
        .join(Sitting, Sitting.paper_id == PaperSlot.paper_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .where(RosterEntry.person_id == person_id)
    )
    return set(db.session.scalars(query))


def rules_of(sitting_id: int) -> Select[Any]:
    """Return the query for a sitting and the frozen rules of its exam."""
    return (
        select(Sitting, Exam.rules)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .join(Exam, Exam.id == RosterEntry.exam_id)
        .where(Sitting.id == sitting_id)
        .execution_options(populate_existing=True)
    )


def journal_of(sitting_id: int) -> list[Acknowledged]:
    """Return every acknowledged answer of a sitting by revision."""
    query = select(AnswerEvent.revision, AnswerEvent.slot, AnswerEvent.response, AnswerEvent.server_at)
    query = query.where(AnswerEvent.sitting_id == sitting_id).order_by(AnswerEvent.revision)
    return [Acknowledged(*row) for row in db.session.execute(query)]


def answers_of(sitting_id: int) -> dict[int, str]:
    """Return the response that counts for each slot that was ever answered."""
    return counting_answers(journal_of(sitting_id))


def list_late(sitting_id: int) -> list[LateEvent]:
    """Return the answers that were kept and do not count."""
    return list(db.session.scalars(select(LateEvent).where(LateEvent.sitting_id == sitting_id).order_by(LateEvent.id)))


def list_overdue(now: datetime) -> list[int]:
    """Return the ids of open sittings whose grace has run out."""
    query = select(Sitting.id).where(Sitting.state == SittingState.OPEN, Sitting.saves_close_at < now)
    return list(db.session.scalars(query.order_by(Sitting.saves_close_at)))


def count_open(exam_id: int) -> int:
    """Return how many people sit the exam right now."""
    query = (
        select(func.count())
        .select_from(Sitting)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .where(RosterEntry.exam_id == exam_id, Sitting.state == SittingState.OPEN)
    )
    return db.session.scalar(query) or 0


def _focus_lost() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(RoomEvent)
        .where(RoomEvent.sitting_id == Sitting.id, RoomEvent.kind == RoomEventKind.FOCUS_LOST)
        .correlate(Sitting)
        .scalar_subquery()
    )


_BOARD = Lookup(
    "board",
    select(
        *(RosterEntry.id, RosterEntry.seat, Person.name, Person.unit, RosterEntry.organ_type),
        *(RosterEntry.admission_number, RosterEntry.checked_in_at, RosterEntry.absence, RosterEntry.absence_reason),
        *(RosterEntry.extra_minutes, RosterEntry.wrong_codes, Sitting.id, Sitting.state, Sitting.slots),
        *(Sitting.answered, Sitting.ends_at, Sitting.last_saved_at, Sitting.last_seen_at, Sitting.closed_at),
        *(_focus_lost(), Sitting.on_paper_at),
    )
    .select_from(RosterEntry)
    .join(Person, Person.id == RosterEntry.person_id)
    .outerjoin(Sitting, Sitting.roster_entry_id == RosterEntry.id)
    .where(RosterEntry.exam_id == bindparam("exam"))
    .order_by(RosterEntry.seat),
)
"""The roster leads, so that the rest of the tables does not matter."""


def board(exam_id: int) -> list[BoardRow]:
    """Return every seat of the exam, in one statement whatever their number."""
    return [BoardRow(*row) for row in _BOARD.rows(exam=exam_id)]


def list_events(sitting_id: int) -> list[RoomEvent]:
    """Return what happened around a sitting, latest first."""
    query = select(RoomEvent).where(RoomEvent.sitting_id == sitting_id).order_by(RoomEvent.id.desc())
    return list(db.session.scalars(query))


def get_sitting(sitting_id: int) -> Sitting:
    """Return a sitting that is known to exist."""
    return db.session.get_one(Sitting, sitting_id)
