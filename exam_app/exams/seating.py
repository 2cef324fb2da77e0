"""exams.seating — opening a seat with admission number and code, and what the invigilator does to a seat."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.chance import code
from exam_app.base.crypto import keyed_hash, same, seal
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.exams import rules
from exam_app.exams.errors import ExtraTimeInvalid, ReasonMissing
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.queries import get_entry
from exam_app.exams.rules import Entrance
from exam_app.exams.states import Absence, ExamState
from exam_app.operations import service as operations
from exam_app.operations.errors import TooOften
from exam_app.people.models import LoginAttempt
from exam_app.people.states import SignIn

WRONG_CODES_ALLOWED = 10
TRIES_PER_ADDRESS = 300  # a whole room may share one address, and everyone may mistype
TRIES_PER_NUMBER = 8
WITHIN = timedelta(minutes=1)
READING = timedelta(days=30)
"""How long after the exam whoever sat it may still open the seat, to read the result; nobody can sit any more."""
CODE_LENGTH = 8
MOST_EXTRA_MINUTES = 120
LONGEST_REASON = 200


@dataclass(frozen=True)
class SeatOutcome:
    """What became of an attempt; the entry only when it was accepted, the times when it is not the time."""

    outcome: SignIn
    entry: RosterEntry | None = None
    entrance: Entrance | None = None


def code_hash(admission_number: str, plain: str) -> str:
    """Return the keyed hash under which a code is kept: fast, so that a whole room can sign in at once."""
    return keyed_hash(keys().codes, admission_number, plain)


def code_seal(admission_number: str) -> str:
    """Return what a sealed code is bound to."""
    return f"seat-code:{admission_number}"


def tidy_code(text: str) -> str:
    """Return a typed code as it was printed: no blanks or dashes, capitals."""
    return "".join(character for character in text.upper() if character.isalnum())


def enter(admission_number: str, typed: str, address: str, now: datetime) -> SeatOutcome:
    """Judge an attempt to open a seat, and record it, right or wrong."""
    number = "".join(admission_number.split())[:20]
    try:
        operations.limit_rate(f"seat-address:{address}", TRIES_PER_ADDRESS, WITHIN, now)
        operations.limit_rate(f"seat-number:{number}", TRIES_PER_NUMBER, WITHIN, now)
    except TooOften:
        return _recorded(SeatOutcome(SignIn.THROTTLED), number, address, now)
    entry = db.session.scalar(select(RosterEntry).where(RosterEntry.admission_number == number).with_for_update())
    return _recorded(_judge(entry, tidy_code(typed), now), number, address, now)


def _judge(entry: RosterEntry | None, typed: str, now: datetime) -> SeatOutcome:
    if entry is None:
        return SeatOutcome(SignIn.WRONG)
    if entry.wrong_codes >= WRONG_CODES_ALLOWED:
        return SeatOutcome(SignIn.LOCKED)
    if not same(code_hash(entry.admission_number, typed), entry.code_hash):
        entry.wrong_codes += 1
        return SeatOutcome(SignIn.WRONG)
    exam = db.session.get_one(Exam, entry.exam_id)
    if exam.state is not ExamState.ANNOUNCED:
        return SeatOutcome(SignIn.DISABLED)
    entry.wrong_codes = 0
    entrance = rules.entrance(exam, entry.extra_minutes)
    reads = entry.checked_in_at is not None and not entrance.is_late(now - READING)
    if entrance.is_early(now) or (entrance.is_late(now) and not reads):
        return SeatOutcome(SignIn.DISABLED, entrance=entrance)
    return SeatOutcome(SignIn.ACCEPTED, entry)


def _recorded(outcome: SeatOutcome, number: str, address: str, now: datetime) -> SeatOutcome:
    db.session.add(LoginAttempt(username=f"seat:{number}", address=address[:60], outcome=outcome.outcome, at=now))
    return outcome


def replace_code(entry_id: int, committee_id: int, actor: Actor, now: datetime) -> str:
    """Give a seat a new code, for another machine; whoever sits with the old one is out at once."""
    entry = get_entry(entry_id, committee_id, lock=True)
    fresh = code(CODE_LENGTH)
    number = entry.admission_number
    entry.code_hash = code_hash(number, fresh)
    entry.code_sealed = seal(keys().codes, fresh.encode(), code_seal(number))
    entry.code_epoch += 1
    entry.wrong_codes = 0
    _note(entry, committee_id, "seat.replace_code", actor, now)
    return fresh


def unlock(entry_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Let somebody who mistyped the code too often try again."""
    entry = get_entry(entry_id, committee_id, lock=True)
    entry.wrong_codes = 0
    _note(entry, committee_id, "seat.unlock", actor, now)


def check_in(entry_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Record that the person is in the room and has confirmed the discipline; the first time stands."""
    entry = get_entry(entry_id, committee_id, lock=True)
    if entry.checked_in_at is not None:
        return
    entry.checked_in_at = now
    entry.absence, entry.absence_reason = Absence.NONE, ""
    _note(entry, committee_id, "seat.check_in", actor, now)


def set_extra_time(
    entry_id: int, committee_id: int, minutes: int, reason: str, actor: Actor, now: datetime
) -> RosterEntry:
    """Add minutes to a person's time; a sitting that runs is moved on by the entrance (sittings.service.extend)."""
    entry = get_entry(entry_id, committee_id, lock=True)
    if not minutes >= 1 or entry.extra_minutes + minutes > MOST_EXTRA_MINUTES:
        raise ExtraTimeInvalid(most=MOST_EXTRA_MINUTES, given=entry.extra_minutes)
    reason = _reason(reason)
    entry.extra_minutes += minutes
    _note(entry, committee_id, "seat.extra_time", actor, now, minutes=minutes, reason=reason)
    return entry


def lengthen(entry: RosterEntry, minutes: int) -> int:
    """Add minutes to a locked entry's time, as far as any person's may reach; return what was added, for the audit."""
    added = max(0, min(minutes, MOST_EXTRA_MINUTES - entry.extra_minutes))
    entry.extra_minutes += added
    return added


def set_absence(
    entry_id: int, committee_id: int, absence: Absence, reason: str, actor: Actor, now: datetime
) -> RosterEntry:
    """Record how a person's absence counts; an absence needs a reason, taking it back needs none."""
    entry = get_entry(entry_id, committee_id, lock=True)
    entry.absence_reason = "" if absence is Absence.NONE else _reason(reason)
    entry.absence = absence
    _note(entry, committee_id, "seat.absence", actor, now, absence=absence.value, reason=entry.absence_reason)
    return entry


def _reason(text: str) -> str:
    reason = text.strip()
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise ReasonMissing
    return reason


def _note(entry: RosterEntry, committee_id: int, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    details |= {"seat": entry.seat, "admission_number": entry.admission_number}
    audit.note(actor, verb, about=f"roster_entry:{entry.id}", now=now, committee_id=committee_id, details=details)
