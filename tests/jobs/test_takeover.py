"""tests.jobs.test_takeover — two schedulers over one database: one acts; when it dies or freezes, the other does.

Real processes over a real PostgreSQL. The clock of the machine runs, so the waits are real: at most ten seconds each.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from exam_app.base.clock import FixedClock, SystemClock
from exam_app.base.config import ROOT
from exam_app.base.db import db, transaction
from exam_app.jobs import sweep, timetable, turns
from exam_app.jobs.turns import TurnLost
from exam_app.operations import queries
from exam_app.operations import service as operations
from exam_app.operations.models import Lease, Pulse
from exam_app.operations.service import LEASE_FOR
from exam_app.results.models import Result
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState
from tests.conftest import NINE
from tests.sittings.factories import begin, make_room

TAKEOVER = 10.0
STARTING = 90.0
"""Two interpreters that start on a machine full of other tests."""
SECOND = timedelta(seconds=1)
CLOCK = SystemClock()
RUN = "import time, wsgi\nwhile True: time.sleep(1)"


def until(condition: Callable[[], object], seconds: float = TAKEOVER) -> float:
    """Return how long it took until the condition held; fail if it did not within so many seconds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "did not come about in time"
        time.sleep(0.05)
    return time.monotonic() - began


def lease() -> tuple[str, int] | None:
    """Return holder and fencing number of the sweep's lease."""
    db.session.rollback()
    row = db.session.execute(select(Lease.holder, Lease.fencing).where(Lease.name == "sweep")).one_or_none()
    return (row.holder, row.fencing) if row else None


def process_of_holder() -> int:
    """Return the process that holds the lease; 0 while nobody does."""
    found = lease()
    return int(found[0].split(":")[1]) if found else 0


def leave_one_overdue(number: int) -> int:
    """Start a sitting and let its time be over; return it."""
    sitting_id = begin(make_room(name=f"第{number}人大常委会").entries[0]).id
    with transaction():
        sitting = db.session.get_one(Sitting, sitting_id)
        sitting.ends_at = sitting.saves_close_at = NINE + SECOND
    return sitting_id


def is_marked(sitting_id: int) -> bool:
    """Whether the sweep has closed and marked the sitting."""
    db.session.rollback()
    query = select(Result.marked_at).where(Result.sitting_id == sitting_id)
    return db.session.scalar(query) is not None


@pytest.fixture
def two_schedulers(postgres_app: Flask) -> Iterator[dict[int, "subprocess.Popen[bytes]"]]:
    """Two processes that carry the scheduler; nothing else."""
    environ = {
        **os.environ,
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "EXAM_INSTANCE": postgres_app.config["INSTANCE"],
        "EXAM_SCHEDULER": "1",
    }
    started = [subprocess.Popen([sys.executable, "-c", RUN], cwd=ROOT, env=environ) for _one in range(2)]
    try:
        until(lambda: len(db.session.scalars(select(Pulse.node)).all()) == 2 or db.session.rollback(), STARTING)
        until(process_of_holder)
        yield {process.pid: process for process in started}
    finally:
        for process in started:
            process.kill()
            process.wait(10)


@pytest.mark.postgresql
def test_other_process_takes_over_within_ten_seconds(
    two_schedulers: dict[int, "subprocess.Popen[bytes]"], capsys: pytest.CaptureFixture[str]
) -> None:
    one = leave_one_overdue(1)
    until(lambda: is_marked(one))
    held = lease()
    assert held is not None

    first = process_of_holder()
    two_schedulers[first].kill()
    two = leave_one_overdue(2)
    took = until(lambda: is_marked(two))
    now_held = lease()

    assert now_held is not None and now_held[1] == held[1] + 1
    assert process_of_holder() in set(two_schedulers) - {first}
    with capsys.disabled():
        print(f" [swept {took:.1f} s after the holder was killed] ", end="")


@pytest.mark.postgresql
def test_frozen_holder_wakes_up_and_does_no_harm(two_schedulers: dict[int, "subprocess.Popen[bytes]"]) -> None:
    first = process_of_holder()
    os.kill(first, signal.SIGSTOP)
    try:
        one = leave_one_overdue(1)
        until(lambda: is_marked(one), TAKEOVER + queries.STUCK_MS / 1000)
        held = lease()
    finally:
        os.kill(first, signal.SIGCONT)
    time.sleep(5)  # it ticks twice and more

    assert held is not None and lease() == held, "the one that woke up must not get the lease back"
    two = leave_one_overdue(2)
    until(lambda: is_marked(two))
    assert db.session.scalars(select(Sitting.state)).all() == [SittingState.EXPIRED] * 2
    assert len(db.session.scalars(select(Result.id)).all()) == 2
    assert two_schedulers[first].poll() is None


@pytest.mark.postgresql
def test_lease_runs_by_the_time_of_the_database(postgres_app: Flask) -> None:
    wrong = FixedClock(NINE + timedelta(days=400))
    turn = turns.take("sweep", "one", wrong)
    assert turn is not None

    with transaction():
        theirs = db.session.scalars(select(text("clock_timestamp()"))).one()
    expires = db.session.scalars(select(Lease.expires_at)).one()
    assert abs(expires - theirs - LEASE_FOR) < 2 * SECOND
    assert turns.take("sweep", "two", FixedClock(NINE + timedelta(days=800))) is None


@pytest.mark.postgresql
def test_holder_that_freezes_inside_an_act_loses_the_lock(postgres_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "STUCK_MS", 300)
    turn = turns.take("sweep", "one", CLOCK)
    assert turn is not None
    frozen = db.engine.connect()
    begun = frozen.begin()
    frozen.execute(select(text("set_config('idle_in_transaction_session_timeout', '300', true)")))
    frozen.execute(select(Lease).with_for_update())

    with transaction():
        operations.take_lease("sweep", "one", queries.lease_time(CLOCK.now()))  # waits until the frozen one is cut off
    with pytest.raises(Exception, match=r"(?i)terminat|closed|lost"):
        frozen.execute(select(text("1")))
    frozen.invalidate()
    begun.close()
    frozen.close()


def give_away(name: str) -> None:
    """Let another process take the lease, long after the first was last heard of."""
    with transaction():
        assert operations.take_lease(name, "another", CLOCK.now() + timedelta(hours=1))


def test_whoever_lost_the_turn_stops_before_the_next_act(app: Flask) -> None:
    sitting_id = leave_one_overdue(1)
    turn = turns.take("sweep", "one", CLOCK)
    assert turn is not None
    give_away("sweep")

    with pytest.raises(TurnLost):
        sweep.run(FixedClock(NINE + timedelta(hours=3)), turn)
    db.session.rollback()
    assert db.session.get_one(Sitting, sitting_id).state is SittingState.OPEN


def test_whoever_keeps_the_turn_goes_on(app: Flask) -> None:
    sitting_id = leave_one_overdue(1)
    turn = turns.take("sweep", "one", CLOCK)
    assert turn is not None
    sweep.run(FixedClock(NINE + timedelta(hours=3)), turn)

    assert is_marked(sitting_id)


def test_processes_have_names_of_their_own(app: Flask) -> None:
    name = timetable.node_name(FixedClock(NINE))

    assert name.endswith(f":{os.getpid()}:{NINE.timestamp():.0f}") and len(name) <= 80
