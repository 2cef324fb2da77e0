"""tests.proceedings.agendas — items put on an agenda and in order, each act in a transaction of its own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from exam_app.appointments.models import Bill, ExamRequirement, Item
from exam_app.appointments.states import Form, ItemState, Requirement
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.meetings.models import Meeting
from exam_app.people.models import Person
from exam_app.proceedings import agenda
from exam_app.proceedings.models import AgendaEntry
from question_bank.kinds import OrganType
from tests.conftest import NINE
from tests.proceedings.factories import bring, directors_of, make_free_item


def approved(bill: Bill, name: str, **changes: Any) -> Item:
    """Return an item that the directors submitted, in a transaction of its own."""
    return brought(ItemState.DIRECTOR_MEETING_APPROVED, bill, name, **changes)


def brought(state: ItemState, bill: Bill, name: str, **changes: Any) -> Item:
    """Return an item in a state before the agenda, in a transaction of its own."""
    with transaction():
        return bring(make_free_item(bill, name, **changes), state, directors_of(bill.committee_id))


def place(meeting: Meeting, *items: Item) -> None:
    """Put items on the agenda, in a transaction of their own."""
    with transaction():
        agenda.place(meeting.id, meeting.committee_id, [item.id for item in items], MACHINE, NINE)


def reorder(meeting: Meeting, items: Sequence[Item]) -> None:
    """Put the agenda in order, in a transaction of its own."""
    with transaction():
        agenda.reorder(meeting.id, meeting.committee_id, [item.id for item in items], MACHINE, NINE)


def on_agenda(meeting: Meeting) -> list[int]:
    """Return the ids of the items on the agenda, in order."""
    query = select(AgendaEntry.item_id).where(AgendaEntry.meeting_id == meeting.id, AgendaEntry.left_at.is_(None))
    return list(db.session.scalars(query.order_by(AgendaEntry.position)))


def ids(*items: Item) -> list[int]:
    """Return the ids of items."""
    return [item.id for item in items]


def fill(bill: Bill, meeting: Meeting, count: int, state: ItemState = ItemState.ON_AGENDA) -> None:
    """Put many items on the agenda, straight into the tables."""
    for number in range(1, count + 1):
        person = Person(committee_id=bill.committee_id, name=f"人选{number}", created_at=NINE)
        db.session.add(person)
        db.session.flush()
        values: dict[str, Any] = {"bill_id": bill.id, "number": number, "person_id": person.id, "post": "审判员"}
        item = Item(**values, organ_type=OrganType.COURT, form=Form.APPOINT, state=state)
        db.session.add(item)
        db.session.flush()
        held = {"outcome": Requirement.EXEMPT, "rule": "PASSED_THIS_TERM", "decided_at": NINE}
        db.session.add_all(ExamRequirement(item_id=item.id, **held) for _version in range(2))
        db.session.add(AgendaEntry(meeting_id=meeting.id, item_id=item.id, position=number))
