"""tests.web.examiner.test_exam_pages — the pages of exams: setting up, one exam, acts, who may what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.exams import queries
from exam_app.exams.models import Exam
from exam_app.exams.states import ExamState
from exam_app.people.states import Role
from exam_app.web.shell import STAFF
from tests.exams.factories import OPENS, Hall, code_of, make_hall
from tests.factories import browser_of, make_account, make_committee


@pytest.fixture
def hall(app: Flask) -> Hall:
    """A draft exam with two people."""
    with transaction():
        return make_hall()


@pytest.fixture
def examiner(app: Flask, hall: Hall) -> FlaskClient:
    """A browser of the committee's examiner."""
    return browser_of(app, make_account(hall.committee, Role.EXAMINER))


def _fields(hall: Hall, **changes: str) -> dict[str, str]:
    fields = {
        "title": "第二次考试",
        "opens_at": "2026-03-12T09:00",
        "closes_at": "2026-03-12T11:00",
        "duration_minutes": "90",
        "place": "会议室",
        "government": str(hall.blueprint_id),
        "congress": "",
        "supervision": "",
        "court": "",
        "procuratorate": "",
        "book_mode": "closed",
        "pass_mark": "70",
        "multiple_choice": "half_if_incomplete",
        "disclosure": "score",
        "late_entry_minutes": "30",
        "early_hand_in_minutes": "30",
    }
    return fields | changes


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Exam)) or 0


def test_new_exam_begins_with_the_local_rules(examiner: FlaskClient) -> None:
    page = examiner.get("/exams/new").text

    assert 'value="2026年任前法律知识考试"' in page
    assert 'value="2026-03-10T09:00"' in page
    assert 'value="60"' in page


def test_exam_is_set_up_on_one_page(examiner: FlaskClient, hall: Hall) -> None:
    page = examiner.post("/exams/new", data=_fields(hall), follow_redirects=True).text

    assert "第二次考试" in page and "70 分合格" in page
    exam = db.session.scalars(select(Exam).order_by(Exam.id.desc())).first()
    assert exam is not None and exam.opens_at == OPENS
    assert queries.rules_of(exam).multiple_choice == "half_if_incomplete"


def test_short_notice_is_a_warning_not_a_refusal(examiner: FlaskClient, hall: Hall) -> None:
    fields = _fields(hall, opens_at="2026-03-03T09:00", closes_at="2026-03-03T11:00")
    page = examiner.post("/exams/new", data=fields, follow_redirects=True).text

    assert "短于规定的提前通知时间" in page
    assert _count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens_at": "2026-03-01T09:00", "closes_at": "2026-03-01T11:00"}, "时间已经过去"),
        ({"closes_at": "2026-03-12T08:00"}, "结束时间应晚于开始时间"),
        ({"duration_minutes": "121"}, "比开始到结束的 120 分钟还长"),
        ({"pass_mark": "101"}, "取值不对"),
        ({"title": ""}, "尚未保存"),
        ({"opens_at": "tomorrow"}, "尚未保存"),
        ({"government": "999"}, "尚未保存"),
        ({"book_mode": "ajar"}, "尚未保存"),
    ],
)
def test_exam_that_cannot_be_held_is_said_at_the_form(
    examiner: FlaskClient, hall: Hall, changes: dict[str, str], words: str
) -> None:
    answer = examiner.post("/exams/new", data=_fields(hall, **changes))

    assert answer.status_code == 200
    assert words in answer.text
    assert _count() == 1


def test_draft_is_revised_announced_and_then_stands(examiner: FlaskClient, hall: Hall) -> None:
    path = f"/exams/{hall.exam.id}"
    assert (
        "改过的名称"
        in examiner.post(f"{path}/edit", data=_fields(hall, title="改过的名称"), follow_redirects=True).text
    )
    assert "考试已发布" in examiner.post(f"{path}/announce", follow_redirects=True).text
    assert "已发布或已取消" in examiner.post(f"{path}/edit", data=_fields(hall)).text
    assert 'action="/exams/1/announce"' not in examiner.get(path).text


def test_cancelling_without_a_reason_is_refused(examiner: FlaskClient, hall: Hall) -> None:
    path = f"/exams/{hall.exam.id}/cancel"
    assert "请写明原因" in examiner.post(path, follow_redirects=True).text
    assert db.session.get_one(Exam, hall.exam.id).state is ExamState.DRAFT
    assert "考试已取消" in examiner.post(path, data={"reason": "改期"}, follow_redirects=True).text


def test_invigilator_releases_the_start_and_does_no_more(app: Flask, hall: Hall, clock: FixedClock) -> None:
    browser = browser_of(app, make_account(hall.committee, Role.INVIGILATOR))
    examiner = browser_of(app, make_account(hall.committee, Role.EXAMINER))
    path = f"/exams/{hall.exam.id}"
    for act in ("announce", "cancel", "explode"):
        assert browser.post(f"{path}/{act}").status_code == 404
    examiner.post(f"{path}/announce")
    assert "还不到入场时间" in browser.post(f"{path}/release", follow_redirects=True).text
    clock.at = OPENS - timedelta(minutes=10)
    browser = browser_of(app, make_account(hall.committee, Role.INVIGILATOR, username="second"))
    assert "放行开考" in browser.get(path).text
    assert "已放行开考" in browser.post(f"{path}/release", follow_redirects=True).text


def test_slips_and_sheet_are_pdfs(examiner: FlaskClient, hall: Hall) -> None:
    slips = examiner.post(f"/exams/{hall.exam.id}/roster/slips.pdf")
    sheet = examiner.get(f"/exams/{hall.exam.id}/roster/sign-in.pdf")

    assert slips.data.startswith(b"%PDF") and sheet.data.startswith(b"%PDF")


def test_page_of_an_exam_never_shows_codes_or_questions(examiner: FlaskClient, hall: Hall) -> None:
    page = examiner.get(f"/exams/{hall.exam.id}").text

    assert hall.entries[0].admission_number in page
    assert "题目single" not in page and hall.entries[0].code_hash not in page


@pytest.mark.parametrize("role", list(Role))
def test_staff_read_exams_and_only_examiners_set_them_up(app: Flask, hall: Hall, role: Role) -> None:
    browser = browser_of(app, make_account(hall.committee, role))
    path = f"/exams/{hall.exam.id}"

    assert browser.get("/exams").status_code == browser.get(path).status_code == (200 if role in STAFF else 404)
    for closed in ("/exams/new", f"{path}/edit", f"{path}/roster/import"):
        assert browser.get(closed).status_code == (200 if role is Role.EXAMINER else 404)


def test_foreign_exams_are_not_found(app: Flask, hall: Hall) -> None:
    with transaction():
        account = make_account(make_committee("乙市人大常委会"), Role.EXAMINER)
    browser, path = browser_of(app, account), f"/exams/{hall.exam.id}"

    for page in ("", "/edit", "/roster/import", "/roster/makeup", "/roster/sign-in.pdf"):
        assert browser.get(path + page).status_code == 404
    for act in ("announce", "cancel", "release", "roster/slips.pdf", "roster/confirm", "roster/1/remove"):
        assert browser.post(f"{path}/{act}", data={"text": "王强"}).status_code == 404
    assert browser.get(f"/exams/new?makeup_of={hall.exam.id}").status_code == 404
    assert db.session.get_one(Exam, hall.exam.id).state is ExamState.DRAFT


def test_seat_before_its_time_says_when_it_opens(app: Flask, hall: Hall) -> None:
    browser = browser_of(app, make_account(hall.committee, Role.EXAMINER))
    browser.post(f"/exams/{hall.exam.id}/announce")
    with transaction():
        from_slip = code_of(hall, hall.entries[0])
    fields = {"admission_number": hall.entries[0].admission_number, "code": from_slip}
    page = app.test_client().post("/seat", data=fields).text

    assert "考试 2026年3月12日 9:00 开始，2026年3月12日 8:30 起可以进入" in page


@pytest.mark.parametrize("words", ["", "法律"])
def test_list_takes_the_same_statements_for_one_and_three(
    app: Flask, hall: Hall, examiner: FlaskClient, count_statements: Callable[[], Any], words: str
) -> None:
    counts = []
    for more in (0, 2):
        for number in range(more):
            examiner.post("/exams/new", data=_fields(hall, title=f"法律考试{number}"))
        with count_statements() as statements:
            assert examiner.get(f"/exams?q={words}").text.count("/exams/") > more
        counts.append(len(statements))

    assert counts[0] == counts[1]
