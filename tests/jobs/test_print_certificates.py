"""tests.jobs.test_print_certificates — a whole exam is printed in one job, which goes on where a crash stopped it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.certificates import service
from exam_app.certificates.models import Certificate
from exam_app.jobs import queue
from exam_app.jobs.certificates import KIND
from exam_app.operations.models import Job
from exam_app.operations.service import advance_job, get_file, queue_job
from exam_app.operations.states import JobState
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import make_committee, make_person
from tests.printing.reading import page_count

LATER = NINE + timedelta(hours=4)


@pytest.fixture
def clock() -> FixedClock:
    """After the exam."""
    return FixedClock(LATER)


def order(names: list[str]) -> Job:
    """Let people pass, one fail, and ask for the certificates; the first one was issued before a crash."""
    with transaction():
        committee = make_committee()
        exam = make_exam(committee)
        results = [make_result(make_entry(exam, make_person(committee, name))) for name in names]
        make_result(make_entry(exam, make_person(committee, "赵刚")), score="40")
        service.issue(results[0].id, MACHINE, LATER)
        payload = {"exam": exam.id, "actor": "李文"}
        return queue_job(committee.id, KIND, payload, len(results), None, LATER)


def _noting(seen: list[int]) -> Callable[[int, int], None]:
    """Note each step of progress and take it."""

    def advance(job_id: int, done: int) -> None:
        seen.append(done)
        advance_job(job_id, done)

    return advance


def test_job_issues_signs_and_stores_all(app: Flask, clock: FixedClock) -> None:
    job = order(["王强", "李敏"])
    queue.run(clock)

    assert (job.state, job.done, job.failure) == (JobState.DONE, 2, "")
    assert db.session.scalar(select(func.count(Certificate.id)).where(Certificate.file_id.is_not(None))) == 2
    assert job.file_id is not None
    assert page_count(get_file(job.file_id, job.committee_id).content) == 2


def test_name_without_glyph_does_not_stop_the_others(app: Flask, clock: FixedClock) -> None:
    job = order(["王\ue000", "李敏"])
    queue.run(clock)

    assert job.state is JobState.FAILED
    assert "〔2026〕1号" in job.failure
    stored = db.session.scalars(select(Certificate.number).where(Certificate.file_id.is_not(None))).all()
    assert stored == ["甲市人考〔2026〕2号"]


def test_window_of_work_keeps_the_order_of_seats_and_what_is_stored(
    app: Flask, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More people than the children have in hand; the first one's file was stored before a crash."""
    monkeypatch.setattr("exam_app.jobs.certificates.os.cpu_count", lambda: 1)
    names = ["王强", "李敏", "张\ue000", "陈伟", "杨静"]
    job = order(names)
    with transaction():
        first = service.keep_signed(1, b"%PDF-kept", LATER)
        kept_id = first.file_id
    seen: list[int] = []
    monkeypatch.setattr("exam_app.jobs.certificates.operations.advance_job", _noting(seen))
    queue.run(clock)

    assert (job.state, job.done) == (JobState.FAILED, 5)
    assert "3号" in job.failure
    assert seen == [1, 2, 3, 4, 5], "progress goes on one by one, also past the one that cannot be printed"
    rows = db.session.execute(select(Certificate.file_id, Certificate.facts).order_by(Certificate.serial)).all()
    assert [facts["person_name"] for _file, facts in rows] == names
    assert [file is not None for file, _facts in rows] == [True, True, False, True, True]
    assert rows[0][0] == kept_id and get_file(kept_id, job.committee_id).content == b"%PDF-kept"
    assert job.file_id is not None and page_count(get_file(job.file_id, job.committee_id).content) == 4


def test_nobody_to_certify_is_no_fault(app: Flask, clock: FixedClock) -> None:
    with transaction():
        exam = make_exam(make_committee())
        payload = {"exam": exam.id, "actor": "李文"}
        job = queue_job(exam.committee_id, KIND, payload, 0, None, LATER)
    queue.run(clock)
    assert (job.state, job.failure) == (JobState.DONE, "")
