"""appointments.queries — reads bills, items and what the exam has to do with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, select, true

from exam_app.appointments.errors import NoSuchBill, NoSuchItem
from exam_app.appointments.models import Bill, DirectorsDecision, ExamRequirement, Item, ItemEvent, Position
from exam_app.appointments.rules import Nomination, Pass, is_term_change
from exam_app.appointments.states import AFTER_ANNOUNCEMENT, MUST_SIT, UNDECIDED, ExamStep, ItemState
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence
from exam_app.meetings.models import Meeting
from exam_app.meetings.queries import meetings_of
from exam_app.people.models import Account, Person
from exam_app.results import queries as results
from exam_app.results.models import Result
from exam_app.sittings.models import Sitting

FACTS_SET = "item.set_facts"


@dataclass(frozen=True)
class ItemRow:
    """An item with its person, the requirement that holds, and the exam it leads to."""

    item: Item
    person: Person
    requirement: ExamRequirement
    exam: Exam | None
    result: Result | None


@dataclass(frozen=True)
class BillRow:
    """A bill and how its items stand."""

    bill: Bill
    items: int
    waiting: int
    blocked: int
    announced: int


def get_bill(bill_id: int, committee_id: int) -> Bill:
    """Return the committee's bill, or raise NoSuchBill."""
    bill = db.session.get(Bill, bill_id)
    if bill is None or bill.committee_id != committee_id:
        raise NoSuchBill(bill=bill_id)
    return bill


def get_item(item_id: int, committee_id: int) -> tuple[Item, Bill]:
    """Return the committee's item and its bill, or raise NoSuchItem."""
    query = select(Item, Bill).join(Bill, Bill.id == Item.bill_id)
    row = db.session.execute(query.where(Item.id == item_id, Bill.committee_id == committee_id)).one_or_none()
    if row is None:
        raise NoSuchItem(item=item_id)
    return row[0], row[1]


def requirement_of(item_id: int) -> ExamRequirement:
    """Return the requirement that holds for an item: the newest."""
    query = select(ExamRequirement).where(ExamRequirement.item_id == item_id)
    return db.session.scalars(query.order_by(ExamRequirement.id.desc()).limit(1)).one()


def bills_of(committee_id: int, words: str = "") -> Select[Bill, int, int, int, int]:
    """Return the query of the committee's bills with their counts, latest first."""
    undecided = Item.state.in_(UNDECIDED)
    query = (
        select(
            Bill,
            func.count(Item.id),
            func.count(case((undecided & (Item.exam_step == ExamStep.OPEN), 1))),
            func.count(case((undecided & (Item.exam_step == ExamStep.BLOCKED), 1))),
            func.count(case((Item.state.in_({*AFTER_ANNOUNCEMENT, ItemState.ENDED}), 1))),
        )
        .outerjoin(Item, Item.bill_id == Bill.id)
        .where(Bill.committee_id == committee_id)
    )
    if words:
        named = select(Item.bill_id).join(Person, Person.id == Item.person_id)
        named = named.where(Person.name.contains(words, autoescape=True))
        texts = (Bill.title, Bill.document_number, Bill.submitting_organ)
        hits = [text.contains(words, autoescape=True) for text in texts]
        query = query.where(hits[0] | hits[1] | hits[2] | Bill.id.in_(named))
    return query.group_by(Bill.id).order_by(Bill.received_on.desc(), Bill.id.desc())


def list_items(bill_id: int) -> list[ItemRow]:
    """Return the items of a bill in their order, in one statement."""
    return [ItemRow(*row) for row in db.session.execute(item_rows().where(Item.bill_id == bill_id))]


def item_row(item_id: int) -> ItemRow:
    """Return one item as the lists show it."""
    return ItemRow(*db.session.execute(item_rows().where(Item.id == item_id)).one())


def count_to_do(committee_id: int, today: date) -> tuple[int, int, int]:
    """Count undecided items that wait to be registered for an exam, that it blocks, that other rules decided about."""
    newest = select(func.max(ExamRequirement.id)).group_by(ExamRequirement.item_id)
    must_sit = ExamRequirement.outcome.in_(MUST_SIT) & ExamRequirement.roster_entry_id.is_(None)
    in_force = committees.version_on(committee_id, today)
    query = (
        select(
            func.count(case(((Item.exam_step == ExamStep.OPEN) & must_sit, 1))),
            func.count(case((Item.exam_step == ExamStep.BLOCKED, 1))),
            func.count(case((ExamRequirement.local_rules_id.is_distinct_from(in_force), 1))),
        )
        .join(Bill, Bill.id == Item.bill_id)
        .join(ExamRequirement, ExamRequirement.item_id == Item.id)
        .where(Bill.committee_id == committee_id, Item.state.in_(UNDECIDED), ExamRequirement.id.in_(newest))
    )
    waiting, blocked, outdated = db.session.execute(query).one()
    return waiting, blocked, outdated


def item_rows() -> Select[Item, Person, ExamRequirement, Exam, Result]:
    """Return the query of items as the lists show them, each with the requirement that holds."""
    newest = select(func.max(ExamRequirement.id)).group_by(ExamRequirement.item_id)
    return (
        select(Item, Person, ExamRequirement, Exam, Result)
        .join(Person, Person.id == Item.person_id)
        .join(ExamRequirement, ExamRequirement.item_id == Item.id)
        .outerjoin(RosterEntry, RosterEntry.id == ExamRequirement.roster_entry_id)
        .outerjoin(Exam, Exam.id == RosterEntry.exam_id)
        .outerjoin(Result, Result.id == ExamRequirement.result_id)
        .where(ExamRequirement.id.in_(newest))
        .order_by(Item.bill_id, Item.number)
    )


def list_positions(committee_id: int) -> list[Position]:
    """Return the committee's table of positions."""
    query = select(Position).where(Position.committee_id == committee_id)
    return list(db.session.scalars(query.order_by(Position.id)))


def nominations(items: Iterable[Item], committee_id: int) -> dict[int, Nomination]:
    """Return what the decision about each of the committee's items rests on, in five statements."""
    known = {item.id: item for item in items}
    terms = committees.list_terms(committee_id)
    passed = results.passed_by({item.person_id for item in known.values()})
    own, noted = _own_passes(known), _evidence(known)
    return {
        item_id: Nomination(
            form=known[item_id].form,
            organ_type=known[item_id].organ_type,
            in_scope=in_scope,
            continues_in_post=known[item_id].continues_in_post,
            lateral_move=known[item_id].lateral_move,
            legally_qualified=known[item_id].legally_qualified,
            at_term_change=any(is_term_change(term.began_on, received_on) for term in terms),
            evidence=noted.get(item_id, ""),
            passes=tuple(
                Pass(
                    result_id=one.result_id,
                    organ_type=one.organ_type,
                    passed_on=one.day,
                    in_this_term=committees.same_term(terms, one.day, received_on),
                )
                for one in passed.get(known[item_id].person_id, ())
                if (item_id, one.result_id) not in own
            ),
        )
        for item_id, received_on, in_scope in _days_and_scopes(known)
    }


def _days_and_scopes(item_ids: Iterable[int]) -> list[tuple[int, date, bool]]:
    query = select(Item.id, Bill.received_on, func.coalesce(Position.in_scope, true())).join(Bill)
    query = query.outerjoin(Position, Position.id == Item.position_id).where(Item.id.in_(list(item_ids)))
    return [(row[0], row[1], bool(row[2])) for row in db.session.execute(query)]


def _own_passes(item_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Return item and result where the item's nominee, who had to sit, passed for this very item: no earlier pass."""
    newest = select(func.max(ExamRequirement.id)).group_by(ExamRequirement.item_id)
    query = (
        select(ItemEvent.item_id, ItemEvent.result_id)
        .join(ExamRequirement, ExamRequirement.item_id == ItemEvent.item_id)
        .where(ExamRequirement.id.in_(newest), ExamRequirement.outcome.in_(MUST_SIT))
        .where(ItemEvent.item_id.in_(list(item_ids)), ItemEvent.result_id.is_not(None))
    )
    return {(row[0], row[1]) for row in db.session.execute(query) if row[1]}


def _evidence(item_ids: Iterable[int]) -> dict[int, str]:
    """Return what was noted last as evidence for the facts about each item's nominee."""
    query = select(ItemEvent.item_id, ItemEvent.details).where(ItemEvent.verb == FACTS_SET)
    rows = db.session.execute(query.where(ItemEvent.item_id.in_(list(item_ids))).order_by(ItemEvent.id))
    return {row[0]: str(row[1].get("evidence", "")) for row in rows}


def results_behind(item_id: int) -> list[Result]:
    """Return the results that an item was told about."""
    told = select(ItemEvent.result_id).where(ItemEvent.item_id == item_id, ItemEvent.result_id.is_not(None))
    return list(db.session.scalars(select(Result).where(Result.id.in_(told))))


def items_of_absent(exam_id: int) -> list[Item]:
    """Return the open items whose newest requirement leads to this exam, which the nominee missed unexcused."""
    newest = select(func.max(ExamRequirement.id)).group_by(ExamRequirement.item_id)
    query = (
        select(Item)
        .join(ExamRequirement, ExamRequirement.item_id == Item.id)
        .join(RosterEntry, RosterEntry.id == ExamRequirement.roster_entry_id)
        .where(ExamRequirement.id.in_(newest), ExamRequirement.outcome.in_(MUST_SIT))
        .where(RosterEntry.exam_id == exam_id, RosterEntry.absence == Absence.UNEXCUSED)
        .where(Item.state.in_(UNDECIDED), Item.exam_step == ExamStep.OPEN)
    )
    return list(db.session.scalars(query.order_by(Item.id).with_for_update(of=Item)))


def items_concerned(result: Result) -> list[Item]:
    """Return the items a result speaks about: on whose roster entry, by whose evidence, or of the same nominee.

    The last covers make-up exams and pasted rosters: an undecided item of the person, for the same kind of organ.
    """
    entry = db.session.scalars(
        select(RosterEntry)
        .join(Sitting, Sitting.roster_entry_id == RosterEntry.id)
        .where(Sitting.id == result.sitting_id)
    ).one()
    linked = select(ExamRequirement.item_id).where(
        (ExamRequirement.roster_entry_id == entry.id) | (ExamRequirement.result_id == result.id)
    )
    newest = select(func.max(ExamRequirement.id)).group_by(ExamRequirement.item_id)
    must_sit = select(ExamRequirement.item_id).where(
        ExamRequirement.id.in_(newest), ExamRequirement.outcome.in_(MUST_SIT)
    )
    same_nominee = (
        (Item.person_id == entry.person_id)
        & (Item.organ_type == entry.organ_type)
        & (Item.state.in_(UNDECIDED))
        & Item.exam_step.in_((ExamStep.OPEN, ExamStep.BLOCKED))
        & Item.id.in_(must_sit)
    )
    query = select(Item).where(Item.id.in_(linked) | same_nominee).order_by(Item.id).with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def last_word(item_id: int, result_id: int) -> str:
    """Return the verb of the latest event by which the result spoke about the item, empty if it never did."""
    query = select(ItemEvent.verb).where(ItemEvent.item_id == item_id, ItemEvent.result_id == result_id)
    return db.session.scalar(query.order_by(ItemEvent.id.desc()).limit(1)) or ""


def is_announced(result_id: int) -> bool:
    """Whether the standing committee has announced an appointment that rests on this result."""
    query = (
        select(Item.id)
        .join(ExamRequirement, ExamRequirement.item_id == Item.id)
        .where(
            ExamRequirement.result_id == result_id,
            Item.state.in_({*AFTER_ANNOUNCEMENT, ItemState.ENDED}),
            Item.announced_on.is_not(None),
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def list_events(item_id: int) -> list[tuple[ItemEvent, str]]:
    """Return what happened to an item and who did it, latest first."""
    query = select(ItemEvent, func.coalesce(Account.display_name, ""))
    query = query.outerjoin(Account, Account.id == ItemEvent.actor_id).where(ItemEvent.item_id == item_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(ItemEvent.id.desc()))]


def meetings_deciding(item_id: int, committee_id: int) -> list[tuple[Meeting, int, DirectorsDecision | None]]:
    """Return the committee's meetings with their terms' numbers, latest first, each with its decisions about the item.

    A meeting that decided several times about the item comes as often.
    """
    about_it = (DirectorsDecision.meeting_id == Meeting.id) & (DirectorsDecision.item_id == item_id)
    query = meetings_of(committee_id).outerjoin(DirectorsDecision, about_it).add_columns(DirectorsDecision)
    rows = db.session.execute(query.order_by(DirectorsDecision.id))
    return [(row[0], row[1], row[2]) for row in rows]


def entries_on(exam_id: int, person_ids: Iterable[int]) -> dict[int, RosterEntry]:
    """Return the roster entries that the persons already have in the exam."""
    query = select(RosterEntry).where(RosterEntry.exam_id == exam_id, RosterEntry.person_id.in_(list(person_ids)))
    return {entry.person_id: entry for entry in db.session.scalars(query)}


def items_of(bill_id: int, item_ids: Sequence[int]) -> list[Item]:
    """Return those items of the bill, locked, or raise NoSuchItem for one that is not in it."""
    query = select(Item).where(Item.bill_id == bill_id, Item.id.in_(item_ids)).order_by(Item.number)
    found = list(db.session.scalars(query.with_for_update()))
    if len(found) != len(set(item_ids)):
        raise NoSuchItem(bill=bill_id)
    return found
