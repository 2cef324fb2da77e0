"""tests.proceedings.test_reorder — an agenda keeps the usual order until somebody sets another; removals come first."""

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.appointments.models import Bill
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.models import AuditEntry
from exam_app.base.db import db, transaction
from exam_app.committees.queries import get_committee
from exam_app.meetings.models import Meeting
from exam_app.proceedings.errors import AgendaDiffers, RemovalFirst
from tests.appointments.factories import make_bill, make_item, make_office
from tests.meetings.factories import make_meeting
from tests.proceedings.agendas import approved, ids, on_agenda, place, reorder
from tests.proceedings.factories import bring, directors_of

S = ItemState


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def meeting(bill: Bill) -> Meeting:
    """A planned meeting of the standing committee."""
    with transaction():
        return make_meeting(get_committee(bill.committee_id))


def test_agenda_nobody_arranged_keeps_the_usual_order(bill: Bill, meeting: Meeting) -> None:
    late = approved(bill, "王强")
    removal = approved(bill, "李敏", post="甲市审计局局长", form=Form.REMOVE)
    place(meeting, removal)
    place(meeting, late)
    assert on_agenda(meeting) == ids(late, removal)


def test_arranged_agenda_takes_new_items_at_its_end(bill: Bill, meeting: Meeting) -> None:
    first, second, third = approved(bill, "王强"), approved(bill, "李敏"), approved(bill, "赵平", post="甲市审计局局长")
    place(meeting, first, second)
    reorder(meeting, [second, first])
    place(meeting, third)
    assert on_agenda(meeting) == ids(second, first, third)


def test_new_removal_comes_before_the_appointment_to_its_post(bill: Bill, meeting: Meeting) -> None:
    appointment, other = approved(bill, "王强"), approved(bill, "赵平", post="甲市审计局局长")
    removal = approved(bill, "李敏", form=Form.REMOVE)
    place(meeting, appointment, other)
    reorder(meeting, [other, appointment])
    place(meeting, removal)
    assert on_agenda(meeting) == ids(other, removal, appointment)


def test_order_is_set_and_on_record(bill: Bill, meeting: Meeting) -> None:
    first, second = approved(bill, "王强"), approved(bill, "李敏", post="甲市审计局局长")
    place(meeting, first, second)
    reorder(meeting, [second, first])
    assert on_agenda(meeting) == ids(second, first)
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "meeting.reorder")).one()
    assert noted.details == {"items": ids(second, first)}


def test_appointment_is_not_put_before_the_removal_from_its_post(bill: Bill, meeting: Meeting) -> None:
    appointment, removal = approved(bill, "王强"), approved(bill, "李敏", form=Form.REMOVE)
    place(meeting, appointment, removal)
    with pytest.raises(RemovalFirst) as refused:
        reorder(meeting, [appointment, removal])
    assert refused.value.facts["name"] == "李敏"
    assert on_agenda(meeting) == ids(removal, appointment)


def test_one_person_may_be_appointed_before_being_removed_from_another_post(bill: Bill, meeting: Meeting) -> None:
    appointment = approved(bill, "王强")
    with transaction():
        choice = str(appointment.person_id)
        removal = make_item(bill, choice=choice, post="甲市审计局局长", form=Form.REMOVE)
        bring(removal, S.DIRECTOR_MEETING_APPROVED, directors_of(bill.committee_id))
    place(meeting, appointment, removal)
    for order in ([appointment, removal], [removal, appointment]):
        reorder(meeting, order)
        assert on_agenda(meeting) == ids(*order)


def test_order_of_another_agenda_is_refused(bill: Bill, meeting: Meeting) -> None:
    first, second = approved(bill, "王强"), approved(bill, "李敏", post="甲市审计局局长")
    place(meeting, first, second)
    for wrong in ([first], [first, first], [first, second, second]):
        with pytest.raises(AgendaDiffers):
            reorder(meeting, wrong)
    assert on_agenda(meeting) == ids(first, second)
