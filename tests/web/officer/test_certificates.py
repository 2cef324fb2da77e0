"""tests.web.officer.test_certificates — the list, the batch, the reprint, the revocation."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.audit.service import MACHINE
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.certificates import service
from exam_app.certificates.models import Certificate
from exam_app.certificates.states import CertificateState
from exam_app.committees.models import Committee
from exam_app.exams.models import Exam
from exam_app.jobs import certificates as job
from exam_app.jobs import queue
from exam_app.people.states import Role
from exam_app.web.officer import certificates as page
from tests.appointments.factories import make_foreign
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee, make_person


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee."""
    with transaction():
        return make_committee()


@pytest.fixture
def exam(office: Committee) -> Exam:
    """An exam that two people passed."""
    with transaction():
        exam = make_exam(office)
        for name in ("王强", "李敏"):
            make_result(make_entry(exam, make_person(office, name)))
    return exam


@pytest.fixture
def officer(app: Flask, office: Committee) -> FlaskClient:
    """The officer's browser."""
    return browser_of(app, make_account(office, Role.OFFICER))


def issue_all(exam: Exam) -> list[Certificate]:
    """Issue every certificate of the exam."""
    with transaction():
        return [service.issue(result_id, MACHINE, NINE) for result_id in page.queries.results_to_certify(exam.id)]


def test_page_and_job_name_the_work_alike() -> None:
    assert page.KIND == job.KIND in queue.WORK


def test_exam_is_printed_in_one_go(officer: FlaskClient, exam: Exam, clock: FixedClock) -> None:
    assert "发证并打印" in officer.get("/certificates").text
    asked = officer.post(f"/certificates/print/{exam.id}")
    waiting = officer.get(asked.location).text
    assert 'data-poll="' in waiting and "0 / 2" in waiting

    queue.run(clock)

    fragment = officer.get(f"{asked.location}?poll=1").text
    assert "全部完成" in fragment and "data-poll=" not in fragment and "<html" not in fragment
    printed = officer.get(f"{asked.location}.pdf")
    assert printed.mimetype == "application/pdf" and printed.data.startswith(b"%PDF")
    listed = officer.get("/certificates").text
    assert "甲市人考〔2026〕1号" in listed and "再打印一次" in listed


def test_reprint_is_the_stored_file(officer: FlaskClient, exam: Exam) -> None:
    certificate = issue_all(exam)[0]
    address = f"/certificates/{certificate.id}.pdf"
    first = officer.get(address)
    assert first.mimetype == "application/pdf"
    assert officer.get(address).data == first.data


def test_list_is_searched_and_filtered(officer: FlaskClient, exam: Exam) -> None:
    issue_all(exam)
    found = officer.get("/certificates", query_string={"q": "李敏"}).text
    assert "李敏" in found and "王强" not in found
    assert "没有符合条件的证书" in officer.get("/certificates?state=revoked").text


def test_revocation_asks_for_a_reason(officer: FlaskClient, exam: Exam) -> None:
    certificate = issue_all(exam)[0]
    address = f"/certificates/{certificate.id}/revoke"
    assert officer.post(address, data={"reason": " "}).status_code == 422
    assert certificate.state is CertificateState.VALID
    done = officer.post(address, data={"reason": "成绩经复核无效"}, follow_redirects=True)
    assert "已撤销" in done.text and "成绩经复核无效" in done.text


def test_director_reads_only(app: Flask, office: Committee, exam: Exam) -> None:
    certificate_id = issue_all(exam)[0].id
    director = browser_of(app, make_account(office, Role.DIRECTOR))
    assert "王强" in director.get("/certificates").text
    assert director.post(f"/certificates/{certificate_id}/revoke", data={"reason": "否"}).status_code == 404
    assert director.post(f"/certificates/print/{exam.id}").status_code == 404
    assert db.session.scalars(select(Certificate.state)).first() is CertificateState.VALID


def test_other_committees_certificates_do_not_exist(officer: FlaskClient) -> None:
    with transaction():
        foreign = make_foreign()
        other = make_exam(foreign)
        make_result(make_entry(other, make_person(foreign)))
    certificate_id = issue_all(other)[0].id
    assert officer.get(f"/certificates/{certificate_id}.pdf").status_code == 404
    assert officer.post(f"/certificates/{certificate_id}/revoke", data={"reason": "否"}).status_code == 404
    assert officer.post(f"/certificates/print/{other.id}").status_code == 404
    assert officer.get("/certificates/jobs/1").status_code == 404


def test_list_costs_the_same_for_one_row_and_three(
    officer: FlaskClient, office: Committee, exam: Exam, count_statements: Callable[[], Any]
) -> None:
    with transaction():
        service.issue(page.queries.results_to_certify(exam.id)[0], MACHINE, NINE)
    officer.get("/certificates")
    db.session.expire_all()
    with count_statements() as few:
        officer.get("/certificates")
    with transaction():
        make_result(make_entry(exam, make_person(office, "赵刚")))
    issue_all(exam)
    db.session.expire_all()
    with count_statements() as many:
        officer.get("/certificates")
    assert len(few) == len(many)
