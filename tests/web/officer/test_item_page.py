"""tests.web.officer.test_item_page — one item: where it stands and why, what is next, decided, withdrawn, ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill, DirectorsDecision, Item
from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind
from exam_app.texts.appointments import ITEM_STATES
from tests.appointments.factories import make_bill, make_item
from tests.conftest import NINE
from tests.proceedings.factories import bring, hold_meeting, make_free_item
from tests.web.officer.desks import MOST_STATEMENTS, costs, count, foreign_item, plan, post, put, refused, states

S = ItemState
DIRECTORS = select(Meeting.id).where(Meeting.kind == MeetingKind.DIRECTORS)
NEXT = {
    S.SUBMITTED: "开始初审",
    S.UNDER_REVIEW: "登记初审完毕",
    S.EXAM_CLEARED: "提交主任会议",
    S.DIRECTOR_MEETING_HELD: "再次提交主任会议",
    S.DIRECTOR_MEETING_APPROVED: "列入常委会会议议程",
    S.ON_AGENDA: "登记报告或表决",
    S.REPORTED: "登记表决",
    S.VOTED_PASSED: "公布",
    S.ANNOUNCED: "颁发任命书",
    S.LETTER_ISSUED: "登记宣誓",
    S.SWORN: "登记就任",
}


def directors_meeting(office: Committee) -> int:
    """Return the id of a directors' meeting that was held."""
    with transaction():
        return hold_meeting(office.id, kind=MeetingKind.DIRECTORS, present=7, total=9).id


@pytest.mark.parametrize("state", S)
def test_page_says_in_every_state_where_the_item_stands(
    officer: FlaskClient, bill: Bill, meeting: Meeting, count_statements: Callable[[], Any], state: ItemState
) -> None:
    item_id = put(bill, meeting, state)
    page = officer.get(f"/items/{item_id}").text
    assert ITEM_STATES[state] in page and "办理进度" in page
    assert ("下一步" in page) == (state in NEXT or state in (S.RETURNED_FOR_CORRECTION, S.VOTE_DEFERRED))
    assert NEXT.get(state, "") in page
    assert costs(officer, f"/items/{item_id}", count_statements) <= MOST_STATEMENTS


def test_item_with_everything_against_it_costs_no_more(
    officer: FlaskClient, bill: Bill, office: Committee, count_statements: Callable[[], Any]
) -> None:
    """An earlier vote that was lost has its day looked up as well: no page of an item asks more."""
    with transaction():
        meeting = hold_meeting(office.id)
        lost = bring(make_free_item(make_bill(office, "甲政〔2025〕1号"), "李敏"), S.VOTED_FAILED, meeting)
        item_id = make_item(bill, "李敏", choice=str(lost.person_id)).id
        plain_id = make_item(bill, "赵刚", post="甲市统计局局长").id
    plain, dearest = (costs(officer, f"/items/{one}", count_statements) for one in (plain_id, item_id))
    assert plain < dearest <= MOST_STATEMENTS


def test_exam_that_stands_in_the_way_is_said_with_what_to_do(officer: FlaskClient, bill: Bill) -> None:
    with transaction():
        item = make_item(bill)
        item.exam_step = ExamStep.BLOCKED
        item_id = item.id
    page = officer.get(f"/items/{item_id}").text
    assert "考试未通过。补考通过，或经主任会议决定后，才能继续" in page


def test_vote_is_shown_with_its_arithmetic(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    page = officer.get(f"/items/{put(bill, meeting, S.SWORN)}").text
    assert "赞成 40" in page and "全体 51÷2（须 26 票）" in page
    assert "应到 51 人，实到 46 人" in page
    assert "甲市任〔2026〕1号" in page


def test_next_step_leads_to_the_meeting_that_is_ahead(officer: FlaskClient, bill: Bill, office: Committee) -> None:
    with transaction():
        meeting = hold_meeting(office.id)
    item_id = put(bill, meeting, S.EXAM_CLEARED)
    assert "/meetings/new?kind=directors" in officer.get(f"/items/{item_id}").text
    ahead = plan(office.id, MeetingKind.DIRECTORS, NINE.date() + timedelta(days=3))
    assert f'href="/meetings/{ahead}"' in officer.get(f"/items/{item_id}").text


def test_decision_of_the_directors_is_recorded_here(
    officer: FlaskClient, bill: Bill, meeting: Meeting, office: Committee
) -> None:
    item_id, directors = put(bill, meeting, S.EXAM_CLEARED), directors_meeting(office)
    page = post(officer, f"/items/{item_id}/decision", meeting=directors, outcome="hold", reason="补充考察材料")
    assert "主任会议的决定已登记" in page and "补充考察材料" in page
    assert states(item_id) == [S.DIRECTOR_MEETING_HELD]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": "hold"}, "请写明原因"),
        ({"outcome": "override", "reason": "急需"}, "请从列出的选项中选择"),
        ({"outcome": "submit", "meeting": ""}, "请填写"),
        ({"outcome": "defer", "reason": "有举报"}, "目前的状态不能进行这一步"),
    ],
)
def test_impossible_decision_is_refused(
    officer: FlaskClient, bill: Bill, meeting: Meeting, office: Committee, changes: dict[str, str], words: str
) -> None:
    item_id, directors = put(bill, meeting, S.EXAM_CLEARED), directors_meeting(office)
    refused(officer, f"/items/{item_id}/decision", words, **({"meeting": directors} | changes))
    assert (states(item_id), count(DirectorsDecision)) == ([S.EXAM_CLEARED], 0)


def test_standing_committee_does_not_decide_for_the_directors(
    officer: FlaskClient, bill: Bill, meeting: Meeting
) -> None:
    item_id = put(bill, meeting, S.EXAM_CLEARED)
    refused(officer, f"/items/{item_id}/decision", "请选择一次主任会议", meeting=meeting.id, outcome="submit")
    assert states(item_id) == [S.EXAM_CLEARED]


def test_withdrawal_after_the_directors_needs_their_consent(
    officer: FlaskClient, bill: Bill, meeting: Meeting, office: Committee
) -> None:
    item_id = put(bill, meeting, S.ON_AGENDA)
    address, directors = f"/items/{item_id}/withdraw", db.session.scalars(DIRECTORS).one()
    refused(officer, address, "撤回须经主任会议同意", reason="另有任用")
    assert states(item_id) == [S.ON_AGENDA]
    assert "已登记撤回" in post(officer, address, reason="另有任用", meeting=directors)
    assert states(item_id) == [S.WITHDRAWN]
    refused(officer, address, "目前的状态不能进行这一步", reason="另有任用", meeting=directors)


def test_leaving_office_is_recorded(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, S.IN_OFFICE)
    page = post(officer, f"/items/{item_id}/end", ended_on="2026-03-02", because="机构撤销")
    assert "已登记离任" in page and "2026年3月2日离任：机构撤销" in page
    assert states(item_id) == [S.ENDED]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"because": ""}, "请填写"),
        ({"ended_on": ""}, "请选择日期"),
        ({"ended_on": "昨天"}, "请填日期"),
        ({"ended_on": "2026-03-01"}, "王强 的日期"),
        ({"ended_on": "2026-03-03"}, "王强 的日期"),
    ],
)
def test_impossible_leaving_is_refused(
    officer: FlaskClient, bill: Bill, meeting: Meeting, changes: dict[str, str], words: str
) -> None:
    item_id = put(bill, meeting, S.IN_OFFICE)
    data = {"ended_on": "2026-03-02", "because": "机构撤销"} | changes
    refused(officer, f"/items/{item_id}/end", words, **data)
    assert states(item_id) == [S.IN_OFFICE]
    assert db.session.get_one(Item, item_id).ended_on is None


def test_nobody_leaves_a_removal(officer: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, S.ANNOUNCED, form=Form.REMOVE)
    refused(officer, f"/items/{item_id}/end", "不是任职事项", ended_on="2026-03-02", because="误")
    assert states(item_id) == [S.ANNOUNCED]


ACTS: dict[str, dict[str, Any]] = {
    "decision": {"meeting": 1, "outcome": "submit"},
    "withdraw": {"reason": "另有任用"},
    "end": {"ended_on": "2026-03-02", "because": "机构撤销"},
}


@pytest.mark.parametrize("act", ACTS)
def test_item_of_another_committee_is_not_found(officer: FlaskClient, meeting: Meeting, act: str) -> None:
    foreign_meeting, item_id = foreign_item(S.IN_OFFICE if act == "end" else S.ON_AGENDA)
    before = states(item_id)
    assert officer.get(f"/items/{item_id}").status_code == 404
    data = ACTS[act] | ({"meeting": foreign_meeting} if "meeting" in ACTS[act] else {})
    assert officer.post(f"/items/{item_id}/{act}", data=data).status_code == 404
    assert states(item_id) == before


def test_director_reads_but_does_not_act(director: FlaskClient, bill: Bill, meeting: Meeting) -> None:
    item_id = put(bill, meeting, S.IN_OFFICE)
    page = director.get(f"/items/{item_id}").text
    assert "王强" in page and "登记离任" not in page
    for act, data in ACTS.items():
        assert director.post(f"/items/{item_id}/{act}", data=data).status_code == 404
    assert states(item_id) == [S.IN_OFFICE]
