"""tests.base.test_lane — writes past the session: many in one commit, none harmed by another."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, func, insert, select, text

from exam_app.base.db import db, is_sqlite, transaction
from exam_app.base.lane import Lane, Run, Statement, lane
from exam_app.operations.models import RateWindow
from tests.conftest import NINE

WRITERS = 24
INSERT = (
    insert(RateWindow)
    .values(key=bindparam("p_key"), began_at=bindparam("p_at", type_=RateWindow.began_at.type), tries=bindparam("p_n"))
    .returning(RateWindow.key)
)


def compiled(road: Lane) -> Statement:
    """Return the statement that the tests write with."""
    return road.compile("insert_window", INSERT)


def keep(road: Lane, key: str) -> Callable[[Run], str]:
    """Return the work of keeping one key."""
    statement, values = compiled(road), road.adapt({"p_key": key, "p_at": NINE, "p_n": 1})

    def work(run: Run) -> str:
        row = run(statement, values)
        assert row is not None
        return str(row[0])

    return work


def stored() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(RateWindow.key)))


def test_write_is_there_when_it_returns(app: Flask) -> None:
    assert lane().write(keep(lane(), "one")) == "one"
    assert stored() == {"one"}
    assert db.session.scalar(select(RateWindow.began_at)) == NINE


def test_everybody_is_told_their_own_result(app: Flask) -> None:
    road, line = lane(), threading.Barrier(WRITERS)

    def act(number: int) -> str:
        with app.app_context():
            line.wait(10)
            return road.write(keep(road, f"key {number}"))

    with ThreadPoolExecutor(WRITERS) as pool:
        told = list(pool.map(act, range(WRITERS)))
    assert told == [f"key {number}" for number in range(WRITERS)]
    assert stored() == set(told)


def test_waiting_writes_share_one_commit(app: Flask) -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL groups the flushes of its own transactions")
    road: Any = lane()
    begun: list[str] = []
    road.write(keep(road, "opens the connection"))
    road._connection.set_trace_callback(lambda sql: begun.append(sql) if sql.startswith("BEGIN") else None)
    entered, may_go = threading.Event(), threading.Event()

    def first(run: Run) -> None:
        entered.set()
        may_go.wait(10)

    with ThreadPoolExecutor(WRITERS) as pool:
        leader = pool.submit(road.write, first)
        entered.wait(10)
        rest = [pool.submit(road.write, keep(road, f"key {number}")) for number in range(WRITERS - 1)]
        while len(road._queue) < WRITERS - 1:
            pass
        may_go.set()
        leader.result(10)
        assert [one.result(10) for one in rest] == [f"key {number}" for number in range(WRITERS - 1)]
    assert len(begun) == 2, "one commit for the leader, one for all who came while it was busy"


def test_failing_write_harms_no_other(app: Flask) -> None:
    road: Any = lane()
    statement, values = compiled(road), road.adapt({"p_key": "twice", "p_at": NINE, "p_n": 1})
    road.write(keep(road, "twice"))
    entered, may_go = threading.Event(), threading.Event()

    def first(run: Run) -> None:
        entered.set()
        may_go.wait(10)

    with ThreadPoolExecutor(4) as pool:
        leader = pool.submit(road.write, first)
        entered.wait(10)
        good = pool.submit(road.write, keep(road, "good"))
        bad = pool.submit(road.write, lambda run: run(statement, values))
        may_go.set()
        leader.result(10)
        assert good.result(10) == "good"
        with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
            bad.result(10)
    assert stored() == {"twice", "good"}
    assert road.write(keep(road, "after")) == "after"


def test_writer_inside_an_act_is_refused_before_it_waits_for_itself(app: Flask) -> None:
    if not is_sqlite():
        pytest.skip("on PostgreSQL the lane has a connection of its own and takes no lock")
    with pytest.raises(RuntimeError, match="no part of an act"), transaction():
        lane().write(keep(lane(), "one"))
    assert stored() == set()
    assert lane().write(keep(lane(), "two")) == "two"


def test_lane_and_acts_take_turns(app: Flask) -> None:
    road = lane()

    def act(number: int) -> None:
        with app.app_context():
            if number % 2:
                road.write(keep(road, f"lane {number}"))
                return
            with transaction():
                db.session.add(RateWindow(key=f"act {number}", began_at=NINE, tries=1))
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(80)))
    assert db.session.scalar(select(func.count()).select_from(RateWindow)) == 80


@pytest.mark.postgresql
def test_connection_that_died_is_opened_anew(postgres_app: Flask) -> None:
    road: Any = lane()
    road.write(keep(road, "before"))
    own = road._kept.connection.info.backend_pid
    db.session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
    db.session.rollback()

    assert road.write(keep(road, "after")) == "after"
    assert stored() == {"before", "after"}
    assert road._kept.connection.info.backend_pid != own


@pytest.mark.postgresql
def test_statement_that_the_server_refuses_says_so_and_leaves_the_lane_open(postgres_app: Flask) -> None:
    road: Any = lane()
    with pytest.raises(Exception, match="no_such_table"):
        road.write(lambda run: run(Statement("broken", "SELECT 1 FROM no_such_table", ()), {}))
    assert road.write(keep(road, "one")) == "one"
