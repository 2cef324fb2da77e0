"""tests.incidents.acts — what an invigilator does with an emergency file, and what is on record afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import Actor
from exam_app.base.db import db, transaction
from exam_app.incidents import emergency, loading
from exam_app.incidents.loading import LoadFile
from exam_app.incidents.models import EmergencyFile
from exam_app.incidents.states import FileOutcome
from exam_app.sittings.models import Sitting
from tests.conftest import NINE
from tests.incidents.emergency_files import file_of, held
from tests.sittings.factories import MINUTES, Room

CHIEF = Actor(None, "主监考")
LATER = NINE + timedelta(minutes=20)
CLOSED = NINE + timedelta(minutes=MINUTES + 5)


def number(room: Room, place: int = 0) -> str:
    return room.entries[place].admission_number


def brought(room: Room, sitting: Sitting) -> bytes:
    """Return a file: equal, changed after the server's, and only in the file."""
    answers = held(1, "A", 1, base=1, acknowledged=True), held(2, "C", 3, base=2), held(3, "AC", 4, base=2)
    return file_of(sitting, number(room), *answers)


def hand_in(room: Room, content: bytes) -> Any:
    with transaction():
        return loading.hand_in(room.exam.id, room.committee.id, "应急文件.exam", content, CHIEF, LATER)


def chosen(room: Room, content: bytes, *taken: int, **more: Any) -> LoadFile:
    examined = loading.examine(room.exam.id, room.committee.id, content)
    slots = frozenset(taken) or frozenset(row.slot for row in examined.rows if row.prefers_file)
    command = LoadFile(
        exam_id=room.exam.id,
        committee_id=room.committee.id,
        content=content,
        taken=slots,
        seen=emergency.fingerprint(examined.rows),
        is_reviewed=False,
        reason="网络一直没有恢复",
    )
    return replace(command, **more)


def load(command: LoadFile, now: datetime = LATER) -> loading.Loaded:
    with transaction():
        return loading.load(command, CHIEF, now)


def records() -> list[tuple[FileOutcome, int | None]]:
    rows = db.session.execute(select(EmergencyFile.outcome, EmergencyFile.sitting_id).order_by(EmergencyFile.id))
    return [(outcome, sitting_id) for outcome, sitting_id in rows]


def verbs() -> list[str]:
    query = select(AuditEntry.verb).where(AuditEntry.verb.startswith("emergency")).order_by(AuditEntry.id)
    return list(db.session.scalars(query))


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
