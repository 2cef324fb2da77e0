"""audit.service — writes down acts, as the last statements of the transaction that does them.

Appending last keeps the chain's row lock short: everything slow in the act has happened before.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from exam_app.audit.models import AuditEntry, AuditHead
from exam_app.audit.rules import FIRST_HASH, entry_hash
from exam_app.audit.witness import append_head
from exam_app.base.crypto import canonical
from exam_app.base.db import after_commit, before_commit, db, insert_new
from exam_app.base.keys import keys


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, a candidate at a seat (no account), or the machine."""

    account_id: int | None
    name: str


MACHINE = Actor(None, "系统")
INSTALLATION = 0


def note(
    actor: Actor,
    verb: str,
    *,
    about: str,
    now: datetime,
    committee_id: int = INSTALLATION,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Record that the actor did this; it stands only if the act commits."""
    entry = AuditEntry(
        committee_id=committee_id,
        actor_id=actor.account_id,
        actor_name=actor.name,
        verb=verb,
        about=about,
        details=json.loads(canonical(dict(details or {}))),
        at=now,
    )
    before_commit(lambda: _append(entry))


def _append(entry: AuditEntry) -> None:
    locked = (
        select(AuditHead)
        .where(AuditHead.committee_id == entry.committee_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    head = db.session.scalar(locked)
    if head is None:
        insert_new(AuditHead, committee_id=entry.committee_id, sequence=0, hash=FIRST_HASH)
        head = db.session.scalars(locked).one()
    entry.sequence = head.sequence + 1
    entry.previous_hash = head.hash
    entry.hash = entry_hash(keys().audit, entry)
    head.sequence, head.hash = entry.sequence, entry.hash
    db.session.add(entry)
    committee_id, sequence, mark = entry.committee_id, entry.sequence, entry.hash
    after_commit(lambda: append_head(committee_id, sequence, mark))
