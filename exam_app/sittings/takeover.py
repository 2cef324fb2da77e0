"""sittings.takeover — takes answers over that came beside the network: into an open sitting, or beside a closed one.

Everything happens under the sitting's row lock, so that no save comes between what was compared and what is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from exam_app.audit.service import Actor
from exam_app.base.db import db, is_sqlite
from exam_app.base.keys import keys
from exam_app.sittings import queries, rules
from exam_app.sittings.answers import highest_revision
from exam_app.sittings.errors import AnswerInvalid, NoSuchSitting, SittingClosed
from exam_app.sittings.models import AnswerEvent, LateEvent, RoomEvent, Sitting
from exam_app.sittings.rules import Acknowledged
from exam_app.sittings.states import LateReason, RoomEventKind, SittingState


@dataclass(frozen=True)
class BroughtAnswer:
    """An answer as it was brought; its revision is the one its device gave it."""

    slot: int
    response: str
    revision: int
    client_at: datetime | None = None


def lock(sitting_id: int) -> Sitting:
    """Return the sitting with its row locked and read afresh."""
    query = select(Sitting).where(Sitting.id == sitting_id).with_for_update(key_share=True)
    sitting = db.session.scalar(query.execution_options(populate_existing=True))
    if sitting is None:
        raise NoSuchSitting(sitting=sitting_id)
    return sitting


def still_takes(sitting: Sitting, now: datetime) -> bool:
    """Whether answers brought now count as if they had been saved: open, in time, and not on paper."""
    in_time = now <= sitting.saves_close_at
    return sitting.state is SittingState.OPEN and in_time and sitting.on_paper_at is None


def take_answers(sitting_id: int, answers: Iterable[BroughtAnswer], now: datetime) -> list[Acknowledged]:
    """Write the answers into an open sitting's journal, with fresh revisions and receipts of this moment."""
    sitting = lock(sitting_id)
    if not still_takes(sitting, now):
        raise SittingClosed(state=sitting.state.value)
    taken = []
    for revision, brought in enumerate(answers, highest_revision(sitting_id) + 1):
        _check(sitting, brought.slot, brought.response, revision)
        answer = Acknowledged(revision, brought.slot, brought.response, now)
        proof = rules.receipt(keys().receipts, sitting_id, answer)
        event = AnswerEvent(sitting_id=sitting_id, client_at=brought.client_at, receipt=proof, **answer._asdict())
        db.session.add(event)
        taken.append(answer)
    db.session.flush()  # the count below reads them
    sitting.last_saved_at = now
    sitting.answered = sum(1 for response in queries.answers_of(sitting_id).values() if response)
    return taken


def keep_apart(sitting_id: int, answers: Iterable[BroughtAnswer], reason: LateReason, now: datetime) -> list[int]:
    """Keep answers beside the journal, to be decided about; return their ids. What is kept already stays as it is."""
    sitting = lock(sitting_id)
    kept = []
    for brought in answers:
        _check(sitting, brought.slot, brought.response, brought.revision)
        kept.append(_keep_one(sitting_id, brought, reason, now))
    return kept


def _keep_one(sitting_id: int, brought: BroughtAnswer, reason: LateReason, now: datetime) -> int:
    answer = Acknowledged(brought.revision, brought.slot, brought.response, now)
    event = {"sitting_id": sitting_id, "revision": answer.revision, "slot": answer.slot, "response": answer.response}
    rest = {"reason": reason, "client_at": brought.client_at, "server_at": now}
    proof = rules.receipt(keys().receipts, sitting_id, answer)
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    keep = insert(LateEvent).values(**event, **rest, receipt=proof).on_conflict_do_nothing(index_elements=list(event))
    db.session.execute(keep)
    return db.session.scalars(select(LateEvent.id).filter_by(**event)).one()


def note_brought(sitting_id: int, kind: RoomEventKind, actor: Actor, details: dict[str, Any], now: datetime) -> None:
    """Note around the sitting that somebody brought answers."""
    db.session.add(RoomEvent(sitting_id=sitting_id, kind=kind, at=now, actor_id=actor.account_id, details=details))


def _check(sitting: Sitting, slot: int, response: str, revision: int) -> None:
    rules.check_answer(slot, response, revision)
    if slot > sitting.slots:
        raise AnswerInvalid(slot=slot)
