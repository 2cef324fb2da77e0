"""exams.queries — reads exams, rosters and seats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select

from exam_app.base.db import db
from exam_app.base.lookups import Lookup
from exam_app.committees.rules import LocalRules, from_document
from exam_app.exams.errors import NoSuchEntry, NoSuchExam
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.people.models import Person
from question_bank.kinds import OrganType


@dataclass(frozen=True)
class Seat:
    """A candidate who has opened a seat, as the entrance needs it on every request."""

    entry_id: int
    exam_id: int
    committee_id: int
    person_id: int
    name: str
    admission_number: str
    seat: str
    code_epoch: int


@dataclass(frozen=True)
class RosterLine:
    """One person on a roster as pages and print-outs show it; without the code."""

    entry_id: int
    person_id: int
    name: str
    unit: str
    post: str
    organ_type: OrganType
    nominated_post: str
    admission_number: str
    seat: str
    extra_minutes: int
    wrong_codes: int
    checked_in_at: datetime | None
    absence: Absence
    absence_reason: str


_SEAT = Lookup(
    "seat",
    select(
        RosterEntry.id,
        RosterEntry.exam_id,
        Exam.committee_id,
        RosterEntry.person_id,
        Person.name,
        RosterEntry.admission_number,
        RosterEntry.seat,
        RosterEntry.code_epoch,
    )
    .join(Exam, Exam.id == RosterEntry.exam_id)
    .join(Person, Person.id == RosterEntry.person_id)
    .where(RosterEntry.id == bindparam("entry"), RosterEntry.code_epoch == bindparam("epoch")),
)
"""Built once: every request of a candidate asks."""


def find_seat(entry_id: int, code_epoch: int) -> Seat | None:
    """Return the seat if its code has not been replaced since, in one statement."""
    rows = _SEAT.rows(entry=entry_id, epoch=code_epoch)
    return Seat(*rows[0]) if rows else None


def get_exam(exam_id: int, committee_id: int) -> Exam:
    """Return the committee's exam, or raise NoSuchExam."""
    exam = db.session.get(Exam, exam_id)
    if exam is None or exam.committee_id != committee_id:
        raise NoSuchExam(exam=exam_id)
    return exam


class ExamFrame(NamedTuple):
    """What a board says of its exam, and what the clock is read against."""

    id: int
    title: str
    place: str
    state: ExamState
    opens_at: datetime
    closes_at: datetime
    released_at: datetime | None
    rules: dict[str, Any]


_FRAME = Lookup(
    "exam_frame",
    select(
        *(Exam.id, Exam.title, Exam.place, Exam.state),
        *(Exam.opens_at, Exam.closes_at, Exam.released_at, Exam.rules),
    ).where(Exam.id == bindparam("exam"), Exam.committee_id == bindparam("committee")),
)


def get_frame(exam_id: int, committee_id: int) -> ExamFrame:
    """Return what a board needs of the committee's exam, or raise NoSuchExam."""
    rows = _FRAME.rows(exam=exam_id, committee=committee_id)
    if not rows:
        raise NoSuchExam(exam=exam_id)
    return ExamFrame(*rows[0])


def rules_of(exam: Exam) -> LocalRules:
    """Return the rules the exam is held by, as they were frozen."""
    return from_document(exam.rules)


def exams_of(committee_id: int, words: str = "") -> Select[Exam, int]:
    """Return the committee's exams with the number of people on each roster, latest first."""
    people = select(RosterEntry.exam_id, func.count().label("people")).group_by(RosterEntry.exam_id).subquery()
    query = (
        select(Exam, func.coalesce(people.c.people, 0))
        .outerjoin(people, people.c.exam_id == Exam.id)
        .where(Exam.committee_id == committee_id)
    )
    if words:
        query = query.where(
            or_(Exam.title.contains(words, autoescape=True), Exam.place.contains(words, autoescape=True))
        )
    return query.order_by(Exam.opens_at.desc(), Exam.id.desc())


@dataclass(frozen=True)
class ComingExam:
    """An exam that is near or running: how many people are on its roster, how many of their organs lack a blueprint."""

    exam: Exam
    people: int
    uncovered: int


def coming(committee_id: int, now: datetime, until: datetime) -> list[ComingExam]:
    """Return the committee's exams that open before `until` and are not over, earliest first, in one statement."""
    roster_of = RosterEntry.exam_id == Exam.id
    people = select(func.count()).select_from(RosterEntry).where(roster_of).correlate(Exam).scalar_subquery()
    covered = (
        select(ExamBlueprint.exam_id)
        .where(ExamBlueprint.exam_id == RosterEntry.exam_id, ExamBlueprint.organ_type == RosterEntry.organ_type)
        .exists()
    )
    uncovered = select(func.count(RosterEntry.organ_type.distinct())).where(roster_of, ~covered)
    query = (
        select(Exam, people, uncovered.correlate(Exam).scalar_subquery())
        .where(Exam.committee_id == committee_id, Exam.state != ExamState.CANCELLED)
        .where(Exam.opens_at < until, Exam.closes_at > now)
        .order_by(Exam.opens_at, Exam.id)
    )
    return [ComingExam(*row) for row in db.session.execute(query)]


def blueprints_of(exam_id: int) -> Mapping[OrganType, int]:
    """Return which blueprint each organ's candidates get."""
    query = select(ExamBlueprint).where(ExamBlueprint.exam_id == exam_id).order_by(ExamBlueprint.organ_type)
    return {row.organ_type: row.blueprint_id for row in db.session.scalars(query)}


def roster(exam_id: int) -> list[RosterLine]:
    """Return the roster in the order of seats, in one statement. The caller has checked whose exam it is."""
    query = (
        select(
            RosterEntry.id,
            RosterEntry.person_id,
            Person.name,
            Person.unit,
            Person.post,
            RosterEntry.organ_type,
            RosterEntry.nominated_post,
            RosterEntry.admission_number,
            RosterEntry.seat,
            RosterEntry.extra_minutes,
            RosterEntry.wrong_codes,
            RosterEntry.checked_in_at,
            RosterEntry.absence,
            RosterEntry.absence_reason,
        )
        .join(Person, Person.id == RosterEntry.person_id)
        .where(RosterEntry.exam_id == exam_id)
        .order_by(func.length(RosterEntry.seat), RosterEntry.seat)
    )
    rows: Iterable[Any] = db.session.execute(query)
    return [RosterLine(*row) for row in rows]


def get_entry(entry_id: int, committee_id: int, *, lock: bool = False) -> RosterEntry:
    """Return an entry of one of the committee's rosters, or raise NoSuchEntry."""
    query = (
        select(RosterEntry)
        .join(Exam, Exam.id == RosterEntry.exam_id)
        .where(RosterEntry.id == entry_id, Exam.committee_id == committee_id)
    )
    entry = db.session.scalar(query.with_for_update(of=RosterEntry, key_share=True) if lock else query)
    if entry is None:
        raise NoSuchEntry(entry=entry_id)
    return entry


def makeups_of(exam_id: int) -> list[Exam]:
    """Return the make-up exams of an exam, earliest first."""
    return list(db.session.scalars(select(Exam).where(Exam.makeup_of_id == exam_id).order_by(Exam.opens_at)))
