"""tests.web.public.test_jobs — the progress of a job and its file, for whoever asked for it."""

import json

import pytest
from flask import Flask

from exam_app.base.db import transaction
from exam_app.committees.queries import get_committee
from exam_app.operations import service as operations
from exam_app.people.models import Account
from exam_app.people.states import Role
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee


@pytest.fixture
def asker(app: Flask) -> Account:
    """Who asked for the job."""
    with transaction():
        return make_account(make_committee(), Role.OFFICER, username="asker")


def queue(asker: Account) -> int:
    """Queue a job of two parts and take it."""
    committee_id, account_id = asker.committee_id or 0, asker.id
    with transaction():
        job = operations.queue_job(committee_id, "print_certificates", {}, 2, account_id, NINE)
        operations.take_job(NINE)
        operations.advance_job(job.id, 1)
        return job.id


def finish(job_id: int, asker: Account) -> None:
    """Let the job end with a file."""
    committee_id = asker.committee_id or 0
    with transaction():
        operations.attach_file(
            job_id, operations.keep_file(committee_id, "合格证.pdf", "application/pdf", b"%PDF", NINE).id
        )
        operations.finish_job(job_id, NINE)


def test_running_job_asks_again_and_a_finished_one_does_not(app: Flask, asker: Account) -> None:
    job_id = queue(asker)
    browser = browser_of(app, asker)
    part = browser.get(f"/jobs/{job_id}?poll=1").get_data(as_text=True)
    assert "1 / 2" in part and "data-poll=" in part and "<html" not in part

    finish(job_id, asker)
    part = browser.get(f"/jobs/{job_id}?poll=1").get_data(as_text=True)
    assert "已完成" in part and "data-poll=" not in part and f"/jobs/{job_id}/file" in part


def test_file_is_handed_out_under_its_name(app: Flask, asker: Account) -> None:
    job_id = queue(asker)
    browser = browser_of(app, asker)
    assert browser.get(f"/jobs/{job_id}/file").status_code == 404

    finish(job_id, asker)
    answer = browser.get(f"/jobs/{job_id}/file")
    assert answer.data == b"%PDF"
    assert answer.mimetype == "application/pdf"
    assert "%E5%90%88%E6%A0%BC%E8%AF%81.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("ZeroDivisionError", "已记入日志"),
        (json.dumps({"code": "too_often", "facts": {"seconds": 9}}), "9 秒后再试"),
        (json.dumps({"code": "unheard_of", "facts": {}}), "已记入日志"),
    ],
)
def test_failure_is_told_in_words(app: Flask, asker: Account, failure: str, words: str) -> None:
    job_id = queue(asker)
    with transaction():
        operations.fail_job(job_id, failure, NINE)

    page = browser_of(app, asker).get(f"/jobs/{job_id}").get_data(as_text=True)
    assert words in page and "ZeroDivisionError" not in page


def test_job_of_someone_else_is_not_found(app: Flask, asker: Account) -> None:
    job_id = queue(asker)
    finish(job_id, asker)
    with transaction():
        stranger = make_account(make_committee("乙县人大常委会"), Role.OFFICER, username="stranger")
        colleague = make_account(get_committee(asker.committee_id or 0), Role.AUTHOR, username="colleague")

    for account in (stranger, colleague):
        browser = browser_of(app, account)
        assert browser.get(f"/jobs/{job_id}").status_code == 404
        assert browser.get(f"/jobs/{job_id}/file").status_code == 404
