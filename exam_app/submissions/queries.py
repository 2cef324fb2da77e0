"""submissions.queries — reads the checklist of papers, correction notices and what speaks against items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from exam_app.appointments.models import Bill, Item, ItemEvent, Position
from exam_app.appointments.positions import same_post
from exam_app.appointments.states import PASSED_STATES, UNDECIDED, Form, ItemState
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees.models import Committee
from exam_app.committees.queries import rules_on
from exam_app.committees.rules import LocalRules
from exam_app.meetings.models import Meeting
from exam_app.meetings.queries import term_and_members
from exam_app.people.models import Person
from exam_app.submissions.errors import NoSuchNotice, NoSuchPaper
from exam_app.submissions.models import Attachment, CorrectionItem, CorrectionNotice, ObjectionAnswer
from exam_app.submissions.objections import GRAVE, Asked, Earlier, Facts, Record, facts_of, objections
from exam_app.submissions.states import AttachmentKind, Objection, needed

VOTED = PASSED_STATES | {ItemState.VOTED_FAILED}
REJECTED = "item.reject"
Key = tuple[int | None, AttachmentKind]


@dataclass(frozen=True, kw_only=True)
class ChecklistLine:
    """A paper that is needed or was recorded; `item` is None for a paper of the bill itself."""

    item: Item | None
    person: Person | None
    kind: AttachmentKind
    is_needed: bool
    attachment: Attachment | None

    @property
    def is_missing(self) -> bool:
        """Whether the paper is needed, has not come and was not waived."""
        return self.is_needed and not (self.attachment and (self.attachment.received_on or self.is_waived))

    @property
    def is_waived(self) -> bool:
        """Whether the paper need not come."""
        return bool(self.attachment and self.attachment.waived_because and not self.attachment.received_on)


@dataclass(frozen=True)
class OpenObjection:
    """Something that speaks against an item, with the facts its words name, and why it may stand all the same."""

    objection: Objection
    facts: dict[str, Any]
    answer: ObjectionAnswer | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet why the item may stand."""
        return self.answer is None

    @property
    def is_grave(self) -> bool:
        """Whether the directors see it together with the answer."""
        return self.objection in GRAVE


def checklist(bill_id: int) -> list[ChecklistLine]:
    """Return every paper of a bill and its items, in their order; withdrawn and voted items need none."""
    query = select(Item, Person).join(Person, Person.id == Item.person_id).where(Item.bill_id == bill_id)
    rows = [(row[0], row[1]) for row in db.session.execute(query.order_by(Item.number))]
    papers = select(Attachment).where(Attachment.bill_id == bill_id).order_by(Attachment.id)
    recorded = {(paper.item_id, paper.kind): paper for paper in db.session.scalars(papers)}
    lines = list(_lines(None, None, None, recorded))
    for item, person in rows:
        lines += _lines(item, person, item.form, recorded)
    return lines


def _lines(
    item: Item | None, person: Person | None, form: Form | None, recorded: dict[Key, Attachment]
) -> Iterable[ChecklistLine]:
    item_id = item.id if item else None
    asked = needed(form) if item is None or item.state in UNDECIDED else ()
    for kind in (*asked, *(kind for kind in AttachmentKind if kind not in asked)):
        attachment = recorded.get((item_id, kind))
        if kind in asked or attachment:
            yield ChecklistLine(item=item, person=person, kind=kind, is_needed=kind in asked, attachment=attachment)


def count_missing(bill_id: int) -> int:
    """Return how many papers of the bill are still missing."""
    return sum(line.is_missing for line in checklist(bill_id))


def get_attachment(attachment_id: int, committee_id: int) -> tuple[Attachment, Bill]:
    """Return the committee's paper and its bill, or raise NoSuchPaper."""
    query = select(Attachment, Bill).join(Bill, Bill.id == Attachment.bill_id)
    query = query.where(Attachment.id == attachment_id, Bill.committee_id == committee_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NoSuchPaper(paper=attachment_id)
    return row[0], row[1]


def objections_of(
    bill_id: int, today: date, item_ids: Iterable[int] | None = None, rules: LocalRules | None = None
) -> dict[int, list[OpenObjection]]:
    """Return what speaks against each undecided item of a bill; an item without objections is left out.

    `rules` are those of the day, for whoever has read them already.
    """
    bill = db.session.get_one(Bill, bill_id)
    wanted = Item.bill_id == bill_id
    if item_ids is not None:
        wanted &= Item.id.in_(list(item_ids))
    return _objections(bill.committee_id, wanted, today, rules)


def objections_among(committee_id: int, item_ids: Iterable[int], today: date) -> dict[int, list[OpenObjection]]:
    """Return what speaks against these undecided items, of whatever bills, in as many statements as for one bill."""
    return _objections(committee_id, Item.id.in_(list(item_ids)), today)


def _objections(
    committee_id: int, wanted: ColumnElement[bool], today: date, rules: LocalRules | None = None
) -> dict[int, list[OpenObjection]]:
    rows = db.session.execute(_undecided(wanted)).all()
    if not rows:
        return {}
    asked_of: dict[Bill, list[Asked]] = {}
    for item, person, position, bill, _committee in rows:
        asked_of.setdefault(bill, []).append((item, person, position))
    record = _record(rows[0][-1], [one for asked in asked_of.values() for one in asked], today)
    facts: dict[int, Facts] = {}
    for bill, asked in asked_of.items():
        facts |= facts_of(bill, asked, record)
    rules = rules or rules_on(committee_id, today).rules
    answers = _answers(list(facts))
    found = {
        item_id: [
            OpenObjection(one.objection, one.facts, answers.get((item_id, one.objection)))
            for one in objections(of_item, rules)
        ]
        for item_id, of_item in facts.items()
    }
    return {item_id: ones for item_id, ones in found.items() if ones}


def _undecided(wanted: ColumnElement[bool]) -> Select[Item, Person, Position, Bill, Committee]:
    query = select(Item, Person, Position, Bill, Committee).join(Person, Person.id == Item.person_id)
    query = query.join(Bill, Bill.id == Item.bill_id).join(Committee, Committee.id == Bill.committee_id)
    query = query.outerjoin(Position, Position.id == Item.position_id)
    return query.where(wanted, Item.state.in_(UNDECIDED)).order_by(Item.bill_id, Item.number)


def _record(committee: Committee, asked: Sequence[Asked], today: date) -> Record:
    """Return what may speak about the items, in as many statements for five hundred of them as for one."""
    place = committee.short_name
    term, members = term_and_members(committee.id, today)
    return Record(
        place=place,
        today=today,
        term=term,
        members=members,
        earlier=tuple(_earlier(committee.id, place, asked)),
    )


def _earlier(committee_id: int, place: str, asked: Sequence[Asked]) -> Iterable[Earlier]:
    rows = [(row[0], row[1]) for row in db.session.execute(_related(committee_id, place, asked))]
    lost = _days_lost([item.id for item, _person in rows if item.state is ItemState.VOTED_FAILED])
    for item, person in rows:
        yield Earlier(item, person, same_post(item.post, place), lost.get(item.id, item.announced_on))


def _related(committee_id: int, place: str, asked: Sequence[Asked]) -> Select[Item, Person]:
    """Return the query of the committee's items about the same persons or the same posts, however written."""
    plain = {same_post(row[0].post, place) for row in asked}
    written = {f"{prefix}{post}" for prefix in ("", place, place[-1:]) for post in plain}
    written |= {row[0].post for row in asked}
    query = select(Item, Person).join(Person, Person.id == Item.person_id).join(Bill, Bill.id == Item.bill_id)
    query = query.where(Bill.committee_id == committee_id, Item.state.in_(UNDECIDED | VOTED))
    return query.where(Item.post.in_(written) | Item.person_id.in_({row[1].id for row in asked})).order_by(Item.id)


def _days_lost(item_ids: Sequence[int]) -> dict[int, date]:
    """Return on which day each of the items lost its vote: that of the meeting."""
    if not item_ids:
        return {}
    query = select(ItemEvent.item_id, ItemEvent.at, Meeting.held_on)
    query = query.outerjoin(Meeting, Meeting.id == ItemEvent.details["meeting"].as_integer())
    query = query.where(ItemEvent.item_id.in_(item_ids), ItemEvent.verb == REJECTED)
    rows = db.session.execute(query.order_by(ItemEvent.id))
    return {item_id: held_on or local_date(at) for item_id, at, held_on in rows}


def _answers(item_ids: Sequence[int]) -> dict[tuple[int, Objection], ObjectionAnswer]:
    query = select(ObjectionAnswer).where(ObjectionAnswer.item_id.in_(item_ids))
    return {(answer.item_id, answer.objection): answer for answer in db.session.scalars(query)}


def answers_of(item_ids: Sequence[int]) -> dict[int, list[ObjectionAnswer]]:
    """Return why items may stand although something spoke against them, for whoever decides after the clerk."""
    found: dict[int, list[ObjectionAnswer]] = {}
    for (item_id, _objection), answer in sorted(_answers(item_ids).items()):
        found.setdefault(item_id, []).append(answer)
    return found


def get_notice(notice_id: int, committee_id: int) -> tuple[CorrectionNotice, Bill]:
    """Return the committee's correction notice and its bill, or raise NoSuchNotice."""
    query = select(CorrectionNotice, Bill).join(Bill, Bill.id == CorrectionNotice.bill_id)
    query = query.where(CorrectionNotice.id == notice_id, Bill.committee_id == committee_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NoSuchNotice(notice=notice_id)
    return row[0], row[1]


def notices_of(bill_id: int) -> list[CorrectionNotice]:
    """Return the correction notices of a bill, newest first."""
    query = select(CorrectionNotice).where(CorrectionNotice.bill_id == bill_id)
    return list(db.session.scalars(query.order_by(CorrectionNotice.number.desc())))


def items_of_notices(notice_ids: Sequence[int]) -> dict[int, list[tuple[Item, Person]]]:
    """Return which items each of the notices is about, in the order of the bill."""
    query = select(CorrectionItem.notice_id, Item, Person).join(Item, Item.id == CorrectionItem.item_id)
    query = query.join(Person, Person.id == Item.person_id).where(CorrectionItem.notice_id.in_(notice_ids))
    found: dict[int, list[tuple[Item, Person]]] = {notice_id: [] for notice_id in notice_ids}
    for notice_id, item, person in db.session.execute(query.order_by(Item.number)):
        found[notice_id].append((item, person))
    return found


def open_notices(committee_id: int) -> list[tuple[CorrectionNotice, Bill]]:
    """Return the committee's notices that wait for an answer, the most urgent first."""
    query = select(CorrectionNotice, Bill).join(Bill, Bill.id == CorrectionNotice.bill_id)
    query = query.where(Bill.committee_id == committee_id, CorrectionNotice.answered_on.is_(None))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(CorrectionNotice.due_on))]
