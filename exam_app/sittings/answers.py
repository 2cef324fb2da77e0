"""sittings.answers — keeps answers: the hot path, in at most two statements; an acknowledged answer is never lost.

The browsers' saves and clocks go past the session (base.lane); inside an act the same statements run on the session.
Touching the sitting first takes its row lock, so that a save and a hand-in never overlap: each sees the other done,
or not at all. Why a save was refused is looked up only after the refusal.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Insert, Table, bindparam, case, func, literal, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from exam_app.base.crypto import same, sha256
from exam_app.base.db import changed, db, is_sqlite
from exam_app.base.keys import keys
from exam_app.base.lane import GroupLane, Lane, Run
from exam_app.base.statements import Statement, read_instant
from exam_app.sittings import rules
from exam_app.sittings.errors import AnswerInvalid, NoSuchSitting, RevisionTaken
from exam_app.sittings.models import AnswerEvent, LateEvent, RoomEvent, Sitting
from exam_app.sittings.rules import Acknowledged
from exam_app.sittings.states import LateReason, SittingState

SITTINGS: Table = Sitting.__table__  # type: ignore[assignment]
EVENTS: Table = AnswerEvent.__table__  # type: ignore[assignment]


@dataclass(frozen=True, kw_only=True)
class SaveAnswer:
    """One answer as the browser sent it; `answered`, if told, is its own count of answered questions."""

    sitting_id: int
    token: str
    slot: int
    response: str
    revision: int
    client_at: datetime | None = None
    answered: int | None = None


@dataclass(frozen=True)
class Receipt:
    """Proof of what was kept; `late` says why it does not count, `ends_at`, where known, until when there is time."""

    receipt: str
    revision: int
    saved_at: datetime
    late: LateReason | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What the clock says to the one device of a sitting."""

    ends_at: datetime
    state: SittingState


def token_hash(token: str) -> str:
    """Return the hash under which a device's token is kept; tokens are too long to be guessed from it."""
    return sha256(token.encode())


class AtOnce:
    """What thousands of browsers press at once, past the session: bound to a lane, for it is asked before Flask is."""

    def __init__(self, road: Lane, secret: bytes) -> None:
        self._road, self._secret = road, secret

    def save(self, command: SaveAnswer, now: datetime) -> Receipt | None:
        """Keep one answer, durable on return; None where something stands against it.

        No act of its own: what stands against it, save_answer finds out inside one.
        """
        rules.check_answer(command.slot, command.response, command.revision)
        proof = rules.receipt(self._secret, command.sitting_id, _acknowledged(command, now))
        statements, values = _on_the_lane(self._road), self._road.adapt(_values(command, now, proof))

        def keep(run: Run) -> str | None:
            row = run(statements.touch, values)
            if row is not None and statements.insert is not None and run(statements.insert, values) is None:
                return None
            return None if row is None else str(row[0])

        ends_at = self._road.write(keep)
        return None if ends_at is None else Receipt(proof, command.revision, now, ends_at=read_instant(ends_at))

    def read_clock(self, sitting_id: int, token: str, now: datetime) -> Reading | None:
        """Say until when the sitting goes on, and note that its device is alive; None to strangers."""
        quiet = now - rules.SILENT_AFTER
        sign = {"p_sitting": sitting_id, "p_device": token_hash(token), "p_now": now, "p_quiet": quiet}
        statement, values = _on_the_lane(self._road).clock, self._road.adapt(sign)
        row = self._road.write(lambda run: run(statement, values))
        return None if row is None else Reading(read_instant(row[0]), SittingState(row[1]))


def save_answer(command: SaveAnswer, now: datetime) -> Receipt:
    """Keep one answer if the device is the sitting's own, the sitting open and in time.

    The same answer again gets the same receipt. What is late or comes from a replaced device is kept apart.
    """
    rules.check_answer(command.slot, command.response, command.revision)
    proof = rules.receipt(keys().receipts, command.sitting_id, _acknowledged(command, now))
    if _keep(_values(command, now, proof)):
        return Receipt(proof, command.revision, now)
    return _find_equal(command) or _keep_apart(command, now)


def _parameter(name: str, like: Any) -> Any:
    return bindparam(name, type_=like.type)


_NOW = _parameter("p_now", SITTINGS.c.last_seen_at)
_WAS_SILENT = SITTINGS.c.last_seen_at < _parameter("p_quiet", SITTINGS.c.last_seen_at)
_SIGN_OF_LIFE = {
    "last_seen_at": _NOW,
    "silent_from": case((_WAS_SILENT, SITTINGS.c.last_seen_at), else_=SITTINGS.c.silent_from),
    "silent_until": case((_WAS_SILENT, _NOW), else_=SITTINGS.c.silent_until),
}
_DEVICE = (SITTINGS.c.id == bindparam("p_sitting"), SITTINGS.c.device_token_hash == bindparam("p_device"))
_TOUCH = (
    update(SITTINGS)
    .where(
        *_DEVICE,
        SITTINGS.c.state == literal_column(f"'{SittingState.OPEN.value}'"),
        SITTINGS.c.saves_close_at >= _NOW,
        SITTINGS.c.slots >= bindparam("p_slot"),
    )
    .values(
        **_SIGN_OF_LIFE,
        last_saved_at=_NOW,
        answered=func.coalesce(_parameter("p_answered", SITTINGS.c.answered), SITTINGS.c.answered),
    )
    .returning(SITTINGS.c.ends_at, SITTINGS.c.id)
)
_CLOCK = update(SITTINGS).where(*_DEVICE).values(**_SIGN_OF_LIFE).returning(SITTINGS.c.ends_at, SITTINGS.c.state)
_COLUMNS = {
    "sitting_id": "p_sitting",
    "revision": "p_revision",
    "slot": "p_slot",
    "response": "p_response",
    "client_at": "p_client_at",
    "server_at": "p_now",
    "receipt": "p_receipt",
}
_ONCE = ("sitting_id", "revision")
_COUNTED = {"preserve_rowcount": True}  # of an INSERT it is otherwise gone with the cursor
_INSERT = (
    sqlite.insert(EVENTS)
    .values({column: _parameter(name, EVENTS.c[column]) for column, name in _COLUMNS.items()})
    .on_conflict_do_nothing(index_elements=_ONCE)
    .returning(EVENTS.c.revision)
)


def _insert_after_touch() -> Any:
    """Return the one statement of PostgreSQL: the event is inserted from the row that the touch returns."""
    touched = _TOUCH.cte("touched")
    chosen = [_parameter(name, EVENTS.c[column]) for column, name in _COLUMNS.items()][1:]
    event: Insert = postgresql.insert(EVENTS).from_select(list(_COLUMNS), select(touched.c.id, *chosen))
    kept = event.on_conflict_do_nothing(index_elements=_ONCE)  # type: ignore[attr-defined]
    return kept.returning(select(touched.c.ends_at).scalar_subquery())


_TOUCH_AND_INSERT = _insert_after_touch()


@dataclass(frozen=True)
class _Statements:
    """The hot statements as the driver takes them; PostgreSQL needs no second one to insert."""

    touch: Statement
    insert: Statement | None
    clock: Statement


@lru_cache(maxsize=64)
def _on_the_lane(road: Lane) -> _Statements:
    clock = road.compile("clock", _CLOCK)
    if isinstance(road, GroupLane):
        return _Statements(road.compile("touch", _TOUCH), road.compile("insert", _INSERT), clock)
    return _Statements(road.compile("save", _TOUCH_AND_INSERT), None, clock)


def _keep(values: dict[str, Any]) -> bool:
    """Touch the sitting and insert the event; False if the guard or the revision stands against it."""
    connection = db.session.connection()
    if not is_sqlite():
        return connection.execute(_TOUCH_AND_INSERT, values).one_or_none() is not None
    if connection.execute(_TOUCH, values).one_or_none() is None:
        return False
    return connection.execute(_INSERT, values).one_or_none() is not None


def _values(command: SaveAnswer, now: datetime, proof: str) -> dict[str, Any]:
    return {
        "p_sitting": command.sitting_id,
        "p_device": token_hash(command.token),
        "p_now": now,
        "p_quiet": now - rules.SILENT_AFTER,
        "p_slot": command.slot,
        "p_answered": command.answered,
        "p_revision": command.revision,
        "p_response": command.response,
        "p_client_at": command.client_at,
        "p_receipt": proof,
    }


def _acknowledged(command: SaveAnswer, now: datetime) -> Acknowledged:
    return Acknowledged(command.revision, command.slot, command.response, now)


def _find_equal(command: SaveAnswer) -> Receipt | None:
    """Return the receipt an equal answer got before, even after closing; raise RevisionTaken at a different one."""
    stored = db.session.scalar(
        select(AnswerEvent).where(
            AnswerEvent.sitting_id == command.sitting_id, AnswerEvent.revision == command.revision
        )
    )
    if stored is None:
        return None
    is_equal = (stored.slot, stored.response) == (command.slot, command.response)
    if is_equal and recognises(command.sitting_id, command.token):
        return Receipt(stored.receipt, stored.revision, stored.server_at)
    if not is_equal and owns(command.sitting_id, command.token):
        raise RevisionTaken(revision=highest_revision(command.sitting_id))
    return None


def _keep_apart(command: SaveAnswer, now: datetime) -> Receipt:
    """Keep an answer that does not count, if it comes from a machine that was given this sitting once."""
    sitting = db.session.get(Sitting, command.sitting_id, populate_existing=True)
    if sitting is None or not recognises(command.sitting_id, command.token):
        raise NoSuchSitting(sitting=command.sitting_id)
    if command.slot > sitting.slots:
        raise AnswerInvalid(slot=command.slot)
    reason = _reason(sitting, command.token)
    proof = rules.receipt(keys().receipts, command.sitting_id, _acknowledged(command, now))
    event = {
        "sitting_id": command.sitting_id,
        "revision": command.revision,
        "slot": command.slot,
        "response": command.response,
    }
    rest = {"reason": reason, "client_at": command.client_at, "server_at": now, "receipt": proof}
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    keep = insert(LateEvent).values(**event, **rest).on_conflict_do_nothing(index_elements=list(event))
    if changed(keep.execution_options(**_COUNTED)) == 1:
        return Receipt(proof, command.revision, now, reason)
    stored = db.session.scalars(select(LateEvent).filter_by(**event)).one()
    return Receipt(stored.receipt, stored.revision, stored.server_at, stored.reason)


def _reason(sitting: Sitting, token: str) -> LateReason:
    if not same(sitting.device_token_hash, token_hash(token)):
        return LateReason.REPLACED_DEVICE
    return LateReason.AFTER_GRACE if sitting.state is SittingState.OPEN else LateReason.AFTER_CLOSE


def owns(sitting_id: int, token: str) -> bool:
    """Whether the sitting is at the device with this token now."""
    query = select(literal(True)).where(Sitting.id == sitting_id, Sitting.device_token_hash == token_hash(token))
    return db.session.scalar(query) is not None


def recognises(sitting_id: int, token: str) -> bool:
    """Whether the sitting is, or once was, at the device with this token."""
    if owns(sitting_id, token):
        return True
    devices = db.session.scalars(select(RoomEvent.details).where(RoomEvent.sitting_id == sitting_id))
    return token_hash(token) in {details.get("device") for details in devices}


def highest_revision(sitting_id: int) -> int:
    """Return the highest revision acknowledged or kept for a sitting; 0 where none is."""
    query = select(func.max(AnswerEvent.revision)).where(AnswerEvent.sitting_id == sitting_id)
    return db.session.scalar(query) or 0
