"""tests.web.officer.test_desk_ceremony — after the vote: letters, oaths, taking office, the end of the meeting."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill
from exam_app.appointments.states import Form, ItemState
from exam_app.base.db import db
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingState
from exam_app.proceedings.models import Letter, Oath
from exam_app.proceedings.states import OathForm
from question_bank.kinds import OrganType
from tests.web.officer.desks import MOST_STATEMENTS, cost_by_size, count, foreign_item, post, put, refused, states

S = ItemState
SWEAR = {"sworn_on": "2026-03-02", "organizer": "standing_committee", "form": "individual"}


def two(bill: Bill, meeting: Meeting, state: ItemState) -> tuple[int, int]:
    """Return the ids of two appointments of the meeting."""
    return put(bill, meeting, state), put(bill, meeting, state, "李敏", post="甲市审计局局长")


def test_letters_are_issued_and_numbered_on(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting, S.ANNOUNCED)
    address = f"/meetings/{meeting.id}/letters"
    page = post(officer, address, item=second, issued_on="2026-03-02")
    assert "已颁发任命书 1 份" in page and "甲市任〔2026〕1号" in page
    page = post(officer, address, everything="y", issued_on="2026-03-02")
    assert "甲市任〔2026〕2号" in page
    assert states(first, second) == [S.LETTER_ISSUED] * 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issued_on": ""}, "请选择日期"),
        ({"issued_on": "2026-03-01"}, "王强 的日期"),
        ({"issued_on": "2026-03-03"}, "王强 的日期"),
        ({"item": []}, "没有选择任免事项"),
    ],
)
def test_impossible_letter_is_refused(
    officer: FlaskClient, bill: Bill, meeting: Meeting, changes: dict[str, Any], words: str
) -> None:
    item_id = put(bill, meeting, S.ANNOUNCED)
    data = {"item": item_id, "issued_on": "2026-03-02"} | changes
    refused(officer, f"/meetings/{meeting.id}/letters", words, **data)
    assert (states(item_id), count(Letter)) == ([S.ANNOUNCED], 0)


def test_removal_gets_no_letter(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, S.ANNOUNCED, form=Form.REMOVE)
    data = {"item": item_id, "issued_on": "2026-03-02"}
    refused(officer, f"/meetings/{meeting.id}/letters", "不颁发任命书", **data)
    assert (states(item_id), count(Letter)) == ([S.ANNOUNCED], 0)


def test_oath_is_sworn_together_after_one_who_leads(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting, S.LETTER_ISSUED)
    assert "誓词（2018年版）" in officer.get(f"/meetings/{meeting.id}/oaths").text
    form = SWEAR | {"form": "collective", "everything": "y"}
    refused(officer, f"/meetings/{meeting.id}/oaths", "集体宣誓须在宣誓人中选定一名领誓人", **form)
    assert (states(first, second), count(Oath)) == ([S.LETTER_ISSUED] * 2, 0)
    assert "已登记 2 人宣誓" in post(officer, f"/meetings/{meeting.id}/oaths", **form, lead=second)
    assert states(first, second) == [S.SWORN] * 2
    sworn = db.session.scalars(select(Oath).order_by(Oath.item_id)).all()
    assert [(one.form, one.is_lead) for one in sworn] == [(OathForm.COLLECTIVE, False), (OathForm.COLLECTIVE, True)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sworn_on": ""}, "请选择日期"),
        ({"sworn_on": "2026-03-01"}, "王强 的日期"),
        ({"organizer": "nobody"}, "请从列出的选项中选择"),
        ({"form": "collective", "lead": 987654}, "领誓人"),
        ({"item": []}, "没有选择任免事项"),
    ],
)
def test_impossible_oath_is_refused(
    officer: FlaskClient, bill: Bill, meeting: Meeting, changes: dict[str, Any], words: str
) -> None:
    item_id = put(bill, meeting, S.LETTER_ISSUED)
    refused(officer, f"/meetings/{meeting.id}/oaths", words, **(SWEAR | {"item": item_id} | changes))
    assert (states(item_id), count(Oath)) == ([S.LETTER_ISSUED], 0)


def test_assessors_swear_before_their_court(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    changes = {"post": "甲市人民陪审员", "organ_type": OrganType.COURT, "form": Form.APPOINT}
    item_id = put(bill, meeting, S.LETTER_ISSUED, **changes)
    assert "没有要宣誓的人员" in officer.get(f"/meetings/{meeting.id}/oaths").text
    refused(officer, f"/meetings/{meeting.id}/oaths", "由所在法院组织就职宣誓", **SWEAR, item=item_id)
    assert (states(item_id), count(Oath)) == ([S.LETTER_ISSUED], 0)


def test_office_is_taken(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting, S.SWORN)
    refused(officer, f"/meetings/{meeting.id}/office", "没有选择任免事项")
    assert states(first, second) == [S.SWORN] * 2
    assert "已登记 1 人就任" in post(officer, f"/meetings/{meeting.id}/office", item=first)
    assert "已登记 1 人就任" in post(officer, f"/meetings/{meeting.id}/office", everything="y")
    assert states(first, second) == [S.IN_OFFICE] * 2
    refused(officer, f"/meetings/{meeting.id}/office", "目前的状态不能进行这一步", item=first)


def test_meeting_is_closed_once_everything_is_voted_on(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    meeting_id, item_id = meeting.id, put(bill, meeting, S.ON_AGENDA)
    assert "1 项待表决" in officer.get(f"/meetings/{meeting_id}/close").text
    refused(officer, f"/meetings/{meeting_id}/close", "王强 等 1 项还没有表决，会议不能结束")
    assert db.session.get_one(Meeting, meeting_id).state is MeetingState.OPEN
    post(officer, f"/meetings/{meeting_id}/votes", method="panel", **{f"yes-{item_id}": 46})
    assert "会议已结束" in post(officer, f"/meetings/{meeting_id}/close")
    db.session.expire_all()
    assert db.session.get_one(Meeting, meeting_id).state is MeetingState.CLOSED
    refused(officer, f"/meetings/{meeting_id}/close", "会议")
    assert "已公布 1 项" in post(officer, f"/meetings/{meeting_id}/announce", everything="y")


ACTS: dict[str, tuple[ItemState, dict[str, Any]]] = {
    "letters": (S.ANNOUNCED, {"issued_on": "2026-03-02"}),
    "oaths": (S.LETTER_ISSUED, SWEAR),
    "office": (S.SWORN, {}),
    "close": (S.SWORN, {}),
}


@pytest.mark.parametrize("act", ACTS)
def test_meeting_of_another_committee_is_not_found(officer: FlaskClient, meeting: Meeting, act: str) -> None:
    state, data = ACTS[act]
    foreign, item_id = foreign_item(state)
    assert officer.post(f"/meetings/{foreign}/{act}", data=data | {"item": item_id}).status_code == 404
    if act != "office":
        assert officer.get(f"/meetings/{foreign}/{act}").status_code == 404
    assert states(item_id) == [state]
    assert db.session.get_one(Meeting, foreign).state is MeetingState.OPEN


@pytest.mark.parametrize("act", ["letters", "oaths", "office"])
def test_item_of_another_committee_is_not_found(officer: FlaskClient, meeting: Meeting, act: str) -> None:
    state, data = ACTS[act]
    _foreign, item_id = foreign_item(state)
    assert officer.post(f"/meetings/{meeting.id}/{act}", data=data | {"item": item_id}).status_code == 404
    assert states(item_id) == [state]


@pytest.mark.parametrize("act", ACTS)
def test_director_reads_but_does_not_act(director: FlaskClient, bill: Bill, meeting: Meeting, act: str) -> None:
    state, data = ACTS[act]
    meeting_id, item_id = meeting.id, put(bill, meeting, state)
    if act != "office":
        page = director.get(f"/meetings/{meeting_id}/{act}")
        assert page.status_code == 200 and '<button class="button button--primary" type="submit"' not in page.text
    assert director.post(f"/meetings/{meeting_id}/{act}", data=data | {"item": item_id}).status_code == 404
    assert states(item_id) == [state]
    assert db.session.get_one(Meeting, meeting_id).state is MeetingState.OPEN


@pytest.mark.parametrize("page", ["letters", "oaths", "close"])
def test_meeting_of_five_hundred_items_costs_what_one_of_five_costs(
    officer: FlaskClient, bill: Bill, meeting: Meeting, count_statements: Callable[[], Any], page: str
) -> None:
    address = f"/meetings/{meeting.id}/{page}"
    few, many = cost_by_size(officer, address, (bill, meeting), S.ANNOUNCED, count_statements)
    assert few == many <= MOST_STATEMENTS
