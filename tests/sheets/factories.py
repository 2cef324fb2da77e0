"""tests.sheets.factories — sittings on paper, collected and read by two people; a picture of all that may change."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import Actor
from exam_app.base.db import db, transaction
from exam_app.exams.models import RosterEntry
from exam_app.results import paper
from exam_app.results.models import LateDecision, Mark, Result
from exam_app.results.paper import Read
from exam_app.sheets import queries as sheets
from exam_app.sheets import service
from exam_app.sheets.models import PaperEntry, PaperTurn
from exam_app.sheets.rules import Choice
from exam_app.sheets.service import ReadSheet, SettleSheet
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import AnswerEvent, LateEvent, RoomEvent, Sitting
from tests.conftest import NINE
from tests.results.factories import right_answers
from tests.sittings.factories import SLOTS, Room

INVIGILATOR, ONE, OTHER, CHIEF = Actor(70, "罗成舟"), Actor(71, "林晓云"), Actor(72, "谢琳溪"), Actor(73, "韩致远")
MINUTE = timedelta(minutes=1)
TURNED, COLLECTED, READ = NINE + 10 * MINUTE, NINE + 40 * MINUTE, NINE + 90 * MINUTE
REASON = "主机不能启动，没有备用电脑"
BLANKS = dict.fromkeys(range(1, SLOTS + 1), "-")
KEPT = (PaperTurn, PaperEntry, Result, Mark, LateEvent, LateDecision, AnswerEvent, RoomEvent, AuditEntry)


def put(room: Room, place: int = 0, now: datetime = TURNED, reason: str = REASON) -> Sitting:
    """Put a person of the room on paper; commits."""
    entry_id, committee_id = room.entries[place].id, room.committee.id
    with transaction():
        service.put_on_paper(entry_id, committee_id, reason, INVIGILATOR, now)
    return sitting_of(room.entries[place])


def sitting_of(entry: RosterEntry) -> Sitting:
    sitting = sittings.find_of_entry(entry.id)
    assert sitting is not None
    return sitting


def collect(room: Room, sitting: Sitting, now: datetime = COLLECTED) -> None:
    sitting_id, committee_id = sitting.id, room.committee.id
    with transaction():
        paper.collect(sitting_id, committee_id, INVIGILATOR, now)


def code_of(sitting: Sitting) -> str:
    return sheets.code_of(sitting.id, sitting.paper_id)


def reading(room: Room, sitting: Sitting, typed: Mapping[int, str], **changes: Any) -> ReadSheet:
    """Return what somebody typed, a dash where nothing is given."""
    facts = {"sitting_id": sitting.id, "committee_id": room.committee.id, "sheet_code": code_of(sitting)}
    return ReadSheet(**{**facts, "typed": {**BLANKS, **typed}, **changes})


def read(command: ReadSheet, actor: Actor = ONE, now: datetime = READ) -> Read:
    with transaction():
        return paper.read_sheet(command, actor, now)


def settling(room: Room, sitting: Sitting, **choices: tuple[str, str]) -> SettleSheet:
    """Return a settlement: `q3=("B", "卷面是 B")`."""
    chosen = {int(slot[1:]): Choice(*choice) for slot, choice in choices.items()}
    return SettleSheet(sitting_id=sitting.id, committee_id=room.committee.id, choices=chosen)


def settle(command: SettleSheet, actor: Actor = CHIEF, now: datetime = READ + MINUTE) -> None:
    with transaction():
        paper.settle(command, actor, now)


def read_twice(room: Room, sitting: Sitting, one: Mapping[int, str], other: Mapping[int, str]) -> Read:
    """Read a sheet by two people; return what came of the second reading."""
    read(reading(room, sitting, one))
    return read(reading(room, sitting, other), OTHER)


def right_of(answers: Mapping[int, str], sitting: Sitting) -> int:
    """Count the right answers, apart from everything the product does to mark them."""
    return sum(
        1 for slot, letters in right_answers(sitting).items() if sorted(answers.get(slot, "")) == sorted(letters)
    )


def wrong(letters: str) -> str:
    """Return an answer that is not the given one and fits every question."""
    return "B" if letters != "B" else "A"


def picture() -> dict[str, object]:
    """Return how many rows each table holds, and what of sittings, turns and results an act could change."""
    db.session.rollback()
    counts = {table.__name__: db.session.scalar(select(func.count()).select_from(table)) for table in KEPT}
    state = select(Sitting.id, Sitting.state, Sitting.on_paper_at, Sitting.device_token_hash, Sitting.seal)
    settled = select(PaperTurn.sitting_id, PaperTurn.printed_at, PaperTurn.reason, PaperTurn.settled_by)
    scores = select(Result.id, Result.state, Result.score)
    rows = {name: db.session.execute(query).all() for name, query in zip("abc", (state, settled, scores), strict=True)}
    return {**counts, **rows}


def verbs() -> list[str]:
    """Return what of sheets stands in the audit, oldest first."""
    query = select(AuditEntry.verb).where(AuditEntry.verb.startswith("paper.")).order_by(AuditEntry.id)
    return list(db.session.scalars(query))
