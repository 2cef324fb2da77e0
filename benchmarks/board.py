"""benchmarks.board — server time of the live board, its poll and the sweep, as the tables fill with sittings long over.

A room of 60 and a room of 600 are asked for through the real pages while 1,000, 10,000 and 100,000 other sittings lie
in the tables; the median of several requests counts. What grows with the history instead of the room shows at once.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, insert, select, text

from benchmarks.saves import RESULTS
from exam_app.app import create_app
from exam_app.base.clock import SystemClock, stopwatch
from exam_app.base.config import Settings
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import ExamState
from exam_app.incidents import credit_queries
from exam_app.papers.models import Blueprint, Paper
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.results import queries as results
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import RoomEvent, Sitting
from exam_app.sittings.states import RoomEventKind, SittingState
from question_bank.kinds import OrganType
from tests import postgres
from tests.factories import browser_of, make_account, make_committee

HISTORY, ROOMS, TIMES, CHUNK = (1_000, 10_000, 100_000), (60, 600), 9, 5_000
IN_A_ROOM = 50


def main() -> None:
    """Measure on both databases, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", type=int, nargs="*", default=HISTORY)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="bench-board"))
    try:
        found = {"sqlite": measure("SQLite", home / "sqlite", "", options.history)}
        with postgres.serve() as address:
            found["postgresql"] = measure("PostgreSQL", home / "postgresql", address, options.history)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**known, "board_ms": found}, indent=2) + "\n")


def measure(name: str, instance: Path, url: str, history: list[int]) -> dict[str, dict[str, float]]:
    """Fill one database step by step and measure after each step."""
    app = create_app(Settings(instance=instance, database_url=url), SystemClock())
    app.config["WTF_CSRF_ENABLED"] = False
    found = {}
    with app.app_context():
        upgrade()
        with transaction():
            home = make_committee("测速", now=SystemClock().now())
            account = make_account(home, Role.INVIGILATOR, now=SystemClock().now())
        rooms = {people: make_exam(home, people, 1, SittingState.OPEN) for people in ROOMS}
        client = browser_of(app, account)
        for others in history:
            grow(home, others)
            found[str(others)] = one_step(client, rooms)
            print(
                name, f"{others:>7} 次旧作答", *(f"{what} {ms:6.1f}" for what, ms in found[str(others)].items()), "ms"
            )
        db.session.remove()
        db.engine.dispose()
    return found


def one_step(client: FlaskClient, rooms: dict[int, int]) -> dict[str, float]:
    """Return the milliseconds of each thing measured."""
    measured: dict[str, float] = {}
    for people, exam_id in rooms.items():
        path = f"/exams/{exam_id}/board?poll=1"
        measured[f"board{people}"] = milliseconds(lambda path=path: client.get(path))
        seen = client.get(path).text.partition("seen=")[2].partition('"')[0]
        assert client.get(f"{path}&seen={seen}").status_code == 204
        measured[f"poll{people}"] = milliseconds(lambda path=path, seen=seen: client.get(f"{path}&seen={seen}"))
        measured[f"rows{people}"] = milliseconds(lambda exam_id=exam_id: sittings.board(exam_id))
    now = SystemClock().now()
    reads: dict[str, Callable[[], Any]] = {
        "overdue": lambda: sittings.list_overdue(now),
        "waiting": results.list_waiting,
        "silences": credit_queries.new_silences,
    }
    return measured | {what: milliseconds(act) for what, act in reads.items()}


def milliseconds(act: Callable[[], object]) -> float:
    """Return the median time of an act after a warm-up."""
    taken = []
    for _time in range(TIMES + 1):
        began = stopwatch()
        act()
        taken.append((stopwatch() - began) * 1000)
        db.session.rollback()
    return round(median(taken[1:]), 2)


def grow(home: Committee, others: int) -> None:
    """Fill up with sittings that are over, marked and published, in rooms of their own, to so many."""
    over = select(func.count()).select_from(Sitting).where(Sitting.state != SittingState.OPEN)
    there = db.session.scalar(over) or 0
    while there < others:
        count = min(CHUNK, others - there)
        make_exam(home, count, -(-count // IN_A_ROOM), SittingState.SUBMITTED)
        there += count
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def make_exam(home: Committee, people: int, exams: int, state: SittingState) -> int:
    """Seat so many people in so many exams and let all of them sit; return the first exam."""
    now = SystemClock().now()
    with transaction():
        first = {model: (db.session.scalar(select(func.max(model.id))) or 0) + 1 for model in (Exam, Person, Sitting)}
        blueprint = Blueprint(
            committee_id=home.id,
            name=f"测速{first[Exam]}",
            organ_type=OrganType.GOVERNMENT,
            full_marks=100,
            created_at=now,
        )
        db.session.add(blueprint)
        db.session.flush()
        for model, rows in _rows(home.id, blueprint.id, (people, exams), state, (now, first[Exam], first[Person])):
            db.session.execute(insert(model), rows)
    return first[Exam]


def _rows(
    home: int, blueprint: int, size: tuple[int, int], state: SittingState, start: tuple[datetime, int, int]
) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    now, exam, one = start
    people, exams = size
    until = now + timedelta(hours=2)
    numbers = range(one, one + people)
    open_now = state is SittingState.OPEN
    yield (
        Exam,
        [
            {"id": exam + n, "committee_id": home, "title": f"测速{exam + n}", "opens_at": now, "closes_at": until}
            | {"duration_minutes": 90, "rules": {}, "state": ExamState.ANNOUNCED, "created_at": now, "released_at": now}
            for n in range(exams)
        ],
    )
    yield (
        Person,
        [{"id": n, "committee_id": home, "name": "王强", "unit": "财政局", "created_at": now} for n in numbers],
    )
    paper = {"committee_id": home, "blueprint_id": blueprint, "hash": "", "sealed_blob": b"", "drawn_at": now}
    yield Paper, [{"id": n, **paper} for n in numbers]
    entry = {"organ_type": OrganType.GOVERNMENT, "code_hash": "", "code_sealed": b""}
    yield (
        RosterEntry,
        [
            {"id": n, "exam_id": exam + (n - one) % exams, "person_id": n, "admission_number": f"{n:012d}", **entry}
            | {"seat": f"{n - one + 1:02d}", "checked_in_at": now}
            for n in numbers
        ],
    )
    sitting = {"state": state, "started_at": now, "ends_at": until, "saves_close_at": until, "slots": 50}
    sitting |= {"last_seen_at": now, "last_saved_at": now, "closed_at": None if open_now else now}
    yield (
        Sitting,
        [{"id": n, "roster_entry_id": n, "paper_id": n, "device_token_hash": f"{n:064d}", **sitting} for n in numbers],
    )
    kinds = (RoomEventKind.STARTED, RoomEventKind.FOCUS_LOST, RoomEventKind.RECONNECTED)
    yield RoomEvent, [{"sitting_id": n, "kind": kind, "at": now, "details": {}} for n in numbers for kind in kinds]
    if not open_now:
        result = {"state": ResultState.PUBLISHED, "score": 80, "passed": True, "marked_at": now, "published_at": now}
        yield (
            Result,
            [
                {"sitting_id": n, "exam_id": exam + (n - one) % exams, "person_id": n, "band": "", **result}
                for n in numbers
            ],
        )


if __name__ == "__main__":
    main()
