"""tests.jobs.test_print_certificates — a whole exam is printed in one job, which goes on where a crash stopped it."""

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
from exam_app.operations.service import get_file, queue_job
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
