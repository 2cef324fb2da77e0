"""tests.web.officer.test_duty_papers — notice, result and letter of a duty: shown, downloaded, issued, grown stale."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.documents.models import Document
from exam_app.people.states import Role
from exam_app.supervision.models import Assessment
from exam_app.supervision.states import DutyMode, DutyState
from tests.appointments.factories import make_foreign, make_office
from tests.factories import browser_of, make_account
from tests.supervision.factories import in_office, make_duty


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


@pytest.fixture
def officer(app: Flask, office: Committee) -> FlaskClient:
    """The officer's browser."""
    return browser_of(app, make_account(office, Role.OFFICER))


def a_duty(office: Committee, state: DutyState, mode: DutyMode = DutyMode.WRITTEN) -> int:
    """Return the id of a duty in that state."""
    with transaction():
        return make_duty(in_office(office), state, mode).id


def shown_digest(page: str) -> str:
    """Return the digest that the page would issue."""
    return page.split('name="digest" value="')[1].split('"')[0]


@pytest.mark.parametrize("kind", ["report_notice", "assessment_result", "feedback_letter"])
def test_paper_is_shown_downloaded_and_issued_once(officer: FlaskClient, office: Committee, kind: str) -> None:
    page = f"/duties/{a_duty(office, DutyState.ASSESSED, DutyMode.ORAL)}/papers/{kind}"
    shown = officer.get(page).text
    assert "还没有印发" in shown and "王强" in shown
    assert officer.get(f"{page}.pdf").data.startswith(b"%PDF-")
    assert officer.get(f"{page}.docx").data.startswith(b"PK")
    assert officer.get(f"{page}.exe").status_code == 404
    digest = shown_digest(shown)
    stale = officer.post(page, data={"digest": "0" * 64, "number": ""}, follow_redirects=True)
    assert "又有变化" in stale.text
    done = officer.post(page, data={"digest": digest, "number": "甲人常〔2026〕9号"}, follow_redirects=True)
    assert "内容与现在的记录一致" in done.text
    assert db.session.scalar(select(func.count(Document.id))) == 1


def test_issued_letter_warns_when_the_record_changes(officer: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office, DutyState.ASSESSED)
    page = f"/duties/{duty_id}/papers/feedback_letter"
    digest = shown_digest(officer.get(page).text)
    officer.post(page, data={"digest": digest, "number": ""})
    officer.post(f"/duties/{duty_id}/opinions", data={"opinions": "加强预算公开。"})
    assert "印发以后记录有变化" in officer.get(page).text


def test_paper_that_has_nothing_to_say_is_not_there(officer: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office, DutyState.PLANNED)
    for kind in ("assessment_result", "feedback_letter", "agenda", "nonsense"):
        assert officer.get(f"/duties/{duty_id}/papers/{kind}").status_code == 404


def test_results_of_a_day_are_on_one_sheet(officer: FlaskClient, office: Committee) -> None:
    assert "还没有测评" in officer.get("/duties/results").text
    assert officer.get("/duties/results.pdf").status_code == 404
    duty_id = a_duty(office, DutyState.ASSESSED)
    page = officer.get("/duties/results").text
    assert "履职情况满意度测评结果汇总表" in page and "评定标准" in page
    day = db.session.scalars(select(Assessment.assessed_on).where(Assessment.duty_id == duty_id)).one()
    assert officer.get(f"/duties/results?day={day.isoformat()}").text.count("监票人") == page.count("监票人")
    for form, head in (("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")):
        assert officer.get(f"/duties/results.{form}?day={day.isoformat()}").data.startswith(head)
    assert officer.get("/duties/results?day=1999-01-01").status_code == 404


def test_sheet_of_another_committee_is_not_there(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        foreign = make_foreign()
        make_duty(in_office(foreign), DutyState.ASSESSED)
    assert "还没有测评" in officer.get("/duties/results").text
