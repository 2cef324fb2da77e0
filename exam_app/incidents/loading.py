"""incidents.loading — takes emergency files in: reads, refuses on record, compares, and loads what a person chose.

A refused file is an outcome: it is kept with the reason and audited, and the act commits. Nothing of a file counts
before somebody has looked at the comparison and said why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.crypto import sha256
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.exams.queries import get_exam
from exam_app.incidents import emergency, file_queries
from exam_app.incidents.emergency import DEVICE_DIGITS, LARGEST_FILE, Compared, Content
from exam_app.incidents.errors import (
    AnswersMovedOn,
    ConflictsNotReviewed,
    EmergencyReasonMissing,
    NoSuchEmergencyFile,
    NothingToTake,
    SittingVoided,
)
from exam_app.incidents.file_queries import SeatOf
from exam_app.incidents.models import EmergencyFile
from exam_app.incidents.states import FileOutcome
from exam_app.operations import service as operations
from exam_app.sittings import queries as sittings
from exam_app.sittings import takeover
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import LateReason, RoomEventKind, SittingState
from exam_app.sittings.takeover import BroughtAnswer

REASON_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Examined:
    """What a file turned out to be: `refused` says why it may not be loaded, else the comparison is there."""

    content: bytes
    digest: str
    refused: FileOutcome | None = None
    sitting: Sitting | None = None
    seat: SeatOf | None = None
    device: str = ""
    found: Content | None = None
    rows: tuple[Compared, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LoadFile:
    """What the chief invigilator chose: the questions whose answer comes from the file, and why.

    `seen` is the fingerprint of the comparison that was looked at; `is_reviewed` says that its conflicts were.
    """

    exam_id: int
    committee_id: int
    content: bytes
    taken: frozenset[int]
    seen: str
    is_reviewed: bool
    reason: str


@dataclass(frozen=True)
class Loaded:
    """What came of loading: refused after all, counted at once, or kept apart as late answers to be decided about."""

    refused: FileOutcome | None = None
    entry_id: int = 0
    count: int = 0
    late_event_ids: tuple[int, ...] = ()


def examine(exam_id: int, committee_id: int, content: bytes, *, lock: bool = False) -> Examined:
    """Read a file for an exam and compare it with the journal; changes nothing."""
    get_exam(exam_id, committee_id)
    digest = sha256(content)
    header = emergency.read_header(content)
    if header is None:
        return Examined(content=content, digest=digest, refused=FileOutcome.ALTERED)
    sitting = file_queries.find_sitting(header.sitting_id, exam_id, lock=lock)
    device = _device(sitting, header.device) if sitting else None
    if sitting is None or device is None:
        return Examined(content=content, digest=digest, refused=FileOutcome.FOREIGN)
    known = Examined(content=content, digest=digest, sitting=sitting, device=device)
    found = emergency.open_file(content, header, emergency.key_of(keys().emergency, sitting.id, device))
    seat = file_queries.seat_of(sitting)
    if found is None or not _fits(found, sitting, seat):
        return replace(known, refused=FileOutcome.ALTERED)
    if file_queries.was_loaded(digest):
        return replace(known, refused=FileOutcome.REPLAYED)
    rows = tuple(emergency.compare(sittings.journal_of(sitting.id), found.answers))
    return replace(known, seat=seat, found=found, rows=rows)


def _device(sitting: Sitting, beginning: str) -> str | None:
    """Return the device of the sitting, now or earlier, whose token's hash begins so."""
    devices = {sitting.device_token_hash, *(device for _at, device in file_queries.devices_of(sitting.id))}
    return next((device for device in devices if device[:DEVICE_DIGITS] == beginning), None)


def _fits(found: Content, sitting: Sitting, seat: SeatOf) -> bool:
    is_same = found.admission_number == seat.admission_number
    return is_same and all(answer.slot <= sitting.slots for answer in found.answers)


def hand_in(exam_id: int, committee_id: int, name: str, content: bytes, actor: Actor, now: datetime) -> int | Examined:
    """Take a file in: keep it until somebody decides and return the kept file's id, or refuse it on record."""
    examined = examine(exam_id, committee_id, content)
    if examined.refused:
        _refuse(examined, exam_id, committee_id, actor, now)
        return examined
    waiting = file_queries.find_waiting(exam_id, committee_id, content)
    kind = file_queries.media_type(exam_id)
    kept = waiting or operations.keep_file(committee_id, name[-200:], kind, content, now)
    return kept.id


def read_waiting(file_id: int, exam_id: int, committee_id: int) -> bytes:
    """Return the bytes of a file that was handed in for the exam, or raise NoSuchEmergencyFile."""
    kept = operations.get_file(file_id, committee_id)
    if kept.media_type != file_queries.media_type(exam_id):
        raise NoSuchEmergencyFile(file=file_id)
    return kept.content


def load(command: LoadFile, actor: Actor, now: datetime) -> Loaded:
    """Load the chosen answers: into the journal while the sitting is open and in time, else beside it as late answers.

    A file that turns out refused (loaded by somebody else meanwhile) is an outcome, as when it was handed in.
    """
    examined = examine(command.exam_id, command.committee_id, command.content, lock=True)
    if examined.refused:
        _refuse(examined, command.exam_id, command.committee_id, actor, now)
        return Loaded(examined.refused)
    assert examined.sitting is not None and examined.seat is not None
    chosen = _chosen(command, examined)
    sitting_id = examined.sitting.id
    late_event_ids: list[int] = []
    if takeover.still_takes(examined.sitting, now):
        takeover.take_answers(sitting_id, chosen, now)
    else:
        late_event_ids = takeover.keep_apart(sitting_id, chosen, LateReason.EMERGENCY_FILE, now)
    details = _details(examined, chosen) | {"late": len(late_event_ids)}
    told = {"reason": command.reason.strip(), "answers": len(chosen), "digest": examined.digest}
    takeover.note_brought(sitting_id, RoomEventKind.EMERGENCY_LOADED, actor, told, now)
    _record(examined, command.exam_id, FileOutcome.LOADED, details, (command.reason.strip(), actor, now))
    _note(actor, "emergency.load", f"sitting:{sitting_id}", command.committee_id, {**told, **details}, now)
    return Loaded(entry_id=examined.seat.entry_id, count=len(chosen), late_event_ids=tuple(late_event_ids))


def _chosen(command: LoadFile, examined: Examined) -> list[BroughtAnswer]:
    """Return the answers to load, or raise what stands against loading them."""
    assert examined.sitting is not None
    if examined.sitting.state is SittingState.VOIDED:
        raise SittingVoided(sitting=examined.sitting.id)
    if not command.reason.strip() or len(command.reason.strip()) > REASON_LENGTH:
        raise EmergencyReasonMissing(most=REASON_LENGTH)
    if emergency.fingerprint(examined.rows) != command.seen:
        raise AnswersMovedOn(sitting=examined.sitting.id)
    conflicts = sum(row.difference is emergency.Difference.CONFLICT for row in examined.rows)
    if conflicts and not command.is_reviewed:
        raise ConflictsNotReviewed(count=conflicts)
    answers = [row.file for row in examined.rows if row.is_open and row.slot in command.taken and row.file]
    if not answers:
        raise NothingToTake(sitting=examined.sitting.id)
    return [BroughtAnswer(each.slot, each.response, each.revision, each.client_at) for each in answers]


def _details(examined: Examined, chosen: list[BroughtAnswer]) -> dict[str, Any]:
    assert examined.found is not None
    made_at = examined.found.made_at
    taken = {answer.slot for answer in chosen}
    return {
        "taken": [f"{answer.slot}:{answer.response or '-'}" for answer in chosen],
        "left": [row.slot for row in examined.rows if row.is_open and row.slot not in taken],
        "device": examined.device[:DEVICE_DIGITS],
        "made_at": made_at.isoformat() if made_at else "",
    }


def _refuse(examined: Examined, exam_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    assert examined.refused is not None
    details = {"digest": examined.digest, "size": len(examined.content), "refused": examined.refused.value}
    _record(examined, exam_id, examined.refused, {"size": len(examined.content)}, ("", actor, now))
    _note(actor, "emergency.refuse", f"exam:{exam_id}", committee_id, details, now)


def _record(
    examined: Examined,
    exam_id: int,
    outcome: FileOutcome,
    details: Mapping[str, Any],
    act: tuple[str, Actor, datetime],
) -> None:
    reason, actor, now = act
    row = EmergencyFile(
        exam_id=exam_id,
        sitting_id=examined.sitting.id if examined.sitting else None,
        digest=examined.digest,
        outcome=outcome,
        content=examined.content if len(examined.content) <= LARGEST_FILE else b"",
        details=dict(details),
        reason=reason,
        loaded_by=actor.account_id,
        loaded_at=now,
    )
    db.session.add(row)


def _note(actor: Actor, verb: str, about: str, committee_id: int, details: Mapping[str, Any], now: datetime) -> None:
    audit.note(actor, verb, about=about, now=now, committee_id=committee_id, details=details)
