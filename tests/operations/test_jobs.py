"""tests.operations.test_jobs — a job is taken once, in order, and says how far it has come."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from exam_app.base.db import db, transaction
from exam_app.base.states import IllegalMove
from exam_app.operations import service as operations
from exam_app.operations.errors import NoSuchJob
from exam_app.operations.models import Job
from exam_app.operations.service import LOST_AFTER
from exam_app.operations.states import JobState
from tests.conftest import NINE
from tests.factories import make_committee


def queue(count: int = 1) -> list[int]:
    """Queue jobs for a fresh committee; return their ids."""
    with transaction():
        committee = make_committee()
        jobs = [operations.queue_job(committee.id, "print", {"n": n}, 10, None, NINE) for n in range(count)]
        return [job.id for job in jobs]


def take() -> int | None:
    """Take a job as one act; its id."""
    with transaction():
        job = operations.take_job(NINE)
        return job.id if job else None


def stored(job_id: int) -> Job:
    """Return the job as it is in the database."""
    db.session.expire_all()
    job = db.session.get(Job, job_id)
    assert job is not None
    return job


def test_oldest_is_taken_first_and_only_once(app: Flask) -> None:
    first, second = queue(2)

    assert [take(), take(), take()] == [first, second, None]


def test_progress_and_end_are_kept(app: Flask) -> None:
    (job_id,) = queue()
    take()
    with transaction():
        operations.advance_job(job_id, 4)
    assert (stored(job_id).done, stored(job_id).state) == (4, JobState.RUNNING)

    with transaction():
        operations.finish_job(job_id, NINE)
    assert (stored(job_id).done, stored(job_id).state, stored(job_id).finished_at) == (10, JobState.DONE, NINE)


def test_failure_is_kept_short(app: Flask) -> None:
    (job_id,) = queue()
    take()
    with transaction():
        operations.fail_job(job_id, "x" * 900, NINE)

    assert stored(job_id).state is JobState.FAILED
    assert stored(job_id).failure == "x" * 500


def test_job_that_waits_cannot_be_finished(app: Flask) -> None:
    (job_id,) = queue()

    with pytest.raises(IllegalMove), transaction():
        operations.finish_job(job_id, NINE)

    assert stored(job_id).state is JobState.QUEUED


def test_job_of_another_committee_is_not_found(app: Flask) -> None:
    (job_id,) = queue()

    with pytest.raises(NoSuchJob):
        operations.get_job(job_id, stored(job_id).committee_id + 1)
    with pytest.raises(NoSuchJob):
        operations.get_job(job_id + 1, stored(job_id).committee_id)


def test_job_whose_process_died_waits_again(app: Flask) -> None:
    (job_id,) = queue()
    take()
    with transaction():
        operations.requeue_lost(NINE + LOST_AFTER - timedelta(seconds=1))
    assert stored(job_id).state is JobState.RUNNING

    with transaction():
        operations.requeue_lost(NINE + LOST_AFTER)
    assert (stored(job_id).state, stored(job_id).started_at) == (JobState.QUEUED, None)
    assert take() == job_id


@pytest.mark.postgresql
def test_jobs_are_taken_once_by_many_at_once(postgres_app: Flask) -> None:
    ids = queue(20)
    taken: list[int] = []

    def work() -> None:
        with postgres_app.app_context():
            while (job_id := take()) is not None:
                taken.append(job_id)
            db.session.remove()

    threads = [threading.Thread(target=work) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == ids
