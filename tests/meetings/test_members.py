"""tests.meetings.test_members — one seat a person, one director at a time, and who sat there on which day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.meetings import members, queries
from exam_app.meetings.errors import (
    DirectorTaken,
    NoSuchSeat,
    NoTermThatDay,
    SeatEnded,
    SeatInvalid,
    SeatTaken,
)
from exam_app.meetings.members import SeatMember
from exam_app.meetings.models import Membership
from exam_app.meetings.states import MemberOffice
from exam_app.people.errors import NoSuchPerson
from exam_app.people.models import Person
from tests.conftest import NINE
from tests.factories import make_person
from tests.meetings.factories import BEGAN, TODAY, make_house, seat

DAY = timedelta(days=1)


@pytest.fixture
def house(app: Flask) -> Committee:
    """A committee in its term, nobody seated yet."""
    with transaction():
        return make_house()


def end(membership: Membership, day: date) -> None:
    """Let a seat be given up, in a transaction of its own."""
    with transaction():
        members.end_membership(membership.id, membership.committee_id, day, MACHINE, NINE)


def count() -> int:
    """Return how many seats are recorded."""
    return db.session.scalar(select(func.count(Membership.id))) or 0


def test_members_are_listed_by_office_then_as_they_came(house: Committee) -> None:
    with transaction():
        seat(house, "委员甲", began_on=BEGAN + DAY)
        seat(house, "委员乙")
        seat(house, "秘书长", MemberOffice.SECRETARY_GENERAL)
        seat(house, "副主任", MemberOffice.DEPUTY_DIRECTOR)
        director = seat(house, "主任", MemberOffice.DIRECTOR)
    names = [person.name for _seat, person in queries.members_on(house.id, TODAY)]
    assert names == ["主任", "副主任", "秘书长", "委员乙", "委员甲"]
    found = queries.director_on(house.id, TODAY)
    assert found is not None and found.id == director.person_id
    assert queries.count_members_on(house.id, TODAY) == 5


def test_seat_lasts_from_its_first_day_to_the_day_before_its_last(house: Committee) -> None:
    with transaction():
        one = seat(house, "主任", MemberOffice.DIRECTOR, date(2024, 5, 1))
    end(one, date(2025, 5, 1))
    days = [date(2024, 4, 30), date(2024, 5, 1), date(2025, 4, 30), date(2025, 5, 1)]
    assert [queries.is_member_on(one.person_id, house.id, day) for day in days] == [False, True, True, False]
    assert [queries.count_members_on(house.id, day) for day in days] == [0, 1, 1, 0]
    assert [queries.director_on(house.id, day) is not None for day in days] == [False, True, True, False]


def test_seat_ends_with_its_term(house: Committee) -> None:
    with transaction():
        one = seat(house, "主任", MemberOffice.DIRECTOR)
        committees.open_term(house.id, 17, date(2026, 2, 1), MACHINE, NINE)
    assert queries.is_member_on(one.person_id, house.id, date(2026, 1, 31))
    assert not queries.is_member_on(one.person_id, house.id, date(2026, 2, 1))
    assert queries.director_on(house.id, TODAY) is None


def test_same_person_sits_in_the_next_term_again(house: Committee) -> None:
    with transaction():
        one = seat(house, "主任", MemberOffice.DIRECTOR)
        committees.open_term(house.id, 17, date(2026, 2, 1), MACHINE, NINE)
        again = SeatMember(
            committee_id=house.id,
            person_id=one.person_id,
            office=MemberOffice.DIRECTOR,
            began_on=date(2026, 2, 1),
        )
        members.seat_member(again, MACHINE, NINE)
    assert queries.count_members_on(house.id, TODAY) == 1


def test_another_committee_has_its_own_members(house: Committee) -> None:
    with transaction():
        other = make_house("乙市人大常委会")
        one = seat(house, "主任", MemberOffice.DIRECTOR)
        seat(other, "主任", MemberOffice.DIRECTOR)
    assert queries.count_members_on(house.id, TODAY) == 1
    assert not queries.is_member_on(one.person_id, other.id, TODAY)


def test_member_who_becomes_director_changes_seats_in_one_day(house: Committee) -> None:
    with transaction():
        one = seat(house, "王强", MemberOffice.DEPUTY_DIRECTOR)
    end(one, date(2025, 5, 1))
    with transaction():
        command = SeatMember(
            committee_id=house.id, person_id=one.person_id, office=MemberOffice.DIRECTOR, began_on=date(2025, 5, 1)
        )
        members.seat_member(command, MACHINE, NINE)
    days = (date(2025, 4, 30), date(2025, 5, 1))
    offices = [row[0].office for day in days for row in queries.members_on(house.id, day)]
    assert offices == [MemberOffice.DEPUTY_DIRECTOR, MemberOffice.DIRECTOR]
    noted = select(AuditEntry.verb).where(AuditEntry.verb.startswith("member."))
    assert list(db.session.scalars(noted.order_by(AuditEntry.sequence))) == ["member.seat", "member.end", "member.seat"]


def _again(house: Committee) -> SeatMember:
    return _for(house, person_id=_seated(house).person_id)


def _second_director(house: Committee) -> SeatMember:
    return _for(house, office=MemberOffice.DIRECTOR)


def _before_the_seated(house: Committee) -> SeatMember:
    """Back into a time before the seat that the person has now."""
    return _for(house, person_id=_seated(house).person_id, began_on=BEGAN)


def _seated(_house: Committee) -> Membership:
    return db.session.scalars(select(Membership)).one()


def _for(house: Committee, **changes: Any) -> SeatMember:
    person = db.session.scalars(select(Person).where(Person.name == "李敏", Person.committee_id == house.id)).one()
    values: dict[str, Any] = {"person_id": person.id, "office": MemberOffice.MEMBER, "began_on": date(2025, 1, 1)}
    return SeatMember(committee_id=house.id, **(values | changes))


REFUSED: dict[str, tuple[Callable[[Committee], SeatMember], type[DomainError]]] = {
    "seated already": (_again, SeatTaken),
    "seated from later on": (_before_the_seated, SeatTaken),
    "second director": (_second_director, DirectorTaken),
    "director from before": (lambda house: _for(house, office=MemberOffice.DIRECTOR, began_on=BEGAN), DirectorTaken),
    "tomorrow": (lambda house: _for(house, began_on=TODAY + DAY), SeatInvalid),
    "before any term": (lambda house: _for(house, began_on=BEGAN - DAY), NoTermThatDay),
    "nobody": (lambda house: _for(house, person_id=0), NoSuchPerson),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_impossible_seat_is_refused(house: Committee, case: str) -> None:
    with transaction():
        seat(house, "王强", MemberOffice.DIRECTOR, date(2024, 5, 1))
        make_person(house, "李敏")
    make, refusal = REFUSED[case]
    command = make(house)
    with pytest.raises(refusal), transaction():
        members.seat_member(command, MACHINE, NINE)
    assert count() == 1


def test_person_of_another_committee_is_not_found(house: Committee) -> None:
    with transaction():
        stranger = make_person(make_house("乙市人大常委会"), "李敏")
        make_person(house, "李敏")
    command = _for(house, person_id=stranger.id)
    with pytest.raises(NoSuchPerson), transaction():
        members.seat_member(command, MACHINE, NINE)
    assert count() == 0


@pytest.mark.parametrize("day", [date(2024, 4, 30), TODAY + DAY])
def test_seat_ends_neither_before_it_began_nor_tomorrow(house: Committee, day: date) -> None:
    with transaction():
        one = seat(house, "王强", began_on=date(2024, 5, 1))
    with pytest.raises(SeatInvalid):
        end(one, day)
    db.session.refresh(one)
    assert one.ended_on is None


def test_seat_ends_once_and_only_for_its_own_committee(house: Committee) -> None:
    with transaction():
        one = seat(house, "王强")
    with pytest.raises(NoSuchSeat), transaction():
        members.end_membership(one.id, house.id + 1, TODAY, MACHINE, NINE)
    end(one, TODAY - DAY)
    with pytest.raises(SeatEnded):
        end(one, TODAY)
    db.session.refresh(one)
    assert one.ended_on == TODAY - DAY
