"""tests.web.officer.test_meetings — meetings are planned, changed and found; members take and give up their seats."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.meetings.models import Meeting, Membership
from exam_app.meetings.states import MeetingKind, MeetingState, MemberOffice
from exam_app.people.models import Person
from tests.appointments.factories import make_foreign
from tests.conftest import NINE
from tests.factories import make_person
from tests.proceedings.factories import hold_meeting

TODAY = NINE.date()
PLAN = {"kind": "standing_committee", "number": "3", "held_on": (TODAY + timedelta(days=5)).isoformat()}


def plan(officer: FlaskClient, **changes: str) -> int:
    """Plan a meeting by its page; return its id."""
    answer = officer.post("/meetings/new", data={**PLAN, "place": "五楼会议厅", "chair": "程望舒", **changes})
    assert answer.status_code == 302, answer.text
    return int(answer.location.rsplit("/", 1)[1])


def test_meeting_is_planned_and_leads_to_its_desk(officer: FlaskClient) -> None:
    meeting_id = plan(officer)
    page = officer.get(f"/meetings/{meeting_id}").text
    assert "第十六届人大常委会第三次会议" in page and "五楼会议厅" in page and "程望舒主持" in page
    assert "会议定于 2026年3月7日召开" in page
    assert "待召开" in officer.get("/meetings?state=planned").text
    assert "没有符合条件的会议" in officer.get("/meetings?kind=directors").text


def test_number_taken_is_said_and_nothing_is_recorded_twice(officer: FlaskClient) -> None:
    plan(officer)
    again = officer.post("/meetings/new", data=PLAN)
    assert "已经登记过" in again.text
    assert db.session.scalar(select(func.count(Meeting.id))) == 1


def test_next_number_is_offered(officer: FlaskClient) -> None:
    plan(officer)
    assert 'name="number" required type="number" value="4"' in officer.get("/meetings/new").text
    assert 'name="number" required type="number" value="1"' in officer.get("/meetings/new?kind=directors").text


def test_planned_meeting_is_changed_and_a_held_one_is_not(officer: FlaskClient, office: Committee) -> None:
    meeting_id = plan(officer)
    officer.post(f"/meetings/{meeting_id}/edit", data={**PLAN, "place": "三楼", "chair": ""})
    assert "三楼" in officer.get(f"/meetings/{meeting_id}").text
    with transaction():
        held_id = hold_meeting(office.id, 9).id
    refused = officer.post(f"/meetings/{held_id}/edit", data={**PLAN, "number": "9", "place": "四楼"})
    assert "日期、地点、主持人不能再改" in refused.text
    assert db.session.get_one(Meeting, held_id).place == ""


def test_unreadable_meeting_is_refused(officer: FlaskClient) -> None:
    assert "请填整数" in officer.post("/meetings/new", data={**PLAN, "number": "三"}).text
    assert db.session.scalar(select(func.count(Meeting.id))) == 0


def test_other_committees_meetings_do_not_exist(officer: FlaskClient) -> None:
    with transaction():
        foreign = make_foreign()
        meeting = Meeting(
            committee_id=foreign.id,
            term_id=1,
            kind=MeetingKind.STANDING_COMMITTEE,
            number=77,
            held_on=TODAY,
            state=MeetingState.PLANNED,
            created_at=NINE,
        )
        db.session.add(meeting)
    pages = ("", "/edit", "/agenda", "/agenda/add", "/attendance", "/decisions", "/reports", "/votes", "/announce")
    for page in (*pages, "/letters", "/oaths", "/close", "/overview", "/votes/1"):
        assert officer.get(f"/meetings/{meeting.id}{page}").status_code == 404, page
    assert (
        officer.post(f"/meetings/{meeting.id}/attendance", data={"members_total": 9, "present": 8}).status_code == 404
    )


def seat(officer: FlaskClient, name: str = "程望舒", **changes: str) -> str:
    """Give somebody a seat by the page; return what it says."""
    data = {"name": name, "office": MemberOffice.DIRECTOR.value, "began_on": "2023-01-10", **changes}
    return officer.post("/members/new", data=data, follow_redirects=True).text


def test_member_takes_a_seat_and_counts(officer: FlaskClient) -> None:
    assert "程望舒 已列入委员名册" in seat(officer)
    page = officer.get("/members").text
    assert "共 1 人：主任 1" in page
    assert "名册还是空的" in officer.get("/members?on=2022-12-31").text
    assert "程望舒" in officer.get("/members?on=nonsense").text
    meeting_id = plan(officer, held_on=TODAY.isoformat())
    assert 'value="1"' in officer.get(f"/meetings/{meeting_id}/attendance").text


def test_known_name_is_asked_about(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        person_id = make_person(office, "程望舒", "甲市审计局").id
    assert "是其中哪一位" in seat(officer)
    assert db.session.scalar(select(func.count(Membership.id))) == 0
    seat(officer, choice=str(person_id))
    assert db.session.scalars(select(Membership.person_id)).all() == [person_id]
    assert db.session.scalar(select(func.count(Person.id))) == 1


def test_second_director_is_refused(officer: FlaskClient) -> None:
    seat(officer)
    assert "同一时间只能有一位主任" in seat(officer, "骆宾鸿")
    assert db.session.scalar(select(func.count(Membership.id))) == 1
    assert db.session.scalar(select(func.count(Person.id))) == 1, "nobody is registered for nothing"


def test_seat_is_given_up(officer: FlaskClient) -> None:
    seat(officer)
    seat_id = db.session.scalars(select(Membership.id)).one()
    assert (
        "notice--bad" in officer.post(f"/members/{seat_id}/end", data={"ended_on": "昨天"}, follow_redirects=True).text
    )
    assert (
        "已登记离任"
        in officer.post(f"/members/{seat_id}/end", data={"ended_on": "2026-03-01"}, follow_redirects=True).text
    )
    assert "名册还是空的" in officer.get("/members").text


@pytest.mark.parametrize("path", ["/members/new", "/meetings/1/edit"])
def test_director_reads_the_register_and_changes_nothing(director: FlaskClient, path: str) -> None:
    assert director.get("/members").status_code == 200
    assert director.get(path).status_code == 404
    assert director.post("/members/1/end", data={"ended_on": "2026-03-01"}).status_code == 404
