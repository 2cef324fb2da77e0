"""tests.web.officer.desks — items brought where a page needs them, and what a page did to them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from exam_app.appointments.models import Bill, ExamRequirement, Item
from exam_app.appointments.states import ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees import service as committees
from exam_app.meetings import service as meetings
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.proceedings.models import AgendaEntry
from tests.appointments.factories import make_bill, make_foreign
from tests.conftest import NINE
from tests.proceedings.agendas import fill
from tests.proceedings.factories import TODAY, bring, hold_meeting, make_free_item

MOST_STATEMENTS, FEW, MANY = 12, 5, 500


def put(bill: Bill, meeting: Meeting, state: ItemState, name: str = "王强", **changes: Any) -> int:
    """Return the id of an item that was brought to a state."""
    with transaction():
        return bring(make_free_item(bill, name, **changes), state, meeting).id


def plan(office_id: int, kind: MeetingKind = MeetingKind.STANDING_COMMITTEE, held_on: date = TODAY) -> int:
    """Return the id of a meeting that is planned."""
    command = RecordMeeting(committee_id=office_id, kind=kind, number=7, held_on=held_on)
    with transaction():
        return meetings.record(command, MACHINE, NINE).id


def foreign_item(state: ItemState = ItemState.ON_AGENDA) -> tuple[int, int]:
    """Return the ids of another committee's meeting and of an item that is before it."""
    with transaction():
        committee = make_foreign()
        committees.open_term(committee.id, 16, date(2023, 1, 10), MACHINE, NINE)
        meeting = hold_meeting(committee.id)
        return meeting.id, bring(make_free_item(make_bill(committee)), state, meeting).id


def post(client: FlaskClient, address: str, **data: Any) -> str:
    """Send a form and return the page that it leads to."""
    answer = client.post(address, data=data, follow_redirects=True)
    assert answer.status_code == 200, answer.status_code
    return str(answer.text)


def refused(client: FlaskClient, address: str, words: str, **data: Any) -> None:
    """Send a form that is refused: the page says why."""
    page = post(client, address, **data)
    assert "notice--bad" in page and words in page, words


def states(*item_ids: int) -> list[ItemState]:
    """Return the states of items as they are stored."""
    db.session.expire_all()
    return [db.session.get_one(Item, item_id).state for item_id in item_ids]


def count(model: type[Any]) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def costs(client: FlaskClient, address: str, count_statements: Callable[[], Any]) -> int:
    """Return how many statements a page asks, nothing being known before."""
    db.session.expunge_all()
    with count_statements() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


def cost_by_size(
    client: FlaskClient, address: str, on: tuple[Bill, Meeting], state: ItemState, count_statements: Callable[[], Any]
) -> tuple[int, int]:
    """Return what a page costs with five items of a meeting and with five hundred."""
    bill_id, meeting_id = on[0].id, on[1].id
    found = []
    for number in (FEW, MANY):
        with transaction():
            db.session.execute(delete(AgendaEntry))
            db.session.execute(delete(ExamRequirement))
            db.session.execute(delete(Item))
            fill(db.session.get_one(Bill, bill_id), db.session.get_one(Meeting, meeting_id), number, state)
        found.append(costs(client, address, count_statements))
    return found[0], found[1]
