"""tests.web.officer.test_members — the register of members: taking a seat, giving it up, as it was on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.meetings.members import SeatMember, seat_member
from exam_app.meetings.models import Membership
from exam_app.meetings.states import MemberOffice
from exam_app.people.models import Person
from tests.appointments.factories import make_foreign
from tests.conftest import NINE
from tests.factories import make_person
from tests.web.officer.desks import MOST_STATEMENTS, costs, count, post, refused

NEW = {
    "name": "程望舒",
    "unit": "甲市人大常委会",
    "present_post": "主任",
    "office": "director",
    "began_on": "2023-01-10",
}


def seat(committee: Committee, name: str, office: MemberOffice = MemberOffice.MEMBER) -> int:
    """Return the id of somebody's seat since the beginning of the term."""
    with transaction():
        command = SeatMember(
            committee_id=committee.id,
            person_id=make_person(committee, name).id,
            office=office,
            began_on=date(2023, 1, 10),
        )
        return seat_member(command, MACHINE, NINE).id


def ended_on(seat_id: int) -> date | None:
    """Return when a seat was given up."""
    db.session.expire_all()
    return db.session.get_one(Membership, seat_id).ended_on


def test_member_takes_a_seat(officer: FlaskClient) -> None:
    page = post(officer, "/members/new", **NEW)
    assert "程望舒 已列入委员名册" in page and "共 1 人" in page and "主任 1" in page


def test_namesake_is_asked_about(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        known = make_person(office, "程望舒", "甲市审计局").id
    page = post(officer, "/members/new", **NEW)
    assert "是其中哪一位" in page and "甲市审计局" in page
    assert count(Membership) == 0
    post(officer, "/members/new", **NEW, choice=str(known))
    assert (count(Membership), count(Person)) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "请填写"),
        ({"office": "king"}, "请从列出的选项中选择"),
        ({"began_on": ""}, "请选择日期"),
        ({"began_on": "2026-03-03"}, "任职日期不能晚于今天"),
        ({"began_on": "2020-01-01"}, "不在任何已登记的届期内"),
        ({}, "现任主任，同一时间只能有一位主任"),
    ],
)
def test_impossible_seat_is_refused(
    officer: FlaskClient, office: Committee, changes: dict[str, str], words: str
) -> None:
    seat(office, "孟夏", MemberOffice.DIRECTOR)
    assert words in post(officer, "/members/new", **(NEW | changes))
    assert (count(Membership), count(Person)) == (1, 1)


def test_seat_is_given_up_and_the_register_of_a_day_stays(officer: FlaskClient, office: Committee) -> None:
    seat_id = seat(office, "孟夏")
    assert "已登记离任" in post(officer, f"/members/{seat_id}/end", ended_on="2026-02-01")
    assert ended_on(seat_id) == date(2026, 2, 1)
    assert "名册还是空的" in officer.get("/members").text
    assert "孟夏" in officer.get("/members?on=2026-01-31").text
    assert "名册还是空的" in officer.get("/members?on=一月").text
    refused(officer, f"/members/{seat_id}/end", "该任职已于 2026-02-01 结束", ended_on="2026-02-02")
    assert ended_on(seat_id) == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("day", "words"), [("", "请选择日期"), ("2022-12-31", "请核对日期"), ("2026-03-03", "请核对日期")]
)
def test_impossible_end_is_refused(officer: FlaskClient, office: Committee, day: str, words: str) -> None:
    seat_id = seat(office, "孟夏")
    refused(officer, f"/members/{seat_id}/end", words, ended_on=day)
    assert ended_on(seat_id) is None


def test_seat_of_another_committee_is_not_found(officer: FlaskClient) -> None:
    with transaction():
        foreign = make_foreign()
        committees.open_term(foreign.id, 16, date(2023, 1, 10), MACHINE, NINE)
    seat_id = seat(foreign, "江岚")
    assert officer.post(f"/members/{seat_id}/end", data={"ended_on": "2026-02-01"}).status_code == 404
    assert ended_on(seat_id) is None
    assert "江岚" not in officer.get("/members").text


def test_director_reads_but_does_not_act(director: FlaskClient, office: Committee) -> None:
    seat_id = seat(office, "孟夏")
    page = director.get("/members").text
    assert "孟夏" in page and "登记离任" not in page
    assert director.get("/members/new").status_code == 404
    assert director.post("/members/new", data=NEW).status_code == 404
    assert director.post(f"/members/{seat_id}/end", data={"ended_on": "2026-02-01"}).status_code == 404
    assert (count(Membership), ended_on(seat_id)) == (1, None)


def test_register_costs_the_same_for_one_member_and_eleven(
    officer: FlaskClient, office: Committee, count_statements: Callable[[], Any]
) -> None:
    seat(office, "孟夏")
    office_id = office.id
    few = costs(officer, "/members", count_statements)
    for letter in "甲乙丙丁戊己庚辛壬癸":
        seat(db.session.get_one(Committee, office_id), f"委员{letter}")
    assert few == costs(officer, "/members", count_statements) <= MOST_STATEMENTS
