"""sittings.on_paper — a sitting turns to pen and paper and back; what the sheet said is kept beside the journal.

Only incidents and results call this. No device may save while a sitting is on paper; its clock runs on.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from exam_app.audit.service import Actor
from exam_app.base import chance
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.exams.models import Exam, RosterEntry
from exam_app.sittings import queries, rules
from exam_app.sittings import service as sittings
from exam_app.sittings.answers import highest_revision
from exam_app.sittings.models import LateEvent, RoomEvent, Sitting
from exam_app.sittings.rules import Acknowledged
from exam_app.sittings.service import NO_DEVICE
from exam_app.sittings.states import LateReason, RoomEventKind


def begin(entry: RosterEntry, now: datetime) -> Sitting:
    """Return the person's open sitting, started now if there is none, with a token that nobody holds."""
    exam = db.session.get_one(Exam, entry.exam_id)
    sitting = queries.find_of_entry(entry.id)
    if sitting is None:
        return sittings.start(entry.id, chance.token(), now).sitting
    rules.check_resume(sitting, exam, now)
    return sitting


def turn(sitting_id: int, reason: str, actor: Actor, now: datetime) -> dict[int, str]:
    """Put an open sitting on paper; its device is dead at once. Return the answers that are saved and will be printed.

    The row lock orders this against saves: what was acknowledged before is printed, nothing comes after.
    """
    sitting = _locked(sitting_id)
    sitting.on_paper_at = now
    sitting.device_token_hash = NO_DEVICE
    saved = queries.answers_of(sitting_id)
    details = {"reason": reason, "saved": sum(1 for response in saved.values() if response)}
    note(sitting_id, RoomEventKind.PUT_ON_PAPER, actor, now, details)
    return saved


def turn_back(sitting_id: int, actor: Actor, now: datetime, reason: str) -> None:
    """Let a sitting on paper go on at a screen again; the seat needs a new code to open it."""
    sitting = _locked(sitting_id)
    sitting.on_paper_at = None
    note(sitting_id, RoomEventKind.MOVED, actor, now, {"reason": reason})


def keep_answers(sitting_id: int, answers: Mapping[int, str], now: datetime) -> dict[int, int]:
    """Keep answers read from paper beside the journal, each with a receipt; return their late events by question."""
    revision = max(highest_revision(sitting_id), _highest_late(sitting_id))
    events: dict[int, LateEvent] = {}
    for number, (slot, response) in enumerate(sorted(answers.items()), revision + 1):
        proof = rules.receipt(keys().receipts, sitting_id, Acknowledged(number, slot, response, now))
        event = LateEvent(sitting_id=sitting_id, revision=number, slot=slot, response=response, server_at=now)
        event.reason, event.receipt = LateReason.ON_PAPER, proof
        events[slot] = event
        db.session.add(event)
    db.session.flush()  # whoever accepts them needs their ids
    return {slot: event.id for slot, event in events.items()}


def note(sitting_id: int, kind: RoomEventKind, actor: Actor, now: datetime, details: dict[str, Any]) -> None:
    """Note what happened to a sitting on paper."""
    db.session.add(RoomEvent(sitting_id=sitting_id, kind=kind, at=now, actor_id=actor.account_id, details=details))


def _highest_late(sitting_id: int) -> int:
    query = select(func.max(LateEvent.revision)).where(LateEvent.sitting_id == sitting_id)
    return db.session.scalar(query) or 0


def _locked(sitting_id: int) -> Sitting:
    query = select(Sitting).where(Sitting.id == sitting_id).with_for_update(key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
