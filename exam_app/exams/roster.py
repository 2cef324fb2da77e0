"""exams.roster — use cases of the roster: adding people, from a list or from items; removing, replacing; slips."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.chance import code
from exam_app.base.crypto import seal, unseal
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.exams import rules
from exam_app.exams.errors import (
    AlreadyOnRoster,
    BlueprintMissing,
    EntryInUse,
    ExamFixed,
    ExamOver,
    NoSuchExam,
    RosterFixed,
    RosterTooLong,
)
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.queries import blueprints_of, get_entry, get_exam
from exam_app.exams.seating import CODE_LENGTH, code_hash, code_seal
from exam_app.exams.states import ExamState
from exam_app.people import service as people
from exam_app.people.errors import NoSuchPerson
from exam_app.people.models import Person
from exam_app.people.service import RegisterPerson
from question_bank.kinds import OrganType

MOST_PEOPLE = 9_999


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """A person known to the committee who is to sit."""

    person_id: int
    organ_type: OrganType
    nominated_post: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedEntry:
    """A row of a list: a known person, or someone to be registered first."""

    person: int | RegisterPerson
    organ_type: OrganType
    nominated_post: str = ""


def add_entries(
    exam_id: int, committee_id: int, entries: Sequence[NewEntry], actor: Actor, now: datetime
) -> list[RosterEntry]:
    """Put people on the roster with admission number, seat and code; all of them or nobody."""
    exam = _lock(exam_id, committee_id)
    _refuse_closed(exam, now)
    _check_people(exam, entries)
    if exam.state is ExamState.ANNOUNCED:
        missing = sorted({entry.organ_type for entry in entries} - set(blueprints_of(exam_id)))
        if missing:
            raise BlueprintMissing(organs=missing)
    place, serial = _last_places(exam_id)
    if serial + len(entries) > MOST_PEOPLE:
        raise RosterTooLong(most=MOST_PEOPLE)
    added = [
        _entry(exam, entry, serial + number, rules.seat_name(place + number)) for number, entry in enumerate(entries, 1)
    ]
    db.session.add_all(added)
    db.session.flush()  # whoever asked keeps the ids
    _note(exam, "roster.add", actor, now, people=[entry.person_id for entry in added])
    return added


def add_listed(
    exam_id: int, committee_id: int, listed: Sequence[ListedEntry], actor: Actor, now: datetime
) -> list[RosterEntry]:
    """Put the people of a list on the roster, registering those who are new."""
    _refuse_closed(get_exam(exam_id, committee_id), now)
    entries = [
        NewEntry(
            person_id=row.person if isinstance(row.person, int) else people.register(row.person, actor, now).id,
            organ_type=row.organ_type,
            nominated_post=row.nominated_post,
        )
        for row in listed
    ]
    return add_entries(exam_id, committee_id, entries, actor, now)


def remove_entry(entry_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Take someone off the roster before the start; the audit keeps who it was."""
    entry = get_entry(entry_id, committee_id)
    exam = _lock(entry.exam_id, committee_id)
    _refuse_released(exam, now)
    details = {"person": entry.person_id, "admission_number": entry.admission_number}
    try:
        with db.session.begin_nested():
            db.session.delete(entry)
    except IntegrityError as bound:
        raise EntryInUse(entry=entry_id) from bound
    _note(exam, "roster.remove", actor, now, **details)


def replace_entry(entry_id: int, committee_id: int, other: NewEntry, actor: Actor, now: datetime) -> RosterEntry:
    """Let someone else take the place before the start, under a new number and code at the same seat."""
    entry = get_entry(entry_id, committee_id)
    exam = _lock(entry.exam_id, committee_id)
    seat = entry.seat
    _place, serial = _last_places(exam.id)
    remove_entry(entry_id, committee_id, actor, now)
    _check_people(exam, [other])
    if exam.state is ExamState.ANNOUNCED and other.organ_type not in blueprints_of(exam.id):
        raise BlueprintMissing(organs=[other.organ_type])
    fresh = _entry(exam, other, serial + 1, seat)
    db.session.add(fresh)
    db.session.flush()  # whoever asked keeps the id
    _note(exam, "roster.add", actor, now, people=[other.person_id], in_place_of=entry_id)
    return fresh


def codes_for_printing(exam_id: int, committee_id: int, actor: Actor, now: datetime) -> dict[int, str]:
    """Return each entry's code for its admission slip; that they were looked at is on record."""
    exam = get_exam(exam_id, committee_id)
    if exam.state is ExamState.CANCELLED:
        raise ExamFixed
    query = select(RosterEntry.id, RosterEntry.admission_number, RosterEntry.code_sealed)
    rows = db.session.execute(query.where(RosterEntry.exam_id == exam_id)).all()
    _note(exam, "roster.print_slips", actor, now, count=len(rows))
    return {entry_id: unseal(keys().codes, sealed, code_seal(number)).decode() for entry_id, number, sealed in rows}


def _entry(exam: Exam, entry: NewEntry, serial: int, seat: str) -> RosterEntry:
    number = rules.admission_number(exam.opens_at, exam.id, serial)
    fresh = code(CODE_LENGTH)
    return RosterEntry(
        exam_id=exam.id,
        person_id=entry.person_id,
        organ_type=entry.organ_type,
        nominated_post=entry.nominated_post.strip()[:120],
        admission_number=number,
        seat=seat,
        code_hash=code_hash(number, fresh),
        code_sealed=seal(keys().codes, fresh.encode(), code_seal(number)),
    )


def _check_people(exam: Exam, entries: Sequence[NewEntry]) -> None:
    wanted = [entry.person_id for entry in entries]
    twice = [person_id for person_id, times in Counter(wanted).items() if times > 1]
    query = select(Person.id, Person.name).where(Person.committee_id == exam.committee_id, Person.id.in_(wanted))
    names = {person_id: name for person_id, name in db.session.execute(query)}
    for person_id in wanted:
        if person_id not in names:
            raise NoSuchPerson(person=person_id)
    on_roster = select(RosterEntry.person_id).where(RosterEntry.exam_id == exam.id, RosterEntry.person_id.in_(wanted))
    doubles = [*twice, *db.session.scalars(on_roster)]
    if doubles:
        raise AlreadyOnRoster(names="、".join(names[person_id] for person_id in dict.fromkeys(doubles)))


def _last_places(exam_id: int) -> tuple[int, int]:
    """Return the highest seat and serial of the roster, 0 when there are none."""
    query = select(RosterEntry.seat, RosterEntry.admission_number).where(RosterEntry.exam_id == exam_id)
    rows = db.session.execute(query).all()
    seats = [int(seat) for seat, _number in rows if seat.isdigit()]
    return max(seats, default=0), max((rules.serial_of(number) for _seat, number in rows), default=0)


def _lock(exam_id: int, committee_id: int) -> Exam:
    """Return the exam, locked, so that two lists never hand out the same seat."""
    query = select(Exam).where(Exam.id == exam_id, Exam.committee_id == committee_id).with_for_update()
    exam = db.session.scalar(query.execution_options(populate_existing=True))
    if exam is None:
        raise NoSuchExam(exam=exam_id)
    return exam


def _refuse_closed(exam: Exam, now: datetime) -> None:
    if exam.state is ExamState.CANCELLED:
        raise ExamFixed
    if now >= exam.closes_at:
        raise ExamOver


def _refuse_released(exam: Exam, now: datetime) -> None:
    _refuse_closed(exam, now)
    if exam.released_at is not None:
        raise RosterFixed


def _note(exam: Exam, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    audit.note(actor, verb, about=f"exam:{exam.id}", now=now, committee_id=exam.committee_id, details=details)
