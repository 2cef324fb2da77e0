"""tests.web.officer.test_bills — from the bill that came in to the vote, and who may look."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.appointments import service
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.exams.models import RosterEntry
from exam_app.meetings import service as meetings
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.proceedings.models import ReviewReport, Vote
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_foreign, make_item
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_person
from tests.web.officer.desks import count, plan, post, put, refused, states

ITEM = {
    "name": "王强",
    "unit": "甲市财政局",
    "present_post": "副局长",
    "form": Form.DECIDE_APPOINT.value,
    "organ_type": OrganType.GOVERNMENT.value,
    "post": "甲市财政局局长",
    "position": "",
}


def items() -> list[Item]:
    """Return all items, fresh."""
    db.session.expire_all()
    return list(db.session.scalars(select(Item).order_by(Item.id)))


def test_bill_is_registered_and_found(officer: FlaskClient) -> None:
    data = {
        "title": "关于提请任免王强等职务的议案",
        "submitting_organ": "甲市人民政府",
        "document_number": "甲政〔2026〕8号",
        "received_on": "2026-02-20",
    }
    answer = officer.post("/bills/new", data=data, follow_redirects=True)
    assert "任免案已登记" in answer.text
    assert "甲政〔2026〕8号" in officer.get("/bills", query_string={"q": "王强"}).text
    again = officer.post("/bills/new", data=data)
    assert "已经登记过" in again.text
    assert db.session.scalar(select(func.count(Bill.id))) == 1


def test_item_is_added_with_its_requirement(officer: FlaskClient, bill: Bill) -> None:
    answer = officer.post(f"/bills/{bill.id}/items/new", data=ITEM, follow_redirects=True)
    assert "应参加考试" in answer.text
    assert "应参加考试，尚未报名。" in answer.text
    assert "开始初审" in answer.text
    assert "法律考试" in answer.text
    assert "王强" in officer.get(f"/bills/{bill.id}").text


def test_equal_name_is_asked_about_and_what_was_typed_stays(
    officer: FlaskClient, bill: Bill, office: Committee
) -> None:
    with transaction():
        person = make_person(office, unit="甲市审计局")
        person_id = person.id
    answer = officer.post(f"/bills/{bill.id}/items/new", data=ITEM)
    assert "是其中哪一位" in answer.text
    assert "甲市财政局局长" in answer.text
    assert items() == []
    officer.post(f"/bills/{bill.id}/items/new", data={**ITEM, "choice": str(person_id)})
    assert [item.person_id for item in items()] == [person_id]


LIST = "姓名\t单位\t职务\t拟任职务\n王强\t甲市财政局\t副局长\t甲市财政局局长\n李敏\t甲市审计局\t副局长\t甲市审计局局长"


def paste(officer: FlaskClient, bill: Bill, text: str, **more: str) -> Any:
    """Send a list."""
    data = {"form": Form.DECIDE_APPOINT.value, "organ_type": OrganType.GOVERNMENT.value, "text": text, **more}
    return officer.post(f"/bills/{bill.id}/items/paste", data=data, follow_redirects=True)


def test_list_is_shown_before_it_is_added(officer: FlaskClient, bill: Bill) -> None:
    shown = paste(officer, bill, LIST)
    assert "共 2 行，都可以添加" in shown.text
    assert items() == []
    done = paste(officer, bill, LIST, confirmed="yes")
    assert "已添加 2 项" in done.text
    assert len(items()) == 2


def test_list_with_a_fault_is_not_added_at_all(officer: FlaskClient, bill: Bill) -> None:
    shown = paste(officer, bill, LIST + "\n赵刚\t甲市统计局\t副局长\t", confirmed="yes")
    assert "有 1 行需要处理" in shown.text
    assert "没有“拟任职务”" in shown.text
    assert items() == []


def test_namesake_in_a_list_must_be_chosen(officer: FlaskClient, bill: Bill, office: Committee) -> None:
    with transaction():
        person_id = make_person(office, unit="甲市水务局").id
    assert "请选择是谁" in paste(officer, bill, LIST, confirmed="yes").text
    assert items() == []
    paste(officer, bill, LIST, confirmed="yes", **{"person-2": str(person_id)})
    assert items()[0].person_id == person_id
    assert db.session.scalar(select(func.count(Person.id))) == 2


def test_chosen_items_go_to_the_exam_and_then_to_the_vote(officer: FlaskClient, bill: Bill, office: Committee) -> None:
    with transaction():
        item_id = make_item(bill).id
        exam_id = make_exam(office, opens_at=NINE + timedelta(days=1)).id
    bill_page, opinion = f"/bills/{bill.id}", "符合任职条件"
    sent = post(officer, f"{bill_page}/exam", item=item_id, exam=exam_id)
    assert "已报名 1 项" in sent and "已报名" in sent
    assert "已开始初审 1 项" in post(officer, f"{bill_page}/review", item=item_id)
    refused(officer, f"{bill_page}/conclude", "王强 的法律考试尚未通过", item=item_id, opinion=opinion)
    assert (states(item_id), count(ReviewReport)) == ([ItemState.UNDER_REVIEW], 0)
    with transaction():
        result = make_result(db.session.scalars(select(RosterEntry)).one())
        service.take_result(result, MACHINE, NINE)
    assert "已登记 1 项初审完毕" in post(officer, f"{bill_page}/conclude", item=item_id, opinion=opinion)
    directors = f"/meetings/{plan(office.id, MeetingKind.DIRECTORS)}"
    assert "已列入 1 项" in post(officer, f"{directors}/agenda/add", item=item_id)
    assert "出席情况已登记" in post(officer, f"{directors}/attendance", members_total=7, present=6)
    assert "已登记 1 项决定" in post(officer, f"{directors}/decisions", item=item_id, outcome="submit")
    meeting = f"/meetings/{plan(office.id)}"
    assert "已列入 1 项" in post(officer, f"{meeting}/agenda/add", item=item_id)
    assert "出席情况已登记" in post(officer, f"{meeting}/attendance", members_total=51, present=46)
    totals = {f"yes-{item_id}": 40, f"no-{item_id}": 6}
    assert "已登记 1 项表决结果" in post(officer, f"{meeting}/votes", method="panel", **totals)
    assert items()[0].announced_on is None
    assert "已公布 1 项" in post(officer, f"{meeting}/announce", item=item_id)
    assert (items()[0].state, items()[0].announced_on) == (ItemState.ANNOUNCED, NINE.date())
    assert "已表决公布" in officer.get(f"/items/{item_id}").text


def test_unreadable_day_of_the_vote_is_refused(officer: FlaskClient) -> None:
    data = {"kind": "standing_committee", "number": "3", "held_on": "昨天"}
    assert "请填日期" in officer.post("/meetings/new", data=data).text
    assert count(Meeting) == 0


def test_unreadable_totals_of_the_vote_are_refused(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, ItemState.ON_AGENDA, form=Form.REMOVE)
    for words in ("四十", "-1", "4.5", "10000"):
        page = post(officer, f"/meetings/{meeting.id}/votes", method="panel", **{f"yes-{item_id}": words})
        assert "票数应为不小于零的整数。" in page
    assert (states(item_id), count(Vote)) == ([ItemState.ON_AGENDA], 0)


def test_withdrawal_needs_a_reason(officer: FlaskClient, bill: Bill) -> None:
    with transaction():
        item_id = make_item(bill).id
    refused = officer.post(f"/items/{item_id}/withdraw", data={"reason": ""}, follow_redirects=True)
    assert "notice--bad" in refused.text
    assert items()[0].state is ItemState.SUBMITTED
    done = officer.post(f"/items/{item_id}/withdraw", data={"reason": "另有任用"}, follow_redirects=True)
    assert "另有任用" in done.text


def test_director_records_a_decision_and_the_officer_cannot(
    officer: FlaskClient, director: FlaskClient, bill: Bill, office: Committee
) -> None:
    with transaction():
        item_id = make_item(bill).id
        command = RecordMeeting(committee_id=office.id, kind=MeetingKind.DIRECTORS, number=3, held_on=NINE.date())
        meeting_id = meetings.record(command, MACHINE, NINE).id
    data = {"meeting": meeting_id, "reason": "急需到任"}
    assert officer.post(f"/items/{item_id}/override", data=data).status_code == 404
    assert "第16届第3次" in director.get(f"/items/{item_id}").text
    assert "请填写" in director.post(f"/items/{item_id}/override", data={"meeting": meeting_id}).text
    assert items()[0].exam_step is ExamStep.OPEN
    done = director.post(f"/items/{item_id}/override", data=data, follow_redirects=True)
    assert "主任会议的决定已登记" in done.text and "急需到任" in done.text
    assert items()[0].exam_step is ExamStep.OVERRIDDEN


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.INVIGILATOR, Role.AUTHOR, Role.SYSTEM_ADMINISTRATOR])
def test_nobody_else_sees_nominees(app: Flask, office: Committee, bill: Bill, role: Role) -> None:
    with transaction():
        item_id = make_item(bill).id
    client = browser_of(app, make_account(office, role))
    for address in ("/bills", f"/bills/{bill.id}", f"/items/{item_id}"):
        assert client.get(address).status_code == 404


def test_other_committees_bills_do_not_exist(officer: FlaskClient) -> None:
    with transaction():
        foreign = make_bill(make_foreign())
        item_id = make_item(foreign).id
        bill_id = foreign.id
    for address in (f"/bills/{bill_id}", f"/items/{item_id}", f"/bills/{bill_id}/items/new"):
        assert officer.get(address).status_code == 404
    for act in ("review", "conclude", "exam"):
        data = {"item": item_id, "opinion": "同意", "exam": 1}
        assert officer.post(f"/bills/{bill_id}/{act}", data=data).status_code == 404
    assert officer.post(f"/items/{item_id}/withdraw", data={"reason": "否"}).status_code == 404
    assert items()[0].state is ItemState.SUBMITTED


@pytest.mark.parametrize("address", ["/bills", "/bills/{bill}"])
def test_list_costs_the_same_for_one_row_and_three(
    officer: FlaskClient, bill: Bill, office: Committee, count_statements: Callable[[], Any], address: str
) -> None:
    with transaction():
        make_item(bill)
    page, bill_id, office_id = address.format(bill=bill.id), bill.id, office.id
    db.session.expunge_all()
    with count_statements() as few:
        officer.get(page)
    with transaction():
        office, bill = db.session.get_one(Committee, office_id), db.session.get_one(Bill, bill_id)
        exam = make_exam(office, opens_at=NINE + timedelta(days=1))
        for name in ("李敏", "赵刚"):
            make_entry(exam, make_person(office, name))
            make_item(bill, name)
        make_item(make_bill(office, "甲政〔2026〕9号"))
    db.session.expunge_all()
    with count_statements() as many:
        officer.get(page)
    assert len(few) == len(many)


def test_meeting_is_recorded_from_its_page(officer: FlaskClient) -> None:
    data = {"kind": MeetingKind.DIRECTORS.value, "number": "3", "held_on": "2026-03-01"}
    assert "会议已登记" in officer.post("/meetings/new", data=data, follow_redirects=True).text
    assert "已经登记过" in officer.post("/meetings/new", data=data).text
    assert db.session.scalar(select(func.count(Meeting.id))) == 1
    assert "第十六届人大常委会第三次主任会议" in officer.get("/meetings?kind=directors").text
