"""tests.jobs.test_queue — queued work is done in order; a failing job is marked and the rest go on."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.base.clock import Clock, FixedClock
from exam_app.base.db import db, transaction
from exam_app.base.errors import Conflict
from exam_app.jobs import queue, timetable
from exam_app.operations import service as operations
from exam_app.operations.models import Job, Lease
from exam_app.operations.service import LEASE_FOR, LOST_AFTER
from exam_app.operations.states import JobState
from tests.conftest import NINE
from tests.factories import make_committee


class PaperJam(Conflict):
    """A refusal that only these tests know."""

    code = "conflict"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the jobs that were done; number 2 fails, number 3 is refused."""
    numbers: list[int] = []

    def count(job: Job, _clock: Clock) -> None:
        number = job.payload["number"]
        if number == 2:
            raise ZeroDivisionError("secret")
        if number == 3:
            raise PaperJam(tray=1)
        numbers.append(number)

    monkeypatch.setattr(queue, "WORK", {"count": count})
    return numbers


def ask_for(*numbers: int) -> None:
    """Queue one job for each number."""
    with transaction():
        committee = make_committee()
        for number in numbers:
            operations.queue_job(committee.id, "count", {"number": number}, 1, None, NINE)


def states() -> list[JobState]:
    """Return the states of all jobs, oldest first."""
    db.session.expire_all()
    return list(db.session.scalars(select(Job.state).order_by(Job.id)))


def test_jobs_are_done_in_order(app: Flask, clock: FixedClock, done: list[int]) -> None:
    ask_for(1, 4, 5)

    queue.run(clock)

    assert done == [1, 4, 5]
    assert states() == [JobState.DONE] * 3


def test_failing_job_does_not_stop_the_rest(app: Flask, clock: FixedClock, done: list[int]) -> None:
    ask_for(1, 2, 3, 4)

    queue.run(clock)

    assert done == [1, 4]
    assert states() == [JobState.DONE, JobState.FAILED, JobState.FAILED, JobState.DONE]
    failures = list(db.session.scalars(select(Job.failure).order_by(Job.id)))
    assert failures[1] == "ZeroDivisionError", "what a failure says may hold what the page's reader must not see"
    assert json.loads(failures[2]) == {"code": "conflict", "facts": {"tray": 1}}


def test_work_that_nobody_knows_fails_by_itself(app: Flask, clock: FixedClock, done: list[int]) -> None:
    ask_for(1)
    with transaction():
        operations.queue_job(db.session.scalars(select(Job.committee_id)).one(), "dance", {}, 1, None, NINE)

    queue.run(clock)

    assert states() == [JobState.DONE, JobState.FAILED]


def test_job_of_a_dead_process_is_done_after_all(app: Flask, clock: FixedClock, done: list[int]) -> None:
    ask_for(7)
    with transaction():
        operations.take_job(clock.now())

    queue.run(clock)
    assert done == []

    clock.advance(LOST_AFTER + timedelta(seconds=1))
    queue.run(clock)
    assert done == [7]


def test_nobody_acts_without_the_lease(app: Flask, clock: FixedClock) -> None:
    acted: list[str] = []

    def tick(holder: str) -> None:
        timetable._tick(app, clock, holder, "count", lambda _clock, _turn: acted.append(holder))

    tick("one")
    tick("two")
    assert acted == ["one"]

    clock.advance(LEASE_FOR)
    tick("two")
    tick("one")
    assert acted == ["one", "two"]
    assert db.session.scalars(select(Lease.fencing)).one() == 2


def test_task_that_fails_does_not_stop_the_clock(app: Flask, clock: FixedClock) -> None:
    def fail(_clock: Clock, _turn: object) -> None:
        raise ZeroDivisionError

    timetable._tick(app, clock, "one", "count", fail)
    timetable._tick(app, clock, "one", "count", lambda _clock, _turn: None)
