"""tests.results.test_races — two thousand races on PostgreSQL: no acknowledged answer misses the marking.

Each race lets two threads with connections of their own go at one instant; what must hold is checked afterwards.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.jobs import ready as papers_ready
from exam_app.jobs import sweep
from exam_app.papers.models import Paper, PaperSlot
from exam_app.results import queries
from exam_app.results import service as results
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sittings import ready
from exam_app.sittings import service as sittings
from exam_app.sittings.models import AnswerEvent, LateEvent, Sitting
from exam_app.sittings.queries import answers_of, journal_of
from exam_app.sittings.rules import seal
from tests.conftest import NINE
from tests.sittings.factories import SLOTS, add_person, begin, make_room

pytestmark = pytest.mark.postgresql
T = TypeVar("T")
RACES = 400
SECOND = timedelta(seconds=1)
Act = Callable[[], Any]


class Track:
    """Runs pairs of acts at one instant, each in its own thread, connection and transaction."""

    def __init__(self, app: Flask, pool: ThreadPoolExecutor) -> None:
        self.app, self.pool = app, pool

    def race(self, *acts: Act) -> list[Any]:
        """Return what each act returned or refused."""
        line = threading.Barrier(len(acts))
        runs: list[Future[Any]] = [self.pool.submit(self._run, line, act) for act in acts]
        return [run.result(30) for run in runs]

    def _run(self, line: threading.Barrier, act: Act) -> Any:
        with self.app.app_context():
            line.wait(10)
            try:
                return act()
            except DomainError as refusal:
                return refusal


@pytest.fixture
def track(postgres_app: Flask) -> Iterator[Track]:
    """A track with room for three."""
    with ThreadPoolExecutor(3) as pool:
        yield Track(postgres_app, pool)


def make_sittings(count: int) -> list[int]:
    """Start so many sittings."""
    room = make_room(0)
    with transaction():
        entries = [add_person(room, number) for number in range(1, count + 1)]
    return [begin(entry).id for entry in entries]


def save(sitting_id: int, slot: int, response: str, revision: int, token: str = "token") -> Act:
    """Return the act of saving one answer."""

    def act() -> sittings.Receipt:
        command = sittings.SaveAnswer(
            sitting_id=sitting_id, token=token, slot=slot, response=response, revision=revision
        )
        with transaction():
            return sittings.save_answer(command, NINE + SECOND)

    return act


def hand_in(sitting_id: int) -> Act:
    """Return the act of handing in and marking."""

    def act() -> results.Finished:
        with transaction():
            finished = results.finish(sitting_id, NINE + SECOND)
        with transaction():
            results.mark(finished.result_id, NINE + SECOND)
        return finished

    return act


def check_marked_whole(sitting_id: int) -> None:
    """What was acknowledged is what was sealed and what was marked."""
    sitting = db.session.get_one(Sitting, sitting_id, populate_existing=True)
    assert sitting.seal == seal(sitting_id, journal_of(sitting_id))
    result = queries.of_sitting(sitting_id)
    assert result is not None and result.state is ResultState.MARKED
    marked = {mark.slot: mark.response for mark in queries.marks_of(result.id)}
    assert marked == {slot: answers_of(sitting_id).get(slot, "") for slot in marked}


def test_saves_racing_with_hand_in_are_marked_or_kept_apart(track: Track) -> None:
    won = 0
    for sitting_id in make_sittings(RACES):
        receipts = track.race(save(sitting_id, 1, "A", 1), hand_in(sitting_id), save(sitting_id, 2, "B", 2))
        db.session.rollback()
        check_marked_whole(sitting_id)
        for number, receipt in ((1, receipts[0]), (2, receipts[2])):
            table = LateEvent if receipt.late else AnswerEvent
            kept = select(table.receipt).where(table.sitting_id == sitting_id, table.revision == number)
            assert db.session.scalars(kept).one() == receipt.receipt
            won += not receipt.late
    assert 0 < won < 2 * RACES, "both outcomes must have been seen"


def test_two_hand_ins_give_one_result_and_one_code(track: Track) -> None:
    for sitting_id in make_sittings(RACES):
        save(sitting_id, 1, "A", 1)()
        one, other = track.race(hand_in(sitting_id), hand_in(sitting_id))
        db.session.rollback()
        assert one == other
        check_marked_whole(sitting_id)
    assert db.session.scalar(select(func.count()).select_from(Result)) == RACES


def test_sweep_and_hand_in_close_once(track: Track) -> None:
    for sitting_id in make_sittings(RACES):
        save(sitting_id, 1, "A", 1)()
        with transaction():
            sitting = db.session.get_one(Sitting, sitting_id)
            sitting.started_at -= timedelta(hours=2)
            sitting.ends_at = sitting.saves_close_at = NINE
        track.race(hand_in(sitting_id), lambda: sweep.run(FixedClock(NINE + SECOND)))
        db.session.rollback()
        check_marked_whole(sitting_id)
    assert db.session.scalar(select(func.count()).select_from(Result)) == RACES


@pytest.mark.parametrize("is_ready", [False, True])
def test_two_tabs_that_start_at_once_share_one_paper(track: Track, is_ready: bool) -> None:
    room = make_room(0)
    with transaction():
        entries = [add_person(room, number).id for number in range(1, RACES + 1)]
    while is_ready and ready.list_unready(NINE, 1):
        papers_ready.run(FixedClock(NINE))

    def start(entry_id: int, token: str) -> Act:
        def act() -> int:
            with transaction():
                return sittings.start(entry_id, token, NINE).sitting.id

        return act

    for entry_id in entries:
        one, other = track.race(start(entry_id, "one"), start(entry_id, "other"))
        db.session.rollback()
        assert one == other
        alive = [token for token in ("one", "other") if sittings.owns(one, token)]
        assert len(alive) == 1
    assert db.session.scalar(select(func.count()).select_from(Paper)) == RACES
    assert db.session.scalar(select(func.count()).select_from(PaperSlot)) == RACES * SLOTS


def test_equal_and_unequal_saves_of_one_revision_leave_one_answer(track: Track) -> None:
    [sitting_id] = make_sittings(1)
    for revision in range(1, RACES + 1):
        rival = "A" if revision % 2 else "B"
        one, other = track.race(save(sitting_id, 1, "A", revision), save(sitting_id, 1, rival, revision))
        db.session.rollback()
        stored = db.session.scalars(select(AnswerEvent).where(AnswerEvent.revision == revision)).one()
        if revision % 2:
            assert one == other
        else:
            assert sorted(getattr(each, "code", "") for each in (one, other)) == ["", "revision_taken"]
        assert stored.receipt in {getattr(each, "receipt", "") for each in (one, other)}
