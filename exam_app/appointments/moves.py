"""appointments.moves — the one place where an item's state changes: an act of the table, on record, in the audit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from exam_app.appointments.errors import ItemCannot, NoSuchItem, NothingChosen
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import ACTS, ITEM_MOVES, Act
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.people.models import Person


def lock_items(item_ids: Sequence[int], committee_id: int) -> list[Item]:
    """Return the committee's items, locked and read anew in the order of their ids; all of them, or refuse."""
    wanted = set(item_ids)
    if not wanted:
        raise NothingChosen
    query = select(Item).join(Bill, Bill.id == Item.bill_id).where(Bill.committee_id == committee_id)
    query = query.where(Item.id.in_(wanted)).order_by(Item.id).with_for_update(of=Item)
    found = list(db.session.scalars(query.execution_options(populate_existing=True)))
    if len(found) != len(wanted):
        raise NoSuchItem(items=sorted(wanted - {item.id for item in found}))
    return found


def check(item: Item, act: Act) -> None:
    """Raise ItemCannot unless the act may be done to the item as it stands."""
    if item.state not in ACTS[act][0]:
        raise cannot(item, act.value)


def cannot(item: Item, act: str) -> ItemCannot:
    """Return the refusal of an act, with the facts that its words name."""
    return ItemCannot(name=name_of(item), post=item.post, act=act, state=item.state.value)


def name_of(item: Item) -> str:
    """Return the name of the person whom an item is about, for a refusal."""
    return db.session.get_one(Person, item.person_id).name


def do(item: Item, act: Act, actor: Actor, now: datetime, details: dict[str, Any] | None = None) -> Item:
    """Do one act to an item, or raise ItemCannot with nothing changed."""
    check(item, act)
    item.state = move(item.state, ACTS[act][1], ITEM_MOVES)
    record(item, f"item.{act.value}", actor, now, details or {})
    return item


def record(
    item: Item, verb: str, actor: Actor, now: datetime, details: dict[str, Any], result_id: int | None = None
) -> None:
    """Put what happened to an item on its record and into the audit."""
    event = ItemEvent(
        item_id=item.id, verb=verb, at=now, actor_id=actor.account_id, result_id=result_id, details=details
    )
    db.session.add(event)
    noted = details if result_id is None else {**details, "result": result_id}
    committee_id = db.session.get_one(Bill, item.bill_id).committee_id
    audit.note(actor, verb, about=f"item:{item.id}", now=now, committee_id=committee_id, details=noted)
