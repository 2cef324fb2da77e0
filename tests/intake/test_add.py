"""tests.intake.test_add — a whole list becomes items or nothing; whom its rows mean is known or asked."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.models import Bill, ExamRequirement, Item
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.intake import service
from exam_app.intake.errors import NoRowsLeft, RowsUnsettled
from exam_app.intake.placing import Row, Verdict
from exam_app.intake.reading import read
from exam_app.people.models import Person
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_item, make_office
from tests.conftest import NINE
from tests.factories import make_person
from tests.intake.lists import JUDGE
from tests.proceedings.factories import bring, hold_meeting, make_free_item

HEAD = "姓名\t单位\t现任职务\t拟任职务\t拟免职务\n"
LIST = HEAD + f"王强\t甲市财政局\t副局长\t甲市财政局局长\t\n李敏\t甲市法院\t法官助理\t{JUDGE}\t"


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill without items."""
    with transaction():
        return make_bill(make_office())


def understood(bill: Bill, text: str, **answers: str) -> list[Row]:
    """Read a list; answers are named person_2 for person-2."""
    return service.understand(bill, read(text), {name.replace("_", "-"): value for name, value in answers.items()})


def counted() -> tuple[Any, ...]:
    """Return how many persons, items and requirements there are."""
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) for table in (Person, Item, ExamRequirement)
    )


def add(bill: Bill, text: str, **answers: str) -> list[Item]:
    """Add a list."""
    with transaction():
        return service.add(bill, understood(bill, text, **answers), MACHINE, NINE)


def refused(bill: Bill, text: str, refusal: type[DomainError], **answers: str) -> None:
    """Expect that a list is refused and nothing is there afterwards that was not before."""
    before = counted()
    with pytest.raises(refusal):
        add(bill, text, **answers)
    assert counted() == before


def test_list_becomes_items_in_its_order(bill: Bill) -> None:
    items = add(bill, LIST)
    assert [(item.number, item.post, item.form) for item in items] == [
        (1, "甲市财政局局长", Form.DECIDE_APPOINT),
        (2, JUDGE, Form.APPOINT),
    ]
    assert all(item.position_id for item in items)
    assert counted() == (2, 2, 2)


def test_list_with_one_doubtful_row_is_not_added_at_all(bill: Bill) -> None:
    refused(bill, LIST + "\n赵刚\t甲市文联\t副主席\t甲市文联主席\t", RowsUnsettled)


def test_list_of_which_nothing_is_left_is_refused(bill: Bill) -> None:
    refused(bill, LIST, NoRowsLeft, skip_2="y", skip_3="y")


def test_row_left_out_is_not_added(bill: Bill) -> None:
    assert [item.post for item in add(bill, LIST, skip_2="y")] == [JUDGE]


def test_person_of_two_rows_is_one_person(bill: Bill) -> None:
    items = add(bill, HEAD + "王强\t甲市财政局\t副局长\t甲市财政局局长\t甲市审计局局长")
    assert [item.form for item in items] == [Form.DECIDE_APPOINT, Form.REMOVE]
    assert len({item.person_id for item in items}) == 1


def test_known_person_is_found_by_name_and_unit(bill: Bill) -> None:
    with transaction():
        person = make_person(get_committee(bill.committee_id))
    assert add(bill, LIST)[0].person_id == person.id


def test_namesake_elsewhere_is_asked_about(bill: Bill) -> None:
    with transaction():
        person = make_person(get_committee(bill.committee_id), unit="甲市水务局")
    row = understood(bill, LIST)[0]
    assert [doubt.code for doubt in row.doubts] == ["person"]
    refused(bill, LIST, RowsUnsettled)
    chosen = add(bill, LIST, person_2=str(person.id))
    assert chosen[0].person_id == person.id


def test_namesake_may_be_somebody_new(bill: Bill) -> None:
    with transaction():
        person = make_person(get_committee(bill.committee_id), unit="甲市水务局")
    assert add(bill, LIST, person_2="new")[0].person_id != person.id


def test_news_about_a_known_person_are_taken_when_asked(bill: Bill) -> None:
    with transaction():
        person_id = make_person(get_committee(bill.committee_id), unit="甲市水务局").id
    add(bill, LIST, person_2=str(person_id), update_2="y")
    assert db.session.get_one(Person, person_id).unit == "甲市财政局"


def test_row_that_repeats_another_is_wrong(bill: Bill) -> None:
    text = LIST + "\n王强\t甲市财政局\t副局长\t甲市财政局局长\t"
    assert [fault.code for fault in understood(bill, text)[2].faults] == ["row_twice"]
    refused(bill, text, RowsUnsettled)


def test_row_that_the_bill_has_is_wrong(bill: Bill) -> None:
    with transaction():
        make_item(bill)
    assert [fault.code for fault in understood(bill, LIST)[0].faults] == ["row_known"]
    refused(bill, LIST, RowsUnsettled)


def test_removal_names_the_appointment_that_it_ends(bill: Bill) -> None:
    with transaction():
        earlier = make_free_item(bill, post=JUDGE, form=Form.APPOINT, organ_type=OrganType.COURT)
        bring(earlier, ItemState.ANNOUNCED, hold_meeting(bill.committee_id))
        second = make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
    items = add(second, HEAD + f"王强\t甲市财政局\t\t\t{JUDGE}")
    assert [item.ends_item_id for item in items] == [earlier.id]


@pytest.mark.parametrize("count", [3, 60])
def test_list_is_understood_in_as_many_statements_whatever_its_length(
    bill: Bill, count_statements: Callable[[], Any], count: int
) -> None:
    given = ("伟东", "建国", "文静", "志远", "海燕", "国庆", "思源", "学文")
    names = [family + name for family in "王李张刘陈杨赵黄" for name in given]
    text = HEAD + "\n".join(f"{name}\t甲市法院\t法官助理\t{JUDGE}\t" for name in names[:count])
    reading = read(text)
    db.session.expire_all()
    with count_statements() as statements:
        rows = service.understand(bill, reading, {})
    assert all(row.verdict is Verdict.READY for row in rows) and len(rows) == count
    assert len(statements) <= 6
