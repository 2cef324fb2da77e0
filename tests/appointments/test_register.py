"""tests.appointments.test_register — bills, items and the persons they mean."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments import bills, queries
from exam_app.appointments.bills import NEW, RegisterBill
from exam_app.appointments.errors import (
    BillInvalid,
    BillNumberTaken,
    ItemTwice,
    NomineeUnclear,
    NoSuchBill,
    PostMissing,
)
from exam_app.appointments.models import Bill, Item, Position
from exam_app.appointments.positions import posts_at
from exam_app.appointments.states import ExamStep, Form, Requirement
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.committees.states import Level
from exam_app.people.errors import NameInvalid, NoSuchPerson
from exam_app.people.models import Person
from question_bank.kinds import OrganType
from tests.appointments.factories import RECEIVED, item_command, make_bill, make_item, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import make_committee, make_person


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A registered bill without items."""
    with transaction():
        return make_bill(make_office())


def count(table: type[Bill | Item | Person | Position]) -> int:
    """Return how many rows there are."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_first_bill_brings_the_table_of_positions(bill: Bill) -> None:
    with transaction():
        make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
    positions = queries.list_positions(bill.committee_id)
    assert len(positions) == len(posts_at(Level.CITY)) == count(Position)
    mayor = next(one for one in positions if one.name == "局长")
    assert (mayor.form, mayor.nominator, mayor.in_scope) == (Form.DECIDE_APPOINT, "市长", True)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": " "}, BillInvalid),
        ({"submitting_organ": ""}, BillInvalid),
        ({"document_number": ""}, BillInvalid),
        ({"received_on": date(2026, 3, 3)}, BillInvalid),
        ({}, BillNumberTaken),
    ],
)
def test_impossible_bill_is_refused(bill: Bill, changes: dict[str, object], refusal: type[DomainError]) -> None:
    command = RegisterBill(
        committee_id=bill.committee_id,
        title="议案",
        submitting_organ="甲市人民政府",
        document_number=bill.document_number,
        received_on=RECEIVED,
    )
    with pytest.raises(refusal), transaction():
        bills.register_bill(replace(command, **changes), MACHINE, NINE)  # type: ignore[arg-type]
    assert count(Bill) == 1


def test_item_is_numbered_and_its_requirement_decided(bill: Bill) -> None:
    with transaction():
        items = [make_item(bill, name) for name in ("王强", "李敏")]
    assert [item.number for item in items] == [1, 2]
    held = queries.requirement_of(items[0].id)
    assert (held.outcome, held.rule) == (Requirement.REQUIRED, "EVERY_NOMINEE")
    assert items[0].exam_step is ExamStep.OPEN


def test_removal_needs_no_exam(bill: Bill) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
    assert queries.requirement_of(item.id).outcome is Requirement.NOT_APPLICABLE
    assert item.exam_step is ExamStep.CLEARED


def test_position_out_of_scope_needs_no_exam(bill: Bill) -> None:
    outside = next(one for one in queries.list_positions(bill.committee_id) if not one.in_scope)
    with transaction():
        item = make_item(bill, organ_type=OrganType.CONGRESS, position_id=outside.id, form=outside.form)
    assert queries.requirement_of(item.id).rule == "OUT_OF_SCOPE"


def test_earlier_pass_of_the_term_exempts(bill: Bill) -> None:
    with transaction():
        committee = get_committee(bill.committee_id)
        person = make_person(committee)
        result = make_result(make_entry(make_exam(committee), person))
        item = make_item(bill)
    held = queries.requirement_of(item.id)
    assert item.person_id == person.id
    assert (held.outcome, held.rule, held.result_id) == (Requirement.EXEMPT, "PASSED_THIS_TERM", result.id)


def test_position_of_another_committee_is_left_out(bill: Bill) -> None:
    with transaction():
        other = make_bill(make_committee("乙市人大常委会"))
        foreign = queries.list_positions(other.committee_id)[0]
        item = make_item(bill, position_id=foreign.id)
    assert item.position_id is None


def test_known_person_is_found_by_name_and_unit(bill: Bill) -> None:
    with transaction():
        person = make_person(get_committee(bill.committee_id))
        item = make_item(bill)
    assert item.person_id == person.id


def test_person_of_equal_name_is_asked_about(bill: Bill) -> None:
    with transaction():
        person = make_person(get_committee(bill.committee_id), unit="甲市审计局")
    with pytest.raises(NomineeUnclear), transaction():
        make_item(bill)
    assert (count(Item), count(Person)) == (0, 1)
    with transaction():
        same = make_item(bill, choice=str(person.id))
        other = make_item(bill, choice=NEW)
    assert same.person_id == person.id != other.person_id


def test_person_of_another_committee_cannot_be_chosen(bill: Bill) -> None:
    with transaction():
        stranger = make_person(make_committee("乙市人大常委会"))
    with pytest.raises(NoSuchPerson), transaction():
        make_item(bill, choice=str(stranger.id))
    assert count(Item) == 0


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, ItemTwice),
        ({"post": " "}, PostMissing),
        ({"post": "长" * 121}, PostMissing),
        ({"name": "王3"}, NameInvalid),
        ({"committee_id": 999}, NoSuchBill),
    ],
)
def test_impossible_item_is_refused(bill: Bill, changes: dict[str, object], refusal: type[DomainError]) -> None:
    with transaction():
        make_item(bill)
    with pytest.raises(refusal), transaction():
        bills.add_item(item_command(bill, **changes), MACHINE, NINE)
    assert (count(Item), count(Person)) == (1, 1)


def test_one_person_may_leave_one_post_and_take_another(bill: Bill) -> None:
    with transaction():
        make_item(bill, post="甲市审计局局长", form=Form.REMOVE)
        make_item(bill)
    assert (count(Item), count(Person)) == (2, 1)
