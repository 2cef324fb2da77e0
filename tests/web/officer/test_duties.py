"""tests.web.officer.test_duties — the board, the plan of a year, one duty to its end, and who may look."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.appointments.states import ItemState
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.people.states import Role
from exam_app.supervision.models import Assessment, ReportDuty
from exam_app.supervision.states import DutyMode, DutyState
from question_bank.kinds import OrganType
from tests.appointments.factories import make_foreign, make_office
from tests.factories import browser_of, make_account
from tests.supervision.factories import in_office, make_duty, make_meeting

BALLOTS = {
    "assessed_on": "2026-02-10",
    "members_total": "39",
    "present": "29",
    "grade_0": "20",
    "grade_1": "8",
    "grade_2": "1",
    "abstain": "0",
    "invalid": "0",
}


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


@pytest.fixture
def officer(app: Flask, office: Committee) -> FlaskClient:
    """The officer's browser."""
    return browser_of(app, make_account(office, Role.OFFICER))


@pytest.fixture
def director(app: Flask, office: Committee) -> FlaskClient:
    """The director's browser."""
    return browser_of(app, make_account(office, Role.DIRECTOR))


def a_duty(
    office: Committee, state: DutyState = DutyState.PLANNED, name: str = "王强", mode: DutyMode = DutyMode.WRITTEN
) -> int:
    """Return the id of a duty in that state."""
    with transaction():
        return make_duty(in_office(office, name), state, mode).id


def standing(duty_id: int) -> DutyState:
    """Return the state of a duty, fresh."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(ReportDuty, duty_id).state


def test_empty_board_leads_to_the_plan(officer: FlaskClient) -> None:
    assert "还没有安排履职报告" in officer.get("/duties").text
    assert "没有符合条件的在任人员" in officer.get("/duties/plan").text


def test_year_is_planned(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        first, second = in_office(office), in_office(office, "李敏", "甲市审计局局长")
        meeting_id = make_meeting(office).id
        ids = [first.id, second.id]
    shown = officer.get("/duties/plan").text
    assert "王强" in shown and "李敏" in shown and "每年报告" in shown
    data = {"year": "2026", "item": ids, "mode": "oral", "meeting": str(meeting_id), "reports_on": ""}
    done = officer.post("/duties/plan", data=data, follow_redirects=True)
    assert "已将 2 人列入 2026 年计划" in done.text
    again = officer.post("/duties/plan", data=data)
    assert again.status_code == 422 and "王强 已列入 2026 年的履职报告计划" in again.text
    assert db.session.scalar(select(func.count(ReportDuty.id))) == 2
    assert "王强" not in officer.get("/duties/plan?show=open").text
    assert "王强" in officer.get("/duties?mode=oral").text


def test_nobody_ticked_is_said_and_what_was_chosen_stays(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        in_office(office)
    data = {"year": "2026", "mode": "written", "meeting": "", "reports_on": "2026-12-20"}
    answer = officer.post("/duties/plan", data=data)
    assert "没有勾选任何人" in answer.text and "2026-12-20" in answer.text
    assert db.session.scalar(select(func.count(ReportDuty.id))) == 0


def test_plan_is_narrowed(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        in_office(office)
        in_office(office, "周杰", "甲市中级人民法院审判员", OrganType.COURT)
    assert "周杰" not in officer.get("/duties/plan").text
    assert "周杰" in officer.get("/duties/plan?show=all").text
    assert "王强" not in officer.get("/duties/plan?show=all&organ=court").text
    assert "王强" in officer.get("/duties/plan?q=财政").text


def test_board_is_filtered_and_exported(officer: FlaskClient, office: Committee) -> None:
    a_duty(office, DutyState.RECTIFYING)
    a_duty(office, DutyState.NOTIFIED, "李敏")
    assert "逾期" in officer.get("/duties").text
    overdue = officer.get("/duties?due=overdue").text
    assert "李敏" in overdue and "王强" not in overdue
    found = officer.get("/duties?state=rectifying&organ=government&year=2026&q=王").text
    assert "王强" in found and "3/6/20" in found and "李敏" not in found
    assert "没有符合条件" in officer.get("/duties?q=查无此人").text
    workbook = ZipFile(BytesIO(officer.get("/duties.xlsx?state=rectifying").data))
    strings = workbook.read("xl/sharedStrings.xml").decode()
    assert "王强" in strings and "3/6/20" in strings and "李敏" not in strings


def test_several_are_told_at_once(officer: FlaskClient, office: Committee) -> None:
    ids = [a_duty(office), a_duty(office, name="李敏")]
    done = officer.post("/duties/notify", data={"duty": ids, "day": "2026-03-01"}, follow_redirects=True)
    assert "已登记向 2 人发出通知" in done.text
    assert {standing(duty_id) for duty_id in ids} == {DutyState.NOTIFIED}
    refused = officer.post("/duties/notify", data={"duty": [], "day": "2026-03-01"}, follow_redirects=True)
    assert "没有勾选任何人" in refused.text


def test_duty_is_taken_to_its_end(officer: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office)
    page = f"/duties/{duty_id}"
    steps = (
        ("notify", "2026-01-05"),
        ("receive_draft", "2026-01-20"),
        ("receive_final", "2026-01-30"),
        ("report", "2026-02-10"),
    )
    for act, day in steps:
        answer = officer.post(f"{page}/steps/{act}", data={"day": day}, follow_redirects=True)
        assert "已登记：" in answer.text
    officer.post(f"{page}/opinions", data={"opinions": "加强预算公开。\n办好代表建议。"})
    counted = officer.post(f"{page}/assessment", data=BALLOTS, follow_redirects=True).text
    assert "满意20票，占全体组成人员39人的51.3%，达到二分之一，评定为满意" in counted
    assert "办好代表建议" in officer.get(f"{page}/papers/feedback_letter").text
    officer.post(f"{page}/steps/send_feedback", data={"day": "2026-02-12"})
    assert "已办结" in officer.post(f"{page}/close", data={"day": "2026-03-02"}, follow_redirects=True).text
    assert standing(duty_id) is DutyState.CLOSED


def test_bad_result_is_put_right(officer: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office, DutyState.ASSESSED)
    page = f"/duties/{duty_id}"
    assert "应当整改，并向下一次会议再次报告" in officer.get(page).text
    officer.post(f"{page}/steps/send_feedback", data={"day": "2026-02-12"})
    officer.post(f"{page}/steps/require_rectification", data={"day": "2026-02-28"})
    assert "2026年5月28日" in officer.get(page).text
    officer.post(f"{page}/steps/receive_plan", data={"day": "2026-03-01"})
    officer.post(f"{page}/steps/receive_rectification", data={"day": "2026-03-02"})
    refused = officer.post(f"{page}/close", data={"day": "2026-03-02"}, follow_redirects=True)
    assert "请写明原因" in refused.text
    assert standing(duty_id) is DutyState.RECTIFIED
    again = {**BALLOTS, "assessed_on": "2026-03-02"}
    assert "第 2 次测评" in officer.post(f"{page}/assessment", data=again, follow_redirects=True).text
    assert standing(duty_id) is DutyState.ASSESSED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"grade_0": "30"}, "票数有误"),
        ({"grade_0": ""}, "请填写"),
        ({"grade_1": "-1"}, "请填"),
        ({"present": "多"}, "请填"),
    ],
)
def test_wrong_ballots_are_said_and_kept(
    officer: FlaskClient, office: Committee, changes: dict[str, str], words: str
) -> None:
    duty_id = a_duty(office, DutyState.REPORTED)
    answer = officer.post(f"/duties/{duty_id}/assessment", data={**BALLOTS, **changes})
    assert answer.status_code == 422 and words in answer.text
    assert 'value="39"' in answer.text
    assert db.session.scalar(select(func.count(Assessment.id))) == 0
    assert standing(duty_id) is DutyState.REPORTED


def test_ballots_are_corrected_with_a_reason(officer: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office, DutyState.ASSESSED)
    refused = officer.post(f"/duties/{duty_id}/assessment", data=BALLOTS)
    assert refused.status_code == 422 and "更正原因：请填写" in refused.text
    done = officer.post(f"/duties/{duty_id}/assessment", data={**BALLOTS, "reason": "誊写有误"}, follow_redirects=True)
    assert "评定为“满意”" in done.text and "誊写有误" in done.text


def test_refused_steps_are_said_on_the_page(officer: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office)
    page = f"/duties/{duty_id}"
    for act, day, words in (
        ("report", "2026-03-01", "目前的状态不能进行这一步"),
        ("notify", "2026-03-03", "还没有到"),
        ("notify", "昨天", "请填日期"),
    ):
        answer = officer.post(f"{page}/steps/{act}", data={"day": day}, follow_redirects=True)
        assert words in answer.text
    assert officer.post(f"{page}/steps/fly", data={"day": "2026-03-01"}).status_code == 404
    assert officer.post(f"{page}/assessment", data=BALLOTS).status_code == 409
    assert standing(duty_id) is DutyState.PLANNED


def test_report_is_put_off(officer: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office)
    data = {"mode": "written", "meeting": "", "reports_on": "2026-09-30"}
    done = officer.post(f"/duties/{duty_id}/schedule", data=data, follow_redirects=True)
    assert "2026年9月10日" in done.text
    refused = officer.post(f"/duties/{duty_id}/schedule", data={**data, "reports_on": "2029-01-01"})
    assert refused.status_code == 422 and "不在 2026 年或次年" in refused.text


def test_who_left_office_is_shown_and_dropped(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        item = in_office(office)
        duty_id = make_duty(item, DutyState.NOTIFIED).id
        item.state, item.ended_on = ItemState.ENDED, item.announced_on
    assert "已离任" in officer.get("/duties").text
    assert "王强已不担任甲市财政局局长" in officer.get(f"/duties/{duty_id}").text
    refused = officer.post(f"/duties/{duty_id}/drop", data={"reason": " "}, follow_redirects=True)
    assert "请写明原因" in refused.text
    done = officer.post(f"/duties/{duty_id}/drop", data={"reason": "已调离"}, follow_redirects=True)
    assert "已登记不再报告" in done.text and "已调离" in done.text
    assert standing(duty_id) is DutyState.DROPPED


def test_director_looks_and_does_nothing(director: FlaskClient, office: Committee) -> None:
    duty_id = a_duty(office)
    shown = director.get(f"/duties/{duty_id}").text
    assert "王强" in shown and "下一步" not in shown
    assert director.get("/duties").status_code == director.get("/duties/plan").status_code == 200
    for address in ("notify", "plan", f"{duty_id}/steps/notify", f"{duty_id}/drop", f"{duty_id}/papers/report_notice"):
        assert director.post(f"/duties/{address}", data={"day": "2026-03-01", "reason": "否"}).status_code == 404
    assert standing(duty_id) is DutyState.PLANNED


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.INVIGILATOR, Role.AUTHOR, Role.SYSTEM_ADMINISTRATOR])
def test_nobody_else_sees_duties(app: Flask, office: Committee, role: Role) -> None:
    duty_id = a_duty(office)
    client = browser_of(app, make_account(office, role))
    for address in ("/duties", "/duties/plan", "/duties.xlsx", f"/duties/{duty_id}"):
        assert client.get(address).status_code == 404


def test_other_committees_duties_do_not_exist(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        duty_id = make_duty(in_office(make_foreign()), DutyState.ASSESSED).id
    page = f"/duties/{duty_id}"
    for address in (page, f"{page}/papers/report_notice", f"{page}/papers/report_notice.pdf"):
        assert officer.get(address).status_code == 404
    for act in ("steps/send_feedback", "assessment", "opinions", "schedule", "close", "drop"):
        data = {**BALLOTS, "day": "2026-03-01", "reason": "否", "opinions": "否", "mode": "oral"}
        assert officer.post(f"{page}/{act}", data=data).status_code == 404
    assert standing(duty_id) is DutyState.ASSESSED


@pytest.mark.parametrize("address", ["/duties", "/duties/plan?show=all"])
def test_list_costs_the_same_for_one_row_and_three(
    officer: FlaskClient, office: Committee, count_statements: Callable[[], Any], address: str
) -> None:
    office_id = office.id
    a_duty(office, DutyState.RECTIFYING)
    db.session.expunge_all()
    with count_statements() as few:
        officer.get(address)
    with transaction():
        office = db.session.get_one(Committee, office_id)
        for name in ("李敏", "赵刚"):
            make_duty(in_office(office, name), DutyState.RECTIFYING)
    db.session.expunge_all()
    with count_statements() as many:
        officer.get(address)
    assert len(few) == len(many) <= 12


def test_page_of_a_duty_is_cheap(officer: FlaskClient, office: Committee, count_statements: Callable[[], Any]) -> None:
    duty_id = a_duty(office, DutyState.RECTIFIED, mode=DutyMode.ORAL)
    db.session.expunge_all()
    with count_statements() as statements:
        officer.get(f"/duties/{duty_id}")
    assert len(statements) <= 12, "\n".join(statements)
