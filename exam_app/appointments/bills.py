"""appointments.bills — registers bills and their items, and the table of positions they choose from."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from exam_app.appointments import queries, service
from exam_app.appointments.errors import BillInvalid, BillNumberTaken, ItemTwice, NomineeUnclear, PostMissing
from exam_app.appointments.models import Bill, Item, ItemEvent, Position
from exam_app.appointments.positions import posts_at
from exam_app.appointments.states import Form
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees.queries import get_committee
from exam_app.people import service as people
from exam_app.people.lists import ListedPerson
from exam_app.people.models import Person
from exam_app.people.rules import clean_name, clean_phone
from exam_app.people.service import ListMatch
from question_bank.kinds import OrganType

NEW = "new"


@dataclass(frozen=True, kw_only=True)
class RegisterBill:
    """A submission as it came in."""

    committee_id: int
    title: str
    submitting_organ: str
    document_number: str
    received_on: date


@dataclass(frozen=True, kw_only=True)
class Nominee:
    """A person as a bill names them. `choice`: id of a known person, or "new"; empty where nobody was asked."""

    name: str
    unit: str = ""
    post: str = ""
    phone: str = ""
    choice: str = ""


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


def register_bill(command: RegisterBill, actor: Actor, now: datetime) -> Bill:
    """Register a bill, or refuse."""
    texts = [command.title.strip(), command.submitting_organ.strip(), command.document_number.strip()]
    if not all(texts) or command.received_on > local_date(now):
        raise BillInvalid(received_on=command.received_on)
    taken = select(Bill.id).where(Bill.committee_id == command.committee_id, Bill.document_number == texts[2])
    if db.session.scalar(taken) is not None:
        raise BillNumberTaken(number=texts[2])
    bill = Bill(
        committee_id=command.committee_id,
        title=texts[0],
        submitting_organ=texts[1],
        document_number=texts[2],
        received_on=command.received_on,
        created_at=now,
    )
    db.session.add(bill)
    load_positions(command.committee_id)
    db.session.flush()  # the audit line needs the id
    details = {"number": bill.document_number}
    audit.note(
        actor, "bill.register", about=f"bill:{bill.id}", now=now, committee_id=bill.committee_id, details=details
    )
    return bill


def load_positions(committee_id: int) -> None:
    """Give the committee the usual posts of its level, unless it has a table already."""
    if db.session.scalar(select(Position.id).where(Position.committee_id == committee_id).limit(1)) is not None:
        return
    for organ_type, post in posts_at(get_committee(committee_id).level):
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


def add_item(command: AddItem, actor: Actor, now: datetime) -> Item:
    """Add an item to a bill and decide whether its nominee must sit."""
    bill = queries.get_bill(command.bill_id, command.committee_id)
    post = command.post.strip()
    if not 1 <= len(post) <= 120:
        raise PostMissing(name=command.nominee.name)
    person = settle(command.committee_id, command.nominee, actor, now)
    _refuse_twice(bill, person, post, command.form)
    item = Item(
        bill_id=bill.id,
        number=_next_number(bill),
        person_id=person.id,
        position_id=_own_position(command),
        organ_type=command.organ_type,
        post=post,
        form=command.form,
        continues_in_post=command.continues_in_post,
        lateral_move=command.lateral_move,
        legally_qualified=command.legally_qualified,
    )
    db.session.add(item)
    db.session.flush()  # events and the requirement need the id
    event = ItemEvent(item_id=item.id, verb="item.add", at=now, actor_id=actor.account_id, details={})
    db.session.add(event)
    audit.note(actor, "item.add", about=f"item:{item.id}", now=now, committee_id=bill.committee_id)
    service.decide_requirement(item, bill, actor, now)
    return item


def settle(committee_id: int, nominee: Nominee, actor: Actor, now: datetime) -> Person:
    """Return the known person the nominee is, or register a new one; raise NomineeUnclear if only people can tell."""
    if nominee.choice.isdigit():
        return people.get_person(int(nominee.choice), committee_id)
    if nominee.choice != NEW:
        match = match_nominee(committee_id, nominee)
        if match.person is not None:
            return match.person
        if match.choices:
            raise NomineeUnclear(name=match.listed.name, count=len(match.choices))
    command = people.RegisterPerson(
        committee_id=committee_id, name=nominee.name, unit=nominee.unit, post=nominee.post, phone=nominee.phone
    )
    return people.register(command, actor, now)


def match_nominee(committee_id: int, nominee: Nominee) -> ListMatch:
    """Find out whom a nominee means, by the same rules as the rows of a list."""
    listed = ListedPerson(
        row=1,
        name=clean_name(nominee.name),
        unit=nominee.unit.strip(),
        post=nominee.post.strip(),
        phone=clean_phone(nominee.phone),
    )
    return people.match_list(committee_id, [listed])[0]


def _refuse_twice(bill: Bill, person: Person, post: str, form: Form) -> None:
    query = select(Item.id).where(
        Item.bill_id == bill.id, Item.person_id == person.id, Item.post == post, Item.form == form
    )
    if db.session.scalar(query) is not None:
        raise ItemTwice(name=person.name, post=post)


def _next_number(bill: Bill) -> int:
    db.session.scalars(select(Bill.id).where(Bill.id == bill.id).with_for_update()).one()
    return (db.session.scalar(select(func.max(Item.number)).where(Item.bill_id == bill.id)) or 0) + 1


def _own_position(command: AddItem) -> int | None:
    position = db.session.get(Position, command.position_id) if command.position_id else None
    return position.id if position is not None and position.committee_id == command.committee_id else None
