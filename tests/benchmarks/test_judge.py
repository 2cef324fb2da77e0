"""tests.benchmarks.test_judge — each thing the judge must find, planted by hand into a database that was clean."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from benchmarks.chaos.judge import Verdict, judge
from benchmarks.chaos.ledger import Acknowledged, Answer, HandedIn, Ledger
from benchmarks.chaos.reader import Database
from exam_app.base.db import db, transaction
from exam_app.results import service as results
from exam_app.sittings.models import Sitting
from tests.conftest import NINE
from tests.sittings.factories import answer, begin, make_room

pytestmark = pytest.mark.skipif("config.getoption('--database') == 'postgresql'", reason="alters an SQLite file")


@pytest.fixture
def ledger(app: Flask) -> Ledger:
    """One person sat, answered twice, handed in and was marked; another still sits."""
    room = make_room(people=2)
    first, second = (begin(entry) for entry in room.entries)
    number = first.id
    kept = [
        Acknowledged(Answer(number, slot, "A", slot), answer(first, slot, "A", slot).receipt, False) for slot in (1, 2)
    ]
    answer(second, 1, "B", 1)
    with transaction():
        finished = results.finish(number, NINE)
    with transaction():
        results.mark(finished.result_id, NINE)
    handed = HandedIn(number, finished.code, (), {1: "A", 2: "A"}, True)
    return Ledger(held=kept, handed=[handed])


def judged(app: Flask, ledger: Ledger, *alterations: str, later: timedelta = timedelta()) -> Verdict:
    db.session.remove()
    path = Path(app.config["SETTINGS"].instance) / "exam.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        for statement in alterations:
            file.execute(statement)
        file.commit()
    return judge(Database(f"sqlite:///{path}"), path.parent / "keys", ledger, NINE + later)


def test_a_clean_house_is_clean(app: Flask, ledger: Ledger) -> None:
    assert judged(app, ledger) == Verdict()


def test_a_removed_answer_is_lost_and_breaks_the_seal(app: Flask, ledger: Ledger) -> None:
    verdict = judged(app, ledger, "DELETE FROM answer_event WHERE sitting_id = 1 AND slot = 2")
    assert (verdict.acknowledged_lost, verdict.seals_differing, verdict.shown_differing) == (1, 1, 1)


def test_an_altered_answer_is_lost(app: Flask, ledger: Ledger) -> None:
    assert judged(app, ledger, "UPDATE answer_event SET response = 'B' WHERE slot = 2").acknowledged_lost == 1


def test_an_altered_time_breaks_the_receipt(app: Flask, ledger: Ledger) -> None:
    moved = "UPDATE answer_event SET server_at = '2026-03-02 01:00:00.000001' WHERE sitting_id = 1 AND slot = 2"
    assert judged(app, ledger, moved).receipts_false == 1


def test_an_altered_mark_differs(app: Flask, ledger: Ledger) -> None:
    assert judged(app, ledger, "UPDATE mark SET marks = 19.99 WHERE slot = 1").marks_differing == 1
    assert judged(app, ledger, "UPDATE result SET passed = NOT passed").marks_differing == 2


def test_an_overdue_sitting_is_stuck(app: Flask, ledger: Ledger) -> None:
    with app.app_context():
        assert db.session.get_one(Sitting, 2).state == "open"
    assert judged(app, ledger, later=timedelta(hours=3)).sittings_stuck == 1


def test_a_result_that_is_missing_or_waits_is_stuck(app: Flask, ledger: Ledger) -> None:
    assert judged(app, ledger, "UPDATE result SET state = 'waiting'").sittings_stuck == 1


def test_what_travelled_with_the_hand_in_must_be_there(app: Flask, ledger: Ledger) -> None:
    handed = ledger.handed[0]
    ledger.handed = [HandedIn(handed.sitting, handed.code, (Answer(handed.sitting, 3, "A", 3),), {}, False)]
    assert judged(app, ledger).acknowledged_lost == 1
