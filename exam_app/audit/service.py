"""audit.service — writes down acts, as the last statements of the transaction that does them.

Appending last keeps the chain's row lock short: everything slow in the act has happened before.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from exam_app.audit.models import AuditEntry, AuditHead
from exam_app.audit.rules import FIRST_HASH, entry_hash
from exam_app.audit.witness import append_head
from exam_app.base.crypto import canonical
from exam_app.base.db import after_commit, before_commit, db, insert_new, is_sqlite
from exam_app.base.keys import keys


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, a candidate at a seat (no account), or the machine."""

    account_id: int | None
    name: str


@dataclass
class _Line:
    """An entry as it will be stored; the last three are known when the chain is locked."""

    committee_id: int
    actor_id: int | None
    actor_name: str
    verb: str
    about: str
    details: dict[str, Any]
    at: datetime
    sequence: int = 0
    previous_hash: str = ""
    hash: str = ""


MACHINE = Actor(None, "系统")
INSTALLATION = 0
_HEADS: Table = AuditHead.__table__  # type: ignore[assignment]
_ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]
_MINE = _HEADS.c.committee_id == bindparam("p_committee_id")
_LOCKED_HEAD = select(_HEADS.c.sequence, _HEADS.c.hash).where(_MINE).with_for_update()
_HEAD = update(_HEADS).where(_MINE).values(sequence=bindparam("p_sequence"), hash=bindparam("p_hash"))
_ENTRY = insert(_ENTRIES).values(
    {column.name: bindparam(f"p_{column.name}") for column in _ENTRIES.c if column.name != "id"}
)
_HEAD_AND_ENTRY = _ENTRY.add_cte(_HEAD.cte("moved"))
"""On PostgreSQL one statement: while the head is locked every other act of the committee waits."""


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
    entry = _Line(
        committee_id=committee_id,
        actor_id=actor.account_id,
        actor_name=actor.name,
        verb=verb,
        about=about,
        details=json.loads(canonical(dict(details or {}))),
        at=now,
    )
    before_commit(lambda: _append(entry))


def _append(entry: _Line) -> None:
    db.session.flush()  # what the act changed takes its locks first: after the head's lock nobody waits for anything
    connection, mine = db.session.connection(), {"p_committee_id": entry.committee_id}
    head = connection.execute(_LOCKED_HEAD, mine).one_or_none()
    if head is None:
        insert_new(AuditHead, committee_id=entry.committee_id, sequence=0, hash=FIRST_HASH)
        head = connection.execute(_LOCKED_HEAD, mine).one()
    entry.sequence, entry.previous_hash = head.sequence + 1, head.hash
    entry.hash = entry_hash(keys().audit, entry)
    values = {f"p_{name}": value for name, value in vars(entry).items()}
    if is_sqlite():
        connection.execute(_HEAD, values)
        connection.execute(_ENTRY, values)
    else:
        connection.execute(_HEAD_AND_ENTRY, values)
    after_commit(lambda: append_head(entry.committee_id, entry.sequence, entry.hash))
