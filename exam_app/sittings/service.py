"""sittings.service — starts, resumes, moves, lengthens and closes sittings; never loads an answer key.

Answers are kept by sittings.answers; closing is asked for by results alone, so that no closed sitting lacks a result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, insert, select

from exam_app.audit import service as audit
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.crypto import sha256
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.base.lane import lane
from exam_app.base.states import move
from exam_app.committees.rules import from_document
from exam_app.exams import seating
from exam_app.exams.errors import ExtraTimeInvalid
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence
from exam_app.papers.queries import page_text
from exam_app.sittings import queries, ready, rules
from exam_app.sittings.answers import (
    AtOnce,
    Reading,
    Receipt,
    SaveAnswer,
    owns,
    recognises,
    save_answer,
    token_hash,
)
from exam_app.sittings.errors import (
    DeviceReplaced,
    HasBegun,
    NoSuchSitting,
    SittingClosed,
    TooEarlyToHandIn,
)
from exam_app.sittings.models import JournalSeal, RoomEvent, Sitting
from exam_app.sittings.rules import Acknowledged
from exam_app.sittings.states import SITTING_MOVES, RoomEventKind, SittingState

__all__ = ["AtOnce", "Reading", "Receipt", "SaveAnswer", "save_answer"]

Row = TypeVar("Row")
EXTRA_MINUTES = range(1, 61)
NO_DEVICE = "-"
_EVENT = insert(RoomEvent.__table__)  # type: ignore[arg-type]
_AT_THE_DOOR = (
    select(RosterEntry, Exam, Sitting)
    .join(Exam, Exam.id == RosterEntry.exam_id)
    .outerjoin(Sitting, Sitting.roster_entry_id == RosterEntry.id)
    .where(RosterEntry.id == bindparam("entry"))
    .with_for_update(of=RosterEntry, key_share=True)
    .execution_options(populate_existing=True)
)
REPORTED_BY_BROWSERS = frozenset({RoomEventKind.FOCUS_LOST, RoomEventKind.RECONNECTED})


@dataclass(frozen=True)
class Started:
    """A sitting that may go on: its exam, the page of its paper as JSON, and what was answered so far."""

    sitting: Sitting
    exam: Exam
    page: str
    journal: list[Acknowledged] = field(default_factory=list)


def start(entry_id: int, token: str, now: datetime) -> Started:
    """Start the person's sitting, or resume it; the device with this token is the only one from now on.

    The lock on the roster entry makes two tabs that start at once take turns: one sitting, one paper, last token wins.
    """
    found = db.session.execute(_AT_THE_DOOR, {"entry": entry_id}).one_or_none()
    if found is None:
        raise NoSuchSitting(entry=entry_id)
    entry, exam = found[0], found[1]
    sitting: Sitting | None = found[2]
    if sitting is None:
        rules.check_start(entry, exam, now)
        paper = ready.take(entry, now)
        # No paper waits: whoever held the lock before us may have begun with it, or none was made ready.
        sitting = queries.find_of_entry(entry_id) if paper is None else None
        if sitting is None:
            return _begin(entry, exam, paper or ready.draw_now(entry, now), token, now)
    rules.check_resume(sitting, exam, now)
    sitting = _resume(sitting, entry, token, now)
    return Started(sitting, exam, page_text(sitting.paper_id), queries.journal_of(sitting.id))


def _begin(entry: RosterEntry, exam: Exam, paper: ready.Taken, token: str, now: datetime) -> Started:
    ends_at = rules.deadline(now, exam.duration_minutes, entry.extra_minutes, exam.closes_at)
    sitting = Sitting(
        roster_entry_id=entry.id,
        paper_id=paper.paper_id,
        started_at=now,
        ends_at=ends_at,
        saves_close_at=ends_at + timedelta(seconds=from_document(exam.rules).grace_seconds),
        slots=paper.opened.slots,
        device_token_hash=token_hash(token),
        last_seen_at=now,
    )
    db.session.add(sitting)
    db.session.flush()  # its events need the id
    _note(sitting.id, RoomEventKind.STARTED, now, details=_device(sitting, entry))
    about = f"sitting:{sitting.id}"
    audit.note(MACHINE, "sitting.start", about=about, now=now, committee_id=exam.committee_id, details=_who(entry))
    return Started(sitting, exam, paper.opened.page)


def _resume(sitting: Sitting, entry: RosterEntry, token: str, now: datetime) -> Sitting:
    known_epoch = queries.last_code_epoch(sitting.id)
    kind = RoomEventKind.RESUMED if known_epoch == entry.code_epoch else RoomEventKind.MOVED
    # The touch takes the row lock, so a save that is on its way lands before or is kept apart.
    sitting = db.session.scalars(_locked(select(Sitting).where(Sitting.id == sitting.id))).one()
    if sitting.state is not SittingState.OPEN:
        raise SittingClosed(state=sitting.state.value)
    if sitting.last_seen_at < now - rules.SILENT_AFTER:
        sitting.silent_from, sitting.silent_until = sitting.last_seen_at, now
    sitting.device_token_hash = token_hash(token)
    sitting.last_seen_at = now
    _note(sitting.id, kind, now, details=_device(sitting, entry))
    return sitting


def clock(sitting_id: int, token: str, now: datetime) -> Reading:
    """Say until when the sitting goes on, durable at once and no part of an act; refuse who is not its device."""
    reading = AtOnce(lane(), keys().receipts).read_clock(sitting_id, token, now)
    if reading is None:
        refuse_device(sitting_id, token)
        raise NoSuchSitting(sitting=sitting_id)  # it came to be this device's in between: the browser asks again
    return reading


def refuse_device(sitting_id: int, token: str) -> None:
    """Say why a device may not speak for a sitting; do nothing if it may."""
    if owns(sitting_id, token):
        return
    if recognises(sitting_id, token):
        raise DeviceReplaced(sitting=sitting_id)
    raise NoSuchSitting(sitting=sitting_id)


def check_hand_in(sitting_id: int, now: datetime) -> None:
    """Raise TooEarlyToHandIn while the rules keep everybody in the room; closed sittings pass."""
    row = db.session.execute(queries.rules_of(sitting_id)).one_or_none()
    if row is None:
        raise NoSuchSitting(sitting=sitting_id)
    sitting, document = row
    earliest = rules.earliest_hand_in(
        sitting.started_at, sitting.ends_at, from_document(document).early_hand_in_minutes
    )
    if sitting.state is SittingState.OPEN and now < earliest:
        raise TooEarlyToHandIn(minutes=-(-(earliest - now) // timedelta(minutes=1)))


def close(sitting_id: int, now: datetime) -> Sitting | None:
    """Close an open sitting and seal its journal; None if it was closed before. Only results calls this.

    The row lock orders this against saves: whatever was acknowledged before is in the seal, nothing comes after.
    """
    sitting = db.session.scalar(_locked(select(Sitting).where(Sitting.id == sitting_id)))
    if sitting is None:
        raise NoSuchSitting(sitting=sitting_id)
    if sitting.state is not SittingState.OPEN:
        return None
    in_time = now <= sitting.saves_close_at
    target = SittingState.SUBMITTED if in_time else SittingState.EXPIRED
    sitting.state = move(sitting.state, target, SITTING_MOVES)
    sitting.closed_at = now
    _seal(sitting)
    _note(sitting.id, RoomEventKind.HANDED_IN if in_time else RoomEventKind.EXPIRED, now)
    return sitting


def _seal(sitting: Sitting) -> None:
    """Seal the journal as it stands: hash, full text and signature, so that any later change can be found and named."""
    text = rules.seal_text(sitting.id, queries.journal_of(sitting.id))
    sitting.seal = sha256(text.encode())
    signature = rules.seal_signature(keys().receipts, sitting.seal)
    db.session.add(JournalSeal(sitting_id=sitting.id, text=text, signature=signature))


def void(sitting_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Void a closed sitting. Only results calls this, for the result goes with it."""
    sitting = db.session.scalars(_locked(select(Sitting).where(Sitting.id == sitting_id))).one()
    sitting.state = move(sitting.state, SittingState.VOIDED, SITTING_MOVES)
    _note(sitting_id, RoomEventKind.VOIDED, now, actor, {"reason": reason})


def extend(entry_id: int, committee_id: int, minutes: int, reason: str, actor: Actor, now: datetime) -> Sitting | None:
    """Give a person more time, before the start or while sitting, also past the end of the window.

    The browser learns it from the clock. A closed sitting stays closed.
    """
    if minutes not in EXTRA_MINUTES:
        raise ExtraTimeInvalid(most=EXTRA_MINUTES[-1], given=0)
    seating.set_extra_time(entry_id, committee_id, minutes, reason, actor, now)
    sitting = _find_locked(entry_id)
    if sitting is None:
        return None
    if sitting.state is not SittingState.OPEN:
        raise SittingClosed(state=sitting.state.value)
    _lengthen(sitting, minutes, reason.strip(), actor, now)
    return sitting


def give_back(minutes: Mapping[int, int], reason: str, actor: Actor, now: datetime) -> dict[int, int]:
    """Lengthen each sitting by its minutes, also past the end of the window; return what each was given.

    A closed sitting gets nothing, nor does one whose extra time is used up. The act that asks for it writes the audit.
    """
    mine = select(Sitting.roster_entry_id).where(Sitting.id.in_(list(minutes)))
    entries = (
        select(RosterEntry).where(RosterEntry.id.in_(mine)).order_by(RosterEntry.id).with_for_update(key_share=True)
    )
    by_id = {entry.id: entry for entry in db.session.scalars(entries.execution_options(populate_existing=True))}
    sittings = select(Sitting).where(Sitting.id.in_(list(minutes))).order_by(Sitting.id).with_for_update(key_share=True)
    given = {}
    for sitting in db.session.scalars(sittings.execution_options(populate_existing=True)).all():
        wanted = min(minutes[sitting.id], EXTRA_MINUTES[-1]) if sitting.state is SittingState.OPEN else 0
        given[sitting.id] = seating.lengthen(by_id[sitting.roster_entry_id], wanted)
        if given[sitting.id]:
            _lengthen(sitting, given[sitting.id], reason, actor, now)
    return given


def _lengthen(sitting: Sitting, minutes: int, reason: str, actor: Actor, now: datetime) -> None:
    more = timedelta(minutes=minutes)
    sitting.ends_at += more
    sitting.saves_close_at += more
    _note(sitting.id, RoomEventKind.EXTRA_TIME, now, actor, {"minutes": minutes, "reason": reason})


def move_seat(entry_id: int, committee_id: int, actor: Actor, now: datetime) -> str:
    """Return a new code for another machine; the old machine is dead at once, the answers go on where they stopped."""
    fresh = seating.replace_code(entry_id, committee_id, actor, now)
    sitting = _find_locked(entry_id)
    if sitting is not None and sitting.state is SittingState.OPEN:
        sitting.device_token_hash = NO_DEVICE
        _note(sitting.id, RoomEventKind.MOVED, now, actor)
    return fresh


def set_absence(
    entry_id: int, committee_id: int, absence: Absence, reason: str, actor: Actor, now: datetime
) -> RosterEntry:
    """Record how an absence counts; whoever has begun to sit is not absent."""
    entry = seating.set_absence(entry_id, committee_id, absence, reason, actor, now)
    if queries.find_of_entry(entry_id) is not None:
        raise HasBegun(entry=entry_id)
    return entry


def note_event(sitting_id: int, token: str, kind: str, now: datetime) -> None:
    """Note what the browser reports of itself; unknown reports are ignored."""
    refuse_device(sitting_id, token)
    if kind in REPORTED_BY_BROWSERS:
        _note(sitting_id, RoomEventKind(kind), now)


def note_act(sitting_id: int, kind: RoomEventKind, actor: Actor, now: datetime, details: dict[str, Any]) -> None:
    """Note what the office did about a sitting; for upper rooms, whose rows hold the act itself."""
    _note(sitting_id, kind, now, actor, details)


def _note(
    sitting_id: int,
    kind: RoomEventKind,
    now: datetime,
    actor: Actor = MACHINE,
    details: dict[str, Any] | None = None,
) -> None:
    event = {"sitting_id": sitting_id, "kind": kind, "at": now, "actor_id": actor.account_id, "details": details or {}}
    db.session.connection().execute(_EVENT, event)


def _device(sitting: Sitting, entry: RosterEntry) -> dict[str, Any]:
    return {"device": sitting.device_token_hash, "epoch": entry.code_epoch}


def _who(entry: RosterEntry) -> dict[str, Any]:
    return {"entry": entry.id, "admission_number": entry.admission_number, "seat": entry.seat}


def _find_locked(entry_id: int) -> Sitting | None:
    return db.session.scalar(_locked(select(Sitting).where(Sitting.roster_entry_id == entry_id)))


def _locked(query: Select[Row]) -> Select[Row]:
    """Take the row's lock and read it afresh; rows that refer to it may still be written, else two acts deadlock."""
    return query.with_for_update(key_share=True).execution_options(populate_existing=True)
