"""tests.submissions.factories — items under review, with the position that their post means; votes that were lost."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from exam_app.appointments.models import Bill, Item, Position
from exam_app.appointments.moves import do
from exam_app.appointments.states import Act
from exam_app.audit.service import MACHINE
from exam_app.base.db import db
from exam_app.proceedings import review
from exam_app.submissions.queries import OpenObjection, objections_of
from exam_app.submissions.service import CorrectItem
from exam_app.submissions.states import Objection
from tests.appointments.factories import make_item
from tests.conftest import NINE

TODAY = NINE.date()


def position_named(bill: Bill, name: str) -> Position:
    """Return a line of the committee's table."""
    query = select(Position).where(Position.committee_id == bill.committee_id, Position.name == name)
    return db.session.scalars(query).one()


def make_placed(bill: Bill, name: str = "王强", position: str = "局长", **changes: Any) -> Item:
    """Add an item whose post means a position of the table."""
    line = position_named(bill, position)
    values = {"position_id": line.id, "organ_type": line.organ_type, "form": line.form}
    return make_item(bill, name, **(values | changes))


def take_in_review(bill: Bill, *items: Item) -> None:
    """Begin the review of items."""
    review.begin_review(bill.id, bill.committee_id, [item.id for item in items], MACHINE, NINE)


def lose(item: Item, now: datetime) -> None:
    """Let an item lose its vote at an instant."""
    for act in (Act.BEGIN_REVIEW, Act.CLEAR, Act.APPROVE, Act.PLACE, Act.REJECT):
        do(item, act, MACHINE, now)


def appoint(item: Item, day: date) -> None:
    """Let somebody be appointed on a day."""
    for act in (Act.BEGIN_REVIEW, Act.CLEAR, Act.APPROVE, Act.PLACE, Act.CARRY, Act.ANNOUNCE):
        do(item, act, MACHINE, NINE)
    item.announced_on = day


def against(item: Item, today: date = TODAY) -> list[OpenObjection]:
    """Return what speaks against an item."""
    db.session.flush()
    return objections_of(item.bill_id, today).get(item.id, [])


def kinds(item: Item, today: date = TODAY) -> list[Objection]:
    """Return of which kinds the objections are."""
    return [one.objection for one in against(item, today)]


def correction(item: Item, committee_id: int, **changes: Any) -> CorrectItem:
    """Return the command that leaves an item as it is, but for the changes."""
    values: dict[str, Any] = {
        "item_id": item.id,
        "committee_id": committee_id,
        "post": item.post,
        "form": item.form,
        "organ_type": item.organ_type,
        "position_id": item.position_id,
        "reason": item.reason,
    }
    return CorrectItem(**(values | changes))
