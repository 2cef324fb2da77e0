"""tests.jobs.test_sweep — closes what time has ended, finishes what a crash left, changes nothing the second time."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.jobs import sweep
from exam_app.results import service as results
from exam_app.results.models import MarkingEvent, Result
from exam_app.results.states import ResultState
from exam_app.sittings import service as sittings
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState
from tests.conftest import NINE
from tests.results.factories import sit
from tests.sittings.factories import MINUTES, begin, make_room

END = NINE + timedelta(minutes=MINUTES)
SECOND = timedelta(seconds=1)


def picture() -> tuple[object, ...]:
    """What the sweep may change, as one value."""
    db.session.rollback()
    return (
        db.session.execute(select(Sitting.id, Sitting.state, Sitting.seal, Sitting.closed_at)).all(),
        db.session.execute(select(Result.id, Result.state, Result.score, Result.marked_at)).all(),
        db.session.scalar(select(func.count()).select_from(MarkingEvent)),
        db.session.scalar(select(func.count()).select_from(AuditEntry)),
    )


def test_sweep_leaves_open_sittings_alone_until_the_grace_has_run_out(app: Flask) -> None:
    begin(make_room().entries[0])
    before = picture()
    sweep.run(FixedClock(END + 10 * SECOND))

    assert picture() == before


def test_sweep_closes_and_marks_what_is_overdue(app: Flask) -> None:
    sitting = sit(make_room().entries[0], 4)
    sweep.run(FixedClock(END + 11 * SECOND))

    assert sitting.state is SittingState.EXPIRED
    result = db.session.scalars(select(Result)).one()
    assert (result.state, result.score) == (ResultState.MARKED, 80)


def test_sweep_twice_changes_nothing(app: Flask) -> None:
    for entry in make_room(2).entries:
        sit(entry, 3)
    sweep.run(FixedClock(END + 11 * SECOND))
    once = picture()
    sweep.run(FixedClock(END + 20 * SECOND))

    assert picture() == once


def test_sweep_marks_what_a_crash_left_between_closing_and_marking(app: Flask) -> None:
    sitting = sit(make_room().entries[0], 5)
    with transaction():
        results.finish(sitting.id, NINE)
    sweep.run(FixedClock(NINE + SECOND))

    assert sitting.state is SittingState.SUBMITTED
    assert db.session.scalars(select(Result.score)).one() == 100


def test_sweep_goes_on_after_a_failing_result(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    room, other = make_room(), make_room(name="乙市人大常委会")
    broken, sound = sit(room.entries[0], 5), sit(other.entries[0], 5)
    with transaction():
        room.exam.rules = room.exam.rules | {"pass_mark": 0}  # such rules cannot be, so nothing is marked by them
    sweep.run(FixedClock(END + 11 * SECOND))

    assert {broken.state, sound.state} == {SittingState.EXPIRED}
    assert "failed" in caplog.text
    by_sitting = dict(db.session.execute(select(Result.sitting_id, Result.state)).all())
    assert by_sitting == {broken.id: ResultState.WAITING, sound.id: ResultState.MARKED}


def test_sweep_that_was_down_all_day_lets_no_late_answer_in(app: Flask) -> None:
    sitting = begin(make_room().entries[0])
    command = sittings.SaveAnswer(sitting_id=sitting.id, token="token", slot=1, response="A", revision=1)
    with transaction():
        assert sittings.save_answer(command, END + timedelta(hours=8)).late is not None
    sweep.run(FixedClock(END + timedelta(hours=9)))

    assert db.session.scalars(select(Result.score)).one() == 0
