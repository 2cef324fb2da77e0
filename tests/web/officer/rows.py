"""tests.web.officer.rows — items in any state at a meeting, and what is in the database after a page has acted."""

from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form, ItemState
from exam_app.base.db import db, transaction
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind
from tests.appointments.factories import make_item
from tests.proceedings.factories import bring, hold_meeting

STEMS = "甲乙丙丁戊己庚辛壬癸"


def name_of(number: int) -> str:
    """Return an invented name of its own for every number below a hundred."""
    return f"王{STEMS[number // 10]}{STEMS[number % 10]}"


def held(bill: Bill, kind: MeetingKind = MeetingKind.STANDING_COMMITTEE, number: int = 5) -> Meeting:
    """Hold a meeting: 51 members, 46 of them present; of the directors 9 and 7."""
    present, total = (46, 51) if kind is MeetingKind.STANDING_COMMITTEE else (7, 9)
    with transaction():
        return hold_meeting(bill.committee_id, number, kind, present=present, total=total)


def removals(bill: Bill, meeting: Meeting, count: int, state: ItemState) -> list[int]:
    """Bring people who leave their posts to a state: nobody examines them."""
    with transaction():
        items = [make_item(bill, name_of(i), form=Form.REMOVE, post=f"甲市第{i}局局长") for i in range(count)]
        return [bring(item, state, meeting).id for item in items]


def states() -> list[ItemState]:
    """Return the states of all items, as they are now."""
    db.session.expire_all()
    return [item.state for item in db.session.scalars(select(Item).order_by(Item.id))]
