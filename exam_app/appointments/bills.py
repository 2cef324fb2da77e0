"""appointments.bills — registers bills and their items, and the table of positions they choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from exam_app.appointments import queries, service
from exam_app.appointments.errors import (
    BillInvalid,
    BillNumberTaken,
    ItemTwice,
    NominatorUnknown,
    NoSuchPosition,
    PositionInvalid,
    PositionTaken,
    PostMissing,
)
from exam_app.appointments.models import Bill, Item, Position
from exam_app.appointments.moves import record
from exam_app.appointments.positions import Post, nominator_named, posts_at
from exam_app.appointments.states import APPOINTING_FORMS, Form
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees.queries import get_committee
from exam_app.people.models import Person
from exam_app.people.nominees import NEW as NEW
from exam_app.people.nominees import Nominee as Nominee
from exam_app.people.nominees import match_nominee as match_nominee
from exam_app.people.nominees import settle as settle
from question_bank.kinds import OrganType

POSITION_FACTS = ("organ_type", "name", "form", "nominator", "legal_basis", "in_scope")


@dataclass(frozen=True, kw_only=True)
class RegisterBill:
    """A submission as it came in."""

    committee_id: int
    title: str
    submitting_organ: str
    document_number: str
    received_on: date
    nominator: str = ""


@dataclass(frozen=True, kw_only=True)
class SavePosition:
    """A line of the committee's table of positions; a new one where `position_id` is None."""

    committee_id: int
    organ_type: OrganType
    name: str
    form: Form
    nominator: str
    legal_basis: str
    in_scope: bool
    position_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AddItem:
    """One person, one post, one form."""

    bill_id: int
    committee_id: int
    nominee: Nominee
    organ_type: OrganType
    post: str
    form: Form
    position_id: int | None = None
    continues_in_post: bool = False
    lateral_move: bool = False
    legally_qualified: bool = False
    reason: str = ""
    ends_item_id: int | None = None


def register_bill(command: RegisterBill, actor: Actor, now: datetime) -> Bill:
    """Register a bill, or refuse; without a nominator it takes the one that the submitting organ tells of."""
    texts = [command.title.strip(), command.submitting_organ.strip(), command.document_number.strip()]
    if not all(texts) or command.received_on > local_date(now):
        raise BillInvalid(received_on=command.received_on)
    taken = select(Bill.id).where(Bill.committee_id == command.committee_id, Bill.document_number == texts[2])
    if db.session.scalar(taken) is not None:
        raise BillNumberTaken(number=texts[2])
    load_positions(command.committee_id)
    bill = Bill(
        committee_id=command.committee_id,
        title=texts[0],
        submitting_organ=texts[1],
        document_number=texts[2],
        nominator=_nominator(command),
        received_on=command.received_on,
        created_at=now,
    )
    db.session.add(bill)
    db.session.flush()  # the audit line needs the id
    details = {"number": bill.document_number}
    audit.note(
        actor, "bill.register", about=f"bill:{bill.id}", now=now, committee_id=bill.committee_id, details=details
    )
    return bill


def nominators(committee_id: int) -> list[str]:
    """Return who nominates for the committee's positions, each once, in the order of the table."""
    own = [position.nominator for position in queries.list_positions(committee_id)]
    return list(dict.fromkeys(own or [post.nominator for _organ, post in _usual(committee_id)]))


def _nominator(command: RegisterBill) -> str:
    known, given = nominators(command.committee_id), command.nominator.strip()
    if given and given not in known:
        raise NominatorUnknown(nominator=given)
    return given or nominator_named(command.submitting_organ, known)


def correct_nominator(bill_id: int, committee_id: int, nominator: str, actor: Actor, now: datetime) -> Bill:
    """Correct who nominated, or raise NominatorUnknown for somebody whom the table does not name."""
    bill = queries.get_bill(bill_id, committee_id)
    if nominator not in nominators(committee_id):
        raise NominatorUnknown(nominator=nominator)
    if nominator != bill.nominator:
        details = {"before": bill.nominator, "after": nominator}
        bill.nominator = nominator
        about = f"bill:{bill.id}"
        audit.note(actor, "bill.correct", about=about, now=now, committee_id=committee_id, details=details)
    return bill


def _usual(committee_id: int) -> list[tuple[OrganType, Post]]:
    committee = get_committee(committee_id)
    return posts_at(committee.level, committee.short_name)


def load_positions(committee_id: int) -> None:
    """Give the committee the usual posts of its level, unless it has a table already."""
    if db.session.scalar(select(Position.id).where(Position.committee_id == committee_id).limit(1)) is None:
        _add_usual(committee_id, set())


def complete_positions(committee_id: int, actor: Actor, now: datetime) -> int:
    """Add the usual posts that the committee's table lacks, and return how many."""
    known = {(one.organ_type, one.name) for one in queries.list_positions(committee_id)}
    added = _add_usual(committee_id, known)
    if added:
        details = {"count": added}
        about = f"committee:{committee_id}"
        audit.note(actor, "position.complete", about=about, now=now, committee_id=committee_id, details=details)
    return added


def _add_usual(committee_id: int, known: set[tuple[OrganType, str]]) -> int:
    missing = [(organ, post) for organ, post in _usual(committee_id) if (organ, post.name) not in known]
    for organ_type, post in missing:
        position = Position(
            committee_id=committee_id,
            organ_type=organ_type,
            name=post.name,
            form=post.form,
            nominator=post.nominator,
            legal_basis=post.legal_basis,
            in_scope=post.in_scope,
        )
        db.session.add(position)
    db.session.flush()  # the same act reads them
    return len(missing)


def save_position(command: SavePosition, actor: Actor, now: datetime) -> Position:
    """Add a line to the table of positions or change one; items keep the line they name."""
    texts = [command.name.strip(), command.nominator.strip(), command.legal_basis.strip()]
    if not all(texts) or command.form not in {*APPOINTING_FORMS, Form.ACCEPT_RESIGNATION}:
        raise PositionInvalid(name=texts[0])
    position = _position(command)
    same = select(Position.id).where(
        Position.committee_id == command.committee_id,
        Position.organ_type == command.organ_type,
        Position.name == texts[0],
        Position.id != (position.id or 0),
    )
    with db.session.no_autoflush:
        if db.session.scalar(same) is not None:
            raise PositionTaken(name=texts[0])
    was = {name: str(getattr(position, name) or "") for name in POSITION_FACTS} if position.id else {}
    position.organ_type, position.form, position.in_scope = command.organ_type, command.form, command.in_scope
    position.name, position.nominator, position.legal_basis = texts
    db.session.add(position)
    db.session.flush()  # the audit line needs the id
    details = {"name": position.name, "before": was} if was else {"name": position.name}
    about = f"position:{position.id}"
    audit.note(actor, "position.save", about=about, now=now, committee_id=command.committee_id, details=details)
    return position


def get_position(position_id: int, committee_id: int) -> Position:
    """Return the line of the committee's table, or raise NoSuchPosition."""
    position = db.session.get(Position, position_id)
    if position is None or position.committee_id != committee_id:
        raise NoSuchPosition(position=position_id)
    return position


def _position(command: SavePosition) -> Position:
    if command.position_id is None:
        return Position(committee_id=command.committee_id)
    return get_position(command.position_id, command.committee_id)


def add_item(command: AddItem, actor: Actor, now: datetime) -> Item:
    """Add an item to a bill and decide whether its nominee must sit."""
    queries.get_bill(command.bill_id, command.committee_id)
    if not 1 <= len(command.post.strip()) <= 120:
        raise PostMissing(name=command.nominee.name)
    person = settle(command.committee_id, command.nominee, actor, now)
    return add_items([(command, person)], actor, now)[0]


def add_items(wanted: Sequence[tuple[AddItem, Person]], actor: Actor, now: datetime) -> list[Item]:
    """Add items about known persons to one bill, all of them or none; five hundred are read and written together."""
    first = wanted[0][0]
    bill = queries.get_bill(first.bill_id, first.committee_id)
    number = _next_number(bill)
    _refuse_any_twice(bill, wanted)
    own = {position.id for position in queries.list_positions(bill.committee_id)}
    items = [_item(bill, number + place, command, person.id, own) for place, (command, person) in enumerate(wanted)]
    db.session.add_all(items)
    db.session.flush()  # events and the requirement need the ids
    for item in items:
        record(item, "item.add", actor, now, {})
    service.decide_requirements(items, bill, actor, now)
    return items


def _item(bill: Bill, number: int, command: AddItem, person_id: int, own: set[int]) -> Item:
    post = command.post.strip()
    if not 1 <= len(post) <= 120:
        raise PostMissing(name=command.nominee.name)
    return Item(
        bill_id=bill.id,
        number=number,
        person_id=person_id,
        position_id=command.position_id if command.position_id in own else None,
        organ_type=command.organ_type,
        post=post,
        form=command.form,
        continues_in_post=command.continues_in_post,
        lateral_move=command.lateral_move,
        legally_qualified=command.legally_qualified,
        reason=command.reason.strip()[:300],
        ends_item_id=command.ends_item_id,
    )


def _refuse_any_twice(bill: Bill, wanted: Sequence[tuple[AddItem, Person]]) -> None:
    query = select(Item.person_id, Item.post, Item.form).where(Item.bill_id == bill.id)
    named = {(row[0], row[1], row[2]) for row in db.session.execute(query)}
    for command, person in wanted:
        key = (person.id, command.post.strip(), command.form)
        if key in named:
            raise ItemTwice(name=person.name, post=command.post.strip())
        named.add(key)


def refuse_twice(bill: Bill, person: Person, post: str, form: Form, but: int = 0) -> None:
    """Raise ItemTwice if the bill names person, post and form already, in another item than `but`."""
    query = select(Item.id).where(
        Item.bill_id == bill.id, Item.person_id == person.id, Item.post == post, Item.form == form, Item.id != but
    )
    if db.session.scalar(query) is not None:
        raise ItemTwice(name=person.name, post=post)


def _next_number(bill: Bill) -> int:
    db.session.scalars(select(Bill.id).where(Bill.id == bill.id).with_for_update()).one()
    return (db.session.scalar(select(func.max(Item.number)).where(Item.bill_id == bill.id)) or 0) + 1
