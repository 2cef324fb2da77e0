"""tests.appointments.test_send_to_exam — whose items go to an exam: each nominee once, and nobody who need not sit."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments import queries, service
from exam_app.appointments.errors import ExamNotNeeded, ItemDecided
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.exams.models import RosterEntry
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.certificates.factories import make_entry, make_exam
from tests.conftest import NINE
from tests.factories import make_person
from tests.proceedings.factories import bring, hold_meeting, make_free_item


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item whose nominee must sit."""
    with transaction():
        return make_item(bill)


def test_nominees_go_on_the_roster_once(bill: Bill, item: Item) -> None:
    with transaction():
        second = make_item(bill, post="甲市国资委主任")
        other = make_item(bill, "李敏")
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [item.id, second.id], MACHINE, NINE)
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [other.id], MACHINE, NINE)
    entries = {one: queries.requirement_of(one.id).roster_entry_id for one in (item, second, other)}
    assert db.session.scalar(select(func.count(RosterEntry.id))) == 2
    assert entries[item] == entries[second] != entries[other]


def test_person_pasted_onto_the_roster_is_only_linked(bill: Bill, item: Item) -> None:
    with transaction():
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        entry = make_entry(exam, make_person(get_committee(bill.committee_id), "李敏"))
        entry.person_id = item.person_id
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [item.id], MACHINE, NINE)
    assert queries.requirement_of(item.id).roster_entry_id == entry.id


def test_who_need_not_sit_cannot_be_sent(bill: Bill, item: Item) -> None:
    with transaction():
        free = make_item(bill, "李敏", form=Form.REMOVE)
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
    with pytest.raises(ExamNotNeeded), transaction():
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [item.id, free.id], MACHINE, NINE)
    assert db.session.scalar(select(func.count(RosterEntry.id))) == 0
    assert db.session.scalar(select(func.count(ItemEvent.id)).where(ItemEvent.verb == "exam.register")) == 0


def test_exam_of_another_committee_is_refused(bill: Bill, item: Item) -> None:
    with transaction():
        from_elsewhere = make_exam(make_foreign(), opens_at=NINE + timedelta(days=1))
    with pytest.raises(DomainError), transaction():
        service.send_to_exam(from_elsewhere.id, db.session.get_one(Bill, bill.id), [item.id], MACHINE, NINE)
    assert queries.requirement_of(item.id).roster_entry_id is None


@pytest.mark.parametrize("state", [ItemState.WITHDRAWN, ItemState.VOTED_FAILED, ItemState.ANNOUNCED])
def test_decided_item_is_not_sent(bill: Bill, state: ItemState) -> None:
    with transaction():
        decided = bring(make_free_item(bill), state, hold_meeting(bill.committee_id))
        decided.exam_step = ExamStep.BLOCKED
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
    entries = db.session.scalar(select(func.count(RosterEntry.id)))
    with pytest.raises(ItemDecided), transaction():
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [decided.id], MACHINE, NINE)
    assert db.session.scalar(select(func.count(RosterEntry.id))) == entries
