"""tests.web.officer.test_desk_votes — totals of votes: row by row, the same for several, corrected, announced."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings.models import Meeting
from exam_app.proceedings.models import Vote
from exam_app.proceedings.states import VoteMethod
from tests.conftest import NINE
from tests.proceedings.factories import TODAY
from tests.web.officer.desks import (
    MOST_STATEMENTS,
    cost_by_size,
    costs,
    count,
    foreign_item,
    plan,
    post,
    put,
    refused,
    states,
)

S = ItemState
COMMON = {"method": "panel", "how": "one_by_one", "yes": 40, "no": 4, "abstain": 1, "not_pressed": 1}


def two(bill: Bill, meeting: Meeting, state: ItemState = S.ON_AGENDA) -> tuple[int, int]:
    """Return the ids of two items of the meeting."""
    return put(bill, meeting, state), put(bill, meeting, state, "李敏", post="甲市审计局局长")


def totals(*rows: tuple[int, int, int]) -> dict[str, Any]:
    """Return a form in which yes and no were typed beside items."""
    typed = {f"{name}-{row[0]}": row[at] for row in rows for at, name in ((1, "yes"), (2, "no"))}
    return {"method": "panel", **typed}


def test_totals_are_recorded_row_by_row(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting)
    page = post(officer, f"/meetings/{meeting.id}/votes", **totals((first, 26, 20), (second, 25, 21)))
    assert "已登记 2 项表决结果" in page
    assert "赞成 26 &gt; 全体 51÷2（须 26 票）" in page and "赞成 25 ≤ 全体 51÷2（须 26 票）" in page
    assert states(first, second) == [S.VOTED_PASSED, S.VOTED_FAILED]


def test_row_that_is_left_blank_waits(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting)
    form = totals((first, 40, 6)) | {f"yes-{second}": "", f"no-{second}": " "}
    assert "已登记 1 项表决结果" in post(officer, f"/meetings/{meeting.id}/votes", **form)
    assert states(first, second) == [S.VOTED_PASSED, S.ON_AGENDA]


def test_one_wrong_row_records_none_and_keeps_what_was_typed(
    officer: FlaskClient, bill: Bill, meeting: Meeting
) -> None:
    first, second = two(bill, meeting)
    page = post(officer, f"/meetings/{meeting.id}/votes", **totals((first, 40, 6), (second, 40, 7)))
    assert "合计 47 人，与出席 46 人不符" in page
    assert 'value="40"' in page and 'value="7"' in page
    assert (states(first, second), count(Vote)) == ([S.ON_AGENDA] * 2, 0)


def test_unreadable_method_is_refused(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, S.ON_AGENDA)
    page = post(officer, f"/meetings/{meeting.id}/votes", **(totals((item_id, 40, 6)) | {"method": "shout"}))
    assert "请从列出的选项中选择" in page
    assert (states(item_id), count(Vote)) == ([S.ON_AGENDA], 0)


def test_same_totals_are_recorded_one_by_one(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting)
    page = post(officer, f"/meetings/{meeting.id}/votes/common", **COMMON, item=[first, second])
    assert "已登记 2 项表决结果" in page
    assert (states(first, second), count(Vote)) == ([S.VOTED_PASSED] * 2, 2)


def test_all_are_voted_on_together(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting)
    form = COMMON | {"how": "together", "everything": "y"}
    assert "已登记 2 项表决结果" in post(officer, f"/meetings/{meeting.id}/votes/common", **form)
    assert (states(first, second), count(Vote)) == ([S.VOTED_PASSED] * 2, 1)


def test_nothing_ticked_records_nothing(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, S.ON_AGENDA)
    assert "已登记 0 项" in post(officer, f"/meetings/{meeting.id}/votes/common", **COMMON)
    assert (states(item_id), count(Vote)) == ([S.ON_AGENDA], 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"yes": "四十"}, "请填整数"),
        ({"yes": 39}, "合计 45 人，与出席 46 人不符"),
        ({"no": -4}, "票数应为不小于零的整数"),
        ({"how": "secretly"}, "请从列出的选项中选择"),
    ],
)
def test_impossible_common_totals_are_refused(
    officer: FlaskClient, bill: Bill, meeting: Meeting, changes: dict[str, Any], words: str
) -> None:
    first, second = two(bill, meeting)
    refused(officer, f"/meetings/{meeting.id}/votes/common", words, **(COMMON | changes), item=[first, second])
    assert (states(first, second), count(Vote)) == ([S.ON_AGENDA] * 2, 0)


def test_rules_that_have_everybody_voted_on_alone_are_kept(
    officer: FlaskClient, bill: Bill, meeting: Meeting, office: Committee
) -> None:
    first, second = two(bill, meeting)
    with transaction():
        rules = LocalRules(combined_votes="never")
        committees.record_rules(office.id, date(2026, 3, 1), rules, "主任会议决定", MACHINE, NINE)
    form = COMMON | {"how": "together", "everything": "y"}
    refused(officer, f"/meetings/{meeting.id}/votes/common", "本地规则规定逐人表决", **form)
    assert "合并表决，一次表决所选各项" not in officer.get(f"/meetings/{meeting.id}/votes").text
    assert (states(first, second), count(Vote)) == ([S.ON_AGENDA] * 2, 0)


def test_dismissal_is_voted_on_by_ballot(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, S.ON_AGENDA, form=Form.DISMISS)
    page = post(officer, f"/meetings/{meeting.id}/votes", **totals((item_id, 40, 6)))
    assert "应当以无记名投票方式表决" in page
    assert (states(item_id), count(Vote)) == ([S.ON_AGENDA], 0)
    post(officer, f"/meetings/{meeting.id}/votes", **(totals((item_id, 40, 6)) | {"method": "ballot"}))
    assert states(item_id) == [S.VOTED_PASSED]
    assert db.session.scalars(select(Vote)).one().method is VoteMethod.BALLOT


def test_vote_before_the_attendance_is_refused(
    officer: FlaskClient, bill: Bill, meeting: Meeting, office: Committee
) -> None:
    item_id, planned = put(bill, meeting, S.DIRECTOR_MEETING_APPROVED), plan(office.id)
    post(officer, f"/meetings/{planned}/agenda/add", item=item_id)
    page = post(officer, f"/meetings/{planned}/votes", **totals((item_id, 40, 6)))
    assert "该会议还没有登记出席情况" in page
    assert (states(item_id), count(Vote)) == ([S.ON_AGENDA], 0)


def test_item_is_not_put_to_the_vote_where_the_meeting_may_decide_so(
    officer: FlaskClient, bill: Bill, meeting: Meeting, office: Committee
) -> None:
    item_id, address = put(bill, meeting, S.ON_AGENDA), f"/meetings/{meeting.id}/votes/defer"
    refused(officer, address, "请选择一次主任会议", item=item_id, reason="有举报待查")
    assert states(item_id) == [S.ON_AGENDA]
    with transaction():
        rules = LocalRules(deferral_by="meeting")
        committees.record_rules(office.id, date(2026, 3, 1), rules, "主任会议决定", MACHINE, NINE)
    refused(officer, address, "请写明原因", item=item_id, reason=" ")
    assert states(item_id) == [S.ON_AGENDA]
    assert "已登记 1 项暂不付表决" in post(officer, address, item=item_id, reason="有举报待查")
    assert states(item_id) == [S.VOTE_DEFERRED]


def vote_of(bill: Bill, meeting: Meeting, state: ItemState = S.VOTED_PASSED) -> tuple[int, str]:
    """Return the id of an item that was voted on, and where its vote is corrected."""
    item_id = put(bill, meeting, state)
    vote_id = db.session.scalars(select(Vote.id).order_by(Vote.id.desc()).limit(1)).one()
    return item_id, f"/meetings/{meeting.id}/votes/{vote_id}"


def test_totals_are_corrected_and_the_old_ones_stay(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id, address = vote_of(bill, meeting)
    assert "原登记：" in officer.get(address).text
    page = post(officer, address, yes=20, no=26, reason="唱票有误")
    assert "表决结果已更正，原结果保留在记录中" in page and "已更正：唱票有误" in page
    assert (states(item_id), count(Vote)) == ([S.VOTED_FAILED], 2)
    assert officer.get(address).status_code == 404  # the row shows the newer vote; the older one stands
    assert count(Vote) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"reason": ""}, "请填写"), ({"yes": 41}, "与出席 46 人不符"), ({"yes": "多"}, "请填整数")],
)
def test_impossible_correction_is_refused(
    officer: FlaskClient, bill: Bill, meeting: Meeting, changes: dict[str, Any], words: str
) -> None:
    item_id, address = vote_of(bill, meeting)
    assert words in post(officer, address, **({"yes": 20, "no": 26, "reason": "唱票有误"} | changes))
    assert (states(item_id), count(Vote)) == ([S.VOTED_PASSED], 1)


def test_announced_vote_is_not_corrected(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id, address = vote_of(bill, meeting, S.ANNOUNCED)
    refused(officer, address, "目前的状态不能进行这一步", yes=20, no=26, reason="唱票有误")
    assert (states(item_id), count(Vote)) == ([S.ANNOUNCED], 1)


def test_what_was_passed_is_announced(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    first, second = two(bill, meeting, S.VOTED_PASSED)
    lost = put(bill, meeting, S.VOTED_FAILED, "赵刚", post="甲市统计局局长")
    address = f"/meetings/{meeting.id}/announce"
    refused(officer, address, "没有选择任免事项")
    refused(officer, address, "赵刚（甲市统计局局长）目前的状态不能进行这一步", item=[first, lost])
    assert states(first, second, lost) == [S.VOTED_PASSED, S.VOTED_PASSED, S.VOTED_FAILED]
    assert "已公布 1 项" in post(officer, address, item=second)
    assert "已公布 1 项" in post(officer, address, everything="y")
    assert states(first, second, lost) == [S.ANNOUNCED, S.ANNOUNCED, S.VOTED_FAILED]
    assert db.session.get_one(Item, first).announced_on == TODAY


ACTS = ("votes", "votes/common", "votes/defer", "announce")


@pytest.mark.parametrize("act", ACTS)
def test_meeting_of_another_committee_is_not_found(officer: FlaskClient, meeting: Meeting, act: str) -> None:
    foreign, item_id = foreign_item()
    data = COMMON | totals((item_id, 40, 6)) | {"item": item_id, "reason": "否"}
    assert officer.post(f"/meetings/{foreign}/{act}", data=data).status_code == 404
    assert officer.get(f"/meetings/{foreign}/votes").status_code == 404
    assert (states(item_id), count(Vote)) == ([S.ON_AGENDA], 0)


@pytest.mark.parametrize("act", ACTS)
def test_director_reads_but_does_not_act(director: FlaskClient, bill: Bill, meeting: Meeting, act: str) -> None:
    item_id = put(bill, meeting, S.ON_AGENDA)
    page = director.get(f"/meetings/{meeting.id}/votes").text
    assert "王强" in page and "登记填好的各项" not in page
    data = COMMON | totals((item_id, 40, 6)) | {"item": item_id, "reason": "否"}
    assert director.post(f"/meetings/{meeting.id}/{act}", data=data).status_code == 404
    assert (states(item_id), count(Vote)) == ([S.ON_AGENDA], 0)


PAGES = ("", "/agenda", "/agenda/add", "/attendance", "/reports", "/votes", "/announce", "/close", "/overview")


@pytest.mark.parametrize("page", PAGES)
def test_meeting_of_five_hundred_items_costs_what_one_of_five_costs(
    officer: FlaskClient, bill: Bill, meeting: Meeting, count_statements: Callable[[], Any], page: str
) -> None:
    address = f"/meetings/{meeting.id}{page}"
    few, many = cost_by_size(officer, address, (bill, meeting), S.ON_AGENDA, count_statements)
    assert few == many <= MOST_STATEMENTS
    assert costs(officer, address + "?size=100&page=2", count_statements) == many
