"""tests.web.officer.test_desk — the desk of a meeting: agenda, topics, attendance, decisions, reports, overview."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill, DirectorsDecision
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees import service as committees
from exam_app.committees.rules import LocalRules
from exam_app.meetings import service as meetings
from exam_app.meetings.models import AgendaTopic, Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings.models import AgendaEntry, WorkReport
from tests.appointments.factories import make_item
from tests.conftest import NINE
from tests.proceedings.agendas import on_agenda
from tests.proceedings.factories import bring, make_free_item
from tests.web.officer.rows import held, name_of, removals, states

DIRECTORS = MeetingKind.DIRECTORS


def planned(bill: Bill, days: int = 0, kind: MeetingKind = MeetingKind.STANDING_COMMITTEE) -> Meeting:
    """Plan a meeting."""
    day = NINE.date() + timedelta(days=days)
    command = RecordMeeting(committee_id=bill.committee_id, kind=kind, number=6, held_on=day)
    with transaction():
        return meetings.record(command, MACHINE, NINE)


def post(browser: FlaskClient, address: str, **data: Any) -> str:
    """Send a form and return the page that it leads to."""
    return browser.post(address, data=data, follow_redirects=True).text


def test_items_are_placed_from_the_candidates(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill)
    ids = removals(bill, meeting, 2, ItemState.DIRECTOR_MEETING_APPROVED)
    page = officer.get(f"/meetings/{meeting.id}/agenda/add").text
    assert name_of(0) in page and bill.title in page
    assert "已列入 1 项" in post(officer, f"/meetings/{meeting.id}/agenda/add", item=ids[:1])
    assert on_agenda(meeting) == ids[:1]
    assert name_of(0) not in officer.get(f"/meetings/{meeting.id}/agenda/add").text
    assert "已列入 1 项" in post(officer, f"/meetings/{meeting.id}/agenda/add", everything="y")
    assert states() == [ItemState.ON_AGENDA] * 2
    assert "没有可以列入的事项" in officer.get(f"/meetings/{meeting.id}/agenda/add").text


def test_nothing_chosen_is_refused_in_words(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill)
    assert "notice--bad" in post(officer, f"/meetings/{meeting.id}/agenda/add")


def test_blocked_nominee_cannot_get_on_the_agenda(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill)
    with transaction():
        item_id = make_item(bill).id
    assert "notice--bad" in post(officer, f"/meetings/{meeting.id}/agenda/add", item=item_id)
    assert states() == [ItemState.SUBMITTED] and on_agenda(meeting) == []


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ({"down": 0}, [1, 0, 2]),
        ({"up": 2}, [0, 2, 1]),
        ({"item": 2, "position": "1"}, [2, 0, 1]),
        ({"up": 0}, [0, 1, 2]),
    ],
    ids=str,
)
def test_agenda_is_put_in_order(officer: FlaskClient, bill: Bill, act: dict[str, Any], order: list[int]) -> None:
    meeting = planned(bill)
    ids = removals(bill, meeting, 3, ItemState.ON_AGENDA)
    sent = {name: ids[value] if isinstance(value, int) else value for name, value in act.items()}
    assert "议程次序已更改" in post(officer, f"/meetings/{meeting.id}/agenda/order", **sent)
    assert on_agenda(meeting) == [ids[place] for place in order]
    post(officer, f"/meetings/{meeting.id}/agenda/order", usual="y")
    assert on_agenda(meeting) == ids


def test_appointment_does_not_come_before_the_removal(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill)
    with transaction():
        leaving = bring(make_item(bill, "钱进", form=Form.REMOVE), ItemState.ON_AGENDA, meeting)
        coming = bring(make_free_item(bill, "李敏"), ItemState.ON_AGENDA, meeting)
        ids = [leaving.id, coming.id]
    assert "应当先免职、后任职" in post(officer, f"/meetings/{meeting.id}/agenda/order", up=ids[1])
    assert on_agenda(meeting) == ids


def test_item_leaves_the_agenda_with_a_reason(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill)
    ids = removals(bill, meeting, 1, ItemState.ON_AGENDA)
    assert "notice--bad" in post(officer, f"/meetings/{meeting.id}/agenda/take-off", item=ids, reason="")
    assert states() == [ItemState.ON_AGENDA]
    assert "已移出议程 1 项" in post(officer, f"/meetings/{meeting.id}/agenda/take-off", item=ids, reason="材料待核")
    assert db.session.scalars(select(AgendaEntry.left_because)).all() == ["材料待核"]


def test_topics_are_added_moved_and_dropped(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill)
    for title in ("听取报告", "审议决定"):
        post(officer, f"/meetings/{meeting.id}/topics", title=title)
    first, second = db.session.scalars(select(AgendaTopic.id).order_by(AgendaTopic.position)).all()
    post(officer, f"/meetings/{meeting.id}/topics/{second}/move", position="1")
    titles = select(AgendaTopic.title).order_by(AgendaTopic.position)
    assert db.session.scalars(titles).all() == ["审议决定", "听取报告"]
    post(officer, f"/meetings/{meeting.id}/topics/{first}/drop")
    assert db.session.scalars(titles).all() == ["审议决定"]
    assert "notice--bad" in post(officer, f"/meetings/{meeting.id}/topics", title="")


def test_attendance_opens_the_meeting_and_says_what_it_means(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill)
    address = f"/meetings/{meeting.id}/attendance"
    refused = post(officer, address, members_total=51, present=25)
    assert "至少须 26 人出席才能开会" in refused
    assert db.session.get_one(Meeting, meeting.id).state is MeetingState.PLANNED
    page = post(officer, address, members_total=51, present=46)
    assert "出席人数过半数，可以开会" in page and "赞成 26 票以上" in page
    assert db.session.get_one(Meeting, meeting.id).state is MeetingState.OPEN


def test_meeting_ahead_takes_no_attendance_yet(officer: FlaskClient, bill: Bill) -> None:
    meeting = planned(bill, days=3)
    address = f"/meetings/{meeting.id}/attendance"
    assert "登记出席，开始会议" not in officer.get(address).text
    assert "尚未到期" in post(officer, address, members_total=51, present=46)
    assert db.session.get_one(Meeting, meeting.id).present is None


def test_directors_decide_about_many_at_once(officer: FlaskClient, bill: Bill) -> None:
    meeting = held(bill, DIRECTORS)
    ids = removals(bill, meeting, 3, ItemState.EXAM_CLEARED)
    address = f"/meetings/{meeting.id}/decisions"
    post(officer, f"/meetings/{meeting.id}/agenda/add", everything="y")
    assert "notice--bad" in post(officer, address, item=ids[0], outcome="hold", reason="")
    assert "已登记 1 项决定" in post(officer, address, item=ids[0], outcome="hold", reason="情况待查")
    assert "已登记 2 项决定" in post(officer, address, everything="y", outcome="submit")
    held_back, approved = ItemState.DIRECTOR_MEETING_HELD, ItemState.DIRECTOR_MEETING_APPROVED
    assert states() == [held_back, approved, approved]
    page = officer.get(address).text
    assert "情况待查" in page and "3/3" in page
    assert len(db.session.scalars(select(DirectorsDecision)).all()) == 3


def test_decision_that_is_none_is_refused(officer: FlaskClient, bill: Bill) -> None:
    meeting = held(bill, DIRECTORS)
    ids = removals(bill, meeting, 1, ItemState.EXAM_CLEARED)
    assert "notice--bad" in post(
        officer, f"/meetings/{meeting.id}/decisions", item=ids, outcome="override", reason="是"
    )
    assert states() == [ItemState.EXAM_CLEARED]


def test_reports_are_recorded_before_the_vote(officer: FlaskClient, bill: Bill) -> None:
    meeting = held(bill)
    with transaction():
        item_id = bring(make_free_item(bill), ItemState.ON_AGENDA, meeting).id
    assert "已登记 1 人的报告" in post(officer, f"/meetings/{meeting.id}/reports", item=item_id, mode="written")
    assert states() == [ItemState.REPORTED]
    assert "书面报告" in officer.get(f"/meetings/{meeting.id}/reports").text


def test_reports_follow_the_letters_where_the_rules_have_it_so(officer: FlaskClient, bill: Bill) -> None:
    with transaction():
        rules = LocalRules(report_when="after_letter", report_label="表态发言")
        committees.record_rules(bill.committee_id, NINE.date(), rules, "", MACHINE, NINE)
    meeting = held(bill)
    with transaction():
        bring(make_free_item(bill), ItemState.LETTER_ISSUED, meeting)
    page = officer.get(f"/meetings/{meeting.id}").text
    assert page.index(">任命书") < page.index(">表态发言") < page.index(">宪法宣誓")
    post(officer, f"/meetings/{meeting.id}/reports", everything="y", mode="oral")
    assert len(db.session.scalars(select(WorkReport)).all()) == 1
    assert states() == [ItemState.LETTER_ISSUED]


def test_overview_says_who_is_nominated_and_who_is_blocked(director: FlaskClient, bill: Bill) -> None:
    meeting = held(bill, DIRECTORS)
    with transaction():
        bring(make_free_item(bill, "李敏"), ItemState.EXAM_CLEARED, meeting)
        blocked = make_item(bill, "赵刚")
        blocked.exam_step = blocked.exam_step.BLOCKED
    page = director.get(f"/meetings/{meeting.id}/overview").text
    assert "议程上还没有任免事项" in page
    with transaction():
        from_agenda = AgendaEntry(meeting_id=meeting.id, item_id=1, position=1)
        db.session.add(from_agenda)
    page = director.get(f"/meetings/{meeting.id}/overview").text
    assert "内部资料 注意保存" in page and "决定任命" in page
    assert "受阻、未列入本次议程的（1）" in page and "赵刚" in page and "考试未通过" in page


def test_director_sees_the_desk_and_cannot_act(director: FlaskClient, bill: Bill) -> None:
    meeting = held(bill)
    ids = removals(bill, meeting, 1, ItemState.ON_AGENDA)
    for page in ("", "/agenda", "/attendance", "/reports", "/votes", "/announce", "/letters", "/oaths", "/close"):
        shown = director.get(f"/meetings/{meeting.id}{page}")
        assert shown.status_code == 200 and 'name="item"' not in shown.text, page
    acts = ("agenda/add", "agenda/take-off", "agenda/order", "topics", "decisions", "reports", "votes", "votes/common")
    for act in (*acts, "votes/defer", "announce", "letters", "oaths", "office", "close"):
        assert director.post(f"/meetings/{meeting.id}/{act}", data={"item": ids}).status_code == 404, act
    before = db.session.get_one(Meeting, meeting.id).present
    director.post(f"/meetings/{meeting.id}/attendance", data={"members_total": 51, "present": 50})
    assert db.session.get_one(Meeting, meeting.id).present == before
    assert states() == [ItemState.ON_AGENDA]


PAGES = ("", "/agenda", "/attendance", "/reports", "/votes", "/announce", "/letters", "/oaths", "/close", "/overview")


@pytest.mark.parametrize("part", PAGES)
def test_desk_costs_the_same_for_one_item_and_many(
    officer: FlaskClient, bill: Bill, count_statements: Callable[[], Any], part: str
) -> None:
    meeting = held(bill)
    removals(bill, meeting, 1, ItemState.ON_AGENDA)
    address, bill_id, meeting_id = f"/meetings/{meeting.id}{part}", bill.id, meeting.id
    db.session.expunge_all()
    with count_statements() as few:
        officer.get(address)
    bill, meeting = db.session.get_one(Bill, bill_id), db.session.get_one(Meeting, meeting_id)
    with transaction():
        for number in range(1, 4):
            item = make_item(bill, name_of(number), form=Form.REMOVE, post=f"甲市第{number}局局长")
            bring(item, ItemState.ON_AGENDA, meeting)
    db.session.expunge_all()
    with count_statements() as many:
        officer.get(address)
    assert len(few) == len(many) <= 12
