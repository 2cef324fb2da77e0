"""intake.service — a whole list: whom its rows mean, what they repeat, and all of them becoming items or none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from exam_app.appointments import bills
from exam_app.appointments.bills import AddItem
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.positions import same_post
from exam_app.appointments.queries import list_positions
from exam_app.appointments.states import AFTER_ANNOUNCEMENT, APPOINTING_FORMS, Form
from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.committees.queries import get_committee
from exam_app.intake.errors import NoRowsLeft, RowKnown, RowsUnsettled, RowTwice
from exam_app.intake.placing import Answers, Doubt, Row, Verdict, expanded, placed
from exam_app.intake.reading import Listed, Reading
from exam_app.people import nominees
from exam_app.people import service as people
from exam_app.people.errors import PhoneListedTwice
from exam_app.people.lists import ListedPerson, are_same
from exam_app.people.models import Person
from exam_app.people.nominees import NEW, Nominee
from exam_app.people.service import ListMatch


def understand(bill: Bill, reading: Reading, answers: Answers) -> list[Row]:
    """Return every row of a list with what is known, asked and wrong about it, in a fixed number of statements."""
    positions = list_positions(bill.committee_id)
    listed = [one for row in reading.rows for one in expanded(row, answers)]
    rows = [placed(one, positions, answers) for one in listed]
    return _told_twice(bill, _known(bill.committee_id, rows, answers))


def _known(committee_id: int, rows: Sequence[Row], answers: Answers) -> list[Row]:
    """Find out whom each row means; a second row of one name, not told apart, means the first one's person."""
    matches = people.match_list(committee_id, [_as_person(row.listed) for row in rows])
    first: dict[str, list[Row]] = {}
    phones: dict[str, Row] = {}
    found = []
    for row, match in zip(rows, matches, strict=True):
        known = row
        if match.listed.name and not row.is_left_out:
            earlier = first.setdefault(match.listed.name, [])
            twin = next((one for one in earlier if are_same(match.listed, _as_person(one.listed))), None)
            known = _as_twin(row, twin) if twin else _asked(row, match, answers)
            earlier += [] if twin else [known]
            known = _phone_checked(known, phones)
        found.append(known)
    return found


def _as_twin(row: Row, twin: Row) -> Row:
    return replace(row, twin=twin.key, person=twin.person, choices=twin.choices, choice=twin.choice)


def _asked(row: Row, match: ListMatch, answers: Answers) -> Row:
    """Return the row with the person it means, or with the choice that has to be made."""
    choice = answers.get(f"person-{row.key}", "")
    allowed = {NEW, *(str(person.id) for person in match.choices)}
    chosen = next((person for person in match.choices if str(person.id) == choice), None)
    known = replace(
        row,
        person=match.person or chosen,
        choices=match.choices,
        choice=choice if choice in allowed else "",
    )
    return replace(known, doubts=(*row.doubts, Doubt("person"))) if known.choices and not known.choice else known


def _phone_checked(row: Row, phones: dict[str, Row]) -> Row:
    other = phones.setdefault(row.listed.phone, row) if row.listed.phone else row
    if other.listed.name == row.listed.name:
        return row
    return replace(row, faults=(*row.faults, PhoneListedTwice(row=row.listed.line, first=other.listed.line)))


def _as_person(listed: Listed) -> ListedPerson:
    return ListedPerson(row=listed.line, name=listed.name, unit=listed.unit, post=listed.present, phone=listed.phone)


def _told_twice(bill: Bill, rows: Sequence[Row]) -> list[Row]:
    """Mark rows that repeat an earlier row or an item that the bill has."""
    query = select(Item.person_id, Item.post, Item.form).where(Item.bill_id == bill.id)
    held = {(str(row[0]), row[1], row[2]) for row in db.session.execute(query)}
    lines: dict[tuple[str, str, Form | None], int] = {}
    marked = []
    for row in rows:
        key = (_whose(row), row.listed.post, row.form)
        if row.is_left_out or row.form is None or not row.listed.name:
            marked.append(row)
            continue
        fault = RowTwice(first=lines[key]) if key in lines else RowKnown() if key in held else None
        lines.setdefault(key, row.listed.line)
        marked.append(replace(row, faults=(*row.faults, fault)) if fault else row)
    return marked


def _whose(row: Row) -> str:
    return str(row.person.id) if row.person else f"row {row.twin or row.key}"


def add(bill: Bill, rows: Iterable[Row], actor: Actor, now: datetime) -> list[Item]:
    """Add every row that is not left out as an item of the bill, all or none."""
    taken = [row for row in rows if not row.is_left_out]
    unsettled = sum(row.verdict is not Verdict.READY for row in taken)
    if unsettled:
        raise RowsUnsettled(count=unsettled)
    if not taken:
        raise NoRowsLeft
    persons: dict[str, Person] = {}
    for row in taken:
        persons[row.key] = persons.get(row.twin) or _person(bill, row, actor, now)
        if row.takes_news:
            nominees.renew(persons[row.key], row.listed.unit, row.listed.present, actor, now)
    held = _held(bill.committee_id, {person.id for person in persons.values()})
    place = get_committee(bill.committee_id).short_name
    wanted = [(_command(bill, row, _ends(row, persons[row.key], held, place)), persons[row.key]) for row in taken]
    return bills.add_items(wanted, actor, now)


def _person(bill: Bill, row: Row, actor: Actor, now: datetime) -> Person:
    return row.person or nominees.settle(bill.committee_id, _nominee(row), actor, now)


def _nominee(row: Row) -> Nominee:
    one = row.listed
    return Nominee(name=one.name, unit=one.unit, post=one.present, phone=one.phone, choice=NEW)


def _command(bill: Bill, row: Row, ends_item_id: int | None) -> AddItem:
    assert row.form is not None and row.organ is not None
    return AddItem(
        bill_id=bill.id,
        committee_id=bill.committee_id,
        nominee=_nominee(row),
        organ_type=row.organ,
        post=row.listed.post,
        form=row.form,
        position_id=row.position.id if row.position else None,
        reason=row.listed.reason,
        ends_item_id=ends_item_id,
    )


def _held(committee_id: int, person_ids: set[int]) -> dict[int, list[Item]]:
    """Return the appointments in force of the persons."""
    query = select(Item).join(Bill, Bill.id == Item.bill_id).where(Bill.committee_id == committee_id)
    query = query.where(Item.form.in_(APPOINTING_FORMS), Item.state.in_(AFTER_ANNOUNCEMENT))
    held: dict[int, list[Item]] = {}
    for item in db.session.scalars(query.where(Item.person_id.in_(person_ids))):
        held.setdefault(item.person_id, []).append(item)
    return held


def _ends(row: Row, person: Person, held: dict[int, list[Item]], place: str) -> int | None:
    """Return the one appointment that a removal ends, None where there is none or several could be meant."""
    if row.form in APPOINTING_FORMS:
        return None
    post = same_post(row.listed.post, place)
    ended = [one.id for one in held.get(person.id, []) if same_post(one.post, place) == post]
    return ended[0] if len(ended) == 1 else None
