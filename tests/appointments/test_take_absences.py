"""tests.appointments.test_take_absences — an unexcused absence blocks the item, an excused one leaves it open."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.appointments import queries, service
from exam_app.appointments.models import Item, ItemEvent
from exam_app.appointments.states import ExamStep, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.queries import get_committee
from exam_app.exams.models import RosterEntry
from exam_app.exams.states import Absence
from tests.appointments.factories import make_bill, make_item, make_office
from tests.certificates.factories import make_exam, make_result
from tests.conftest import NINE
from tests.proceedings.factories import bring, hold_meeting

LATER = NINE + timedelta(days=2)


@pytest.fixture
def item(app: Flask) -> Item:
    """An item whose nominee is on the roster of an exam."""
    with transaction():
        bill = make_bill(make_office())
        item = make_item(bill)
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        service.send_to_exam(exam.id, bill, [item.id], MACHINE, NINE)
    return item


def entry_of(item: Item) -> RosterEntry:
    """Return the roster entry the item waits for."""
    return db.session.get_one(RosterEntry, queries.requirement_of(item.id).roster_entry_id)


def tell(item: Item, absence: Absence) -> int:
    """Record the absence and tell the items; return how many were blocked."""
    with transaction():
        entry = entry_of(item)
        entry.absence = absence
        return len(service.take_absences(entry.exam_id, MACHINE, LATER))


def events(item: Item) -> list[str]:
    """Return the verbs of what happened to the item."""
    return list(db.session.scalars(select(ItemEvent.verb).where(ItemEvent.item_id == item.id).order_by(ItemEvent.id)))


@pytest.mark.parametrize(
    ("absence", "step"),
    [(Absence.UNEXCUSED, ExamStep.BLOCKED), (Absence.EXCUSED, ExamStep.OPEN), (Absence.NONE, ExamStep.OPEN)],
)
def test_only_an_unexcused_absence_blocks(item: Item, absence: Absence, step: ExamStep) -> None:
    tell(item, absence)

    assert item.exam_step is step
    assert ("exam.absent" in events(item)) == (step is ExamStep.BLOCKED)


def test_absence_told_twice_changes_nothing(item: Item) -> None:
    assert tell(item, Absence.UNEXCUSED) == 1
    assert tell(item, Absence.UNEXCUSED) == 0
    assert events(item).count("exam.absent") == 1


def test_make_up_after_an_absence_clears_the_item(item: Item) -> None:
    tell(item, Absence.UNEXCUSED)
    with transaction():
        bill = queries.get_bill(item.bill_id, get_committee(1).id)
        makeup = make_exam(get_committee(1), opens_at=LATER + timedelta(days=1))
        service.send_to_exam(makeup.id, bill, [item.id], MACHINE, LATER)
        result = make_result(entry_of(item), "88")
        service.take_result(result, MACHINE, LATER + timedelta(days=1))

    assert item.exam_step is ExamStep.CLEARED


def test_withdrawn_item_is_left_alone(item: Item) -> None:
    with transaction():
        bring(item, ItemState.WITHDRAWN, hold_meeting(1))

    assert tell(item, Absence.UNEXCUSED) == 0
    assert (item.state, item.exam_step) == (ItemState.WITHDRAWN, ExamStep.OPEN)
