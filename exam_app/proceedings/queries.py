"""proceedings.queries — reads items with all that the procedure holds about them, and what waits for whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, literal, select
from sqlalchemy.orm import aliased

from exam_app.appointments.errors import NoSuchItem
from exam_app.appointments.models import Bill, DirectorsDecision, ExamRequirement, Item
from exam_app.appointments.positions import same_post
from exam_app.appointments.states import (
    ACTING_FORMS,
    AFTER_ANNOUNCEMENT,
    APPOINTING_FORMS,
    AT_THE_MEETING,
    IN_REVIEW,
    LETTER_FORMS,
    REMOVING_FORMS,
    DirectorsOutcome,
    ExamStep,
    ItemState,
)
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees.models import Term
from exam_app.committees.queries import get_committee
from exam_app.exams.models import Exam, RosterEntry
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.models import Person
from exam_app.proceedings.models import AgendaEntry, Letter, Oath, ReviewReport, Vote, VotedItem, WorkReport
from exam_app.proceedings.rules import ASSESSOR
from exam_app.proceedings.track import Standing
from exam_app.results.models import Result

ON_SUBMITTING = (DirectorsOutcome.SUBMIT, DirectorsOutcome.HOLD)
DEFERRED = ItemState.VOTE_DEFERRED
FOR_THE_DIRECTORS = frozenset({ItemState.EXAM_CLEARED, ItemState.DIRECTOR_MEETING_HELD, DEFERRED})
# Other names of the same tables: a subquery looks for the newest row of the table that its result is joined to.
HeldRequirement, Reviewed, Decided = aliased(ExamRequirement), aliased(ReviewReport), aliased(DirectorsDecision)
Live = aliased(AgendaEntry)


@dataclass(frozen=True)
class AgendaRow:
    """An item with the newest of everything about it; `entry` is empty for an item that is on no agenda.

    `decision` is what the directors said on submitting it; on a directors' meeting what that meeting decided.
    """

    entry: AgendaEntry | None
    item: Item
    person: Person
    bill: Bill
    requirement: ExamRequirement
    result: Result | None
    vote: Vote | None
    report: WorkReport | None
    letter: Letter | None
    oath: Oath | None
    decision: DirectorsDecision | None
    review: ReviewReport | None
    exam: Exam | None
    meeting: Meeting | None
    decided_on: date | None
    voted_on: date | None
    reported_on: date | None


@dataclass(frozen=True, kw_only=True)
class Board:
    """How many items wait: to be reviewed, corrected, decided by the directors, placed on the agenda, and so on.

    `held`: the directors look again; `deferred`: to be placed again; `office`: only taking office is left to record.
    """

    review: int
    correction: int
    directors: int
    held: int
    agenda: int
    deferred: int
    vote: int
    announcement: int
    letters: int
    oaths: int
    office: int


WAITS_FOR: Mapping[ItemState, str] = {
    ItemState.SUBMITTED: "review",
    ItemState.UNDER_REVIEW: "review",
    ItemState.RETURNED_FOR_CORRECTION: "correction",
    ItemState.EXAM_CLEARED: "directors",
    ItemState.DIRECTOR_MEETING_HELD: "held",
    ItemState.DIRECTOR_MEETING_APPROVED: "agenda",
    DEFERRED: "deferred",
    ItemState.ON_AGENDA: "vote",
    ItemState.REPORTED: "vote",
    ItemState.VOTED_PASSED: "announcement",
    ItemState.SWORN: "office",
}


def meeting_items(meeting_id: int, has_left: bool = False) -> list[AgendaRow]:
    """Return the items on the agenda of a meeting in their order; with `has_left` those that were taken off it."""
    meeting = db.session.get_one(Meeting, meeting_id)
    on_it = (AgendaEntry.item_id == Item.id) & (AgendaEntry.meeting_id == meeting_id)
    left = AgendaEntry.left_at.is_not(None) if has_left else AgendaEntry.left_at.is_(None)
    decided_at = meeting_id if meeting.kind is MeetingKind.DIRECTORS else None
    query = _records(on_it, decided_at, has_entry=True).where(left)
    return _rows(query.order_by(AgendaEntry.position, AgendaEntry.id))


def item_record(item_id: int, committee_id: int) -> AgendaRow:
    """Return the committee's item, its entry that on the standing committee's agenda, or raise NoSuchItem."""
    found = _rows(_standing_records().where(Item.id == item_id, Bill.committee_id == committee_id))
    if not found:
        raise NoSuchItem(item=item_id)
    return found[0]


def item_records(item_ids: Sequence[int]) -> list[AgendaRow]:
    """Return these items, each with all that is known of it, in one statement."""
    return _rows(_standing_records().where(Item.id.in_(item_ids)).order_by(Item.bill_id, Item.number))


def bill_records(bill_id: int) -> list[AgendaRow]:
    """Return the items of a bill in their order, each with all that is known of it, in one statement."""
    return _rows(_standing_records().where(Item.bill_id == bill_id).order_by(Item.number))


def candidates_for_agenda(committee_id: int, kind: MeetingKind, deferred: bool = True) -> list[AgendaRow]:
    """Return what may go on the agenda of a meeting of the kind, by bill and number; `deferred`: deferred items too."""
    waiting = (Item.state == ItemState.DIRECTOR_MEETING_APPROVED) | ((Item.state == DEFERRED) & literal(deferred))
    if kind is MeetingKind.DIRECTORS:
        # the directors may let items go on that the exam blocks
        blocked = Item.state.in_(IN_REVIEW) & (Item.exam_step == ExamStep.BLOCKED)
        waiting = Item.state.in_(FOR_THE_DIRECTORS) | blocked
    query = _standing_records().where(Bill.committee_id == committee_id, waiting)
    return _rows(query.order_by(Bill.received_on, Bill.id, Item.number))


def board(committee_id: int) -> Board:
    """Count the committee's items by what they wait for, in one statement."""
    assessors = func.count(case((Item.post.contains(ASSESSOR), 1)))
    query = select(Item.state, Item.form, func.count(Item.id), assessors).join(Bill, Bill.id == Item.bill_id)
    counts: Counter[str] = Counter()
    for state, form, count, not_here in db.session.execute(
        query.where(Bill.committee_id == committee_id).group_by(Item.state, Item.form)
    ):
        if state is ItemState.LETTER_ISSUED:
            counts.update(oaths=count - not_here, office=not_here)
        elif state is ItemState.ANNOUNCED:
            counts["letters" if form in LETTER_FORMS else "office" if form in APPOINTING_FORMS else ""] += count
        else:
            counts[WAITS_FOR.get(state, "")] += count
    return Board(**{field.name: counts[field.name] for field in fields(Board)})


def standing_of(row: AgendaRow) -> Standing:
    """Return the facts that the track of an item is made from."""
    return Standing(
        state=row.item.state,
        form=row.item.form,
        post=row.item.post,
        received_on=row.bill.received_on,
        requirement=row.requirement.outcome,
        exam_step=row.item.exam_step,
        exam_on=local_date(row.exam.opens_at) if row.exam else None,
        reviewed_on=local_date(row.review.reported_at) if row.review else None,
        decided_on=row.decided_on,
        meeting_on=row.meeting.held_on if row.meeting else None,
        reported_on=row.reported_on,
        voted_on=row.voted_on or row.item.announced_on,
        letter_on=row.letter.issued_on if row.letter else None,
        sworn_on=row.oath.sworn_on if row.oath else None,
        ended_on=row.item.ended_on,
    )


def _standing_records() -> Select[*tuple[Any, ...]]:
    """The records with the one live entry that an item can have on the standing committee's agendas."""
    live = (
        select(func.max(Live.id))
        .join(Meeting, Meeting.id == Live.meeting_id)
        .where(Live.item_id == Item.id, Live.left_at.is_(None), Meeting.kind == MeetingKind.STANDING_COMMITTEE)
        .correlate(Item)
        .scalar_subquery()
    )
    return _records(AgendaEntry.id == live)


def _records(
    entry: ColumnElement[bool], decided_at: int | None = None, has_entry: bool = False
) -> Select[*tuple[Any, ...]]:
    """Join an item to the newest row of each kind about it."""
    decided, voted, reported = aliased(Meeting), aliased(Meeting), aliased(Meeting)
    columns: tuple[Any, ...] = (
        *(AgendaEntry, Item, Person, Bill, ExamRequirement, Result, Vote, WorkReport, Letter, Oath),
        *(DirectorsDecision, ReviewReport, Exam, Meeting, decided.held_on, voted.held_on, reported.held_on),
    )
    said = Decided.outcome.in_(ON_SUBMITTING) if decided_at is None else Decided.meeting_id == decided_at
    query: Select[*tuple[Any, ...]] = select(*columns).select_from(Item)
    query = query.join(Person, Person.id == Item.person_id).join(Bill, Bill.id == Item.bill_id)
    query = query.join(ExamRequirement, ExamRequirement.id == _newest(HeldRequirement.id, HeldRequirement.item_id))
    query = query.outerjoin(RosterEntry, RosterEntry.id == ExamRequirement.roster_entry_id)
    query = query.outerjoin(Exam, Exam.id == RosterEntry.exam_id)
    query = query.outerjoin(Result, Result.id == ExamRequirement.result_id)
    query = query.join(AgendaEntry, entry, isouter=not has_entry).outerjoin(
        Meeting, Meeting.id == AgendaEntry.meeting_id
    )
    query = query.outerjoin(ReviewReport, ReviewReport.id == _newest(Reviewed.id, Reviewed.item_id))
    query = query.outerjoin(DirectorsDecision, DirectorsDecision.id == _newest(Decided.id, Decided.item_id, said))
    query = query.outerjoin(decided, decided.id == DirectorsDecision.meeting_id)
    query = query.outerjoin(Vote, Vote.id == _newest(VotedItem.vote_id, VotedItem.item_id))
    query = query.outerjoin(voted, voted.id == Vote.meeting_id)
    query = query.outerjoin(WorkReport, WorkReport.item_id == Item.id)
    query = query.outerjoin(reported, reported.id == WorkReport.meeting_id)
    query = query.outerjoin(Letter, Letter.item_id == Item.id)
    return query.outerjoin(Oath, Oath.item_id == Item.id)


def _newest(number: Any, about: Any, *narrower: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.max(number)).where(about == Item.id, *narrower).correlate(Item).scalar_subquery()


def _rows(query: Select[*tuple[Any, ...]]) -> list[AgendaRow]:
    return [AgendaRow(*row) for row in db.session.execute(query)]


def ended_by(removal_ids: Sequence[int], committee_id: int) -> dict[int, list[int]]:
    """Return the appointments that each removal ends, oldest first: the one it names, else the person's to the post."""
    removal, earlier = aliased(Item), aliased(Item)
    query = (
        select(removal, earlier)
        .join(earlier, earlier.person_id == removal.person_id)
        .join(Bill, Bill.id == earlier.bill_id)
        .where(removal.id.in_(removal_ids), removal.form.in_(REMOVING_FORMS), Bill.committee_id == committee_id)
        .where(earlier.form.in_(APPOINTING_FORMS), earlier.state.in_(AFTER_ANNOUNCEMENT))
        .order_by(earlier.announced_on, earlier.id)
    )
    place = get_committee(committee_id).short_name
    ends: dict[int, list[int]] = {}
    for leaving, held in db.session.execute(query):
        if _is_about(leaving, held, place):
            ends.setdefault(leaving.id, []).append(held.id)
    return ends


def _is_about(removal: Item, held: Item, place: str) -> bool:
    if removal.ends_item_id is not None:
        return removal.ends_item_id == held.id
    posts = {same_post(removal.post, place), same_post(held.post, place)}
    return removal.organ_type is held.organ_type and len(posts) == 1


@dataclass(frozen=True)
class MeetingWork:
    """What a meeting has on its agenda, and what it still owes its items; acting heads swear where the rules say so."""

    meeting: Meeting
    term: int
    items: int
    to_vote: int
    to_announce: int
    letters: int
    oaths: int
    acting_oaths: int


def meetings_at_work(committee_id: int, since: date, until: date) -> list[MeetingWork]:
    """Return the meetings between two days that are not over, or that owe announcement, letter or oath."""
    sums = [func.count(AgendaEntry.id), *(func.count(case((owed, 1))) for owed in _owed())]
    query: Select[*tuple[Any, ...]] = (
        select(Meeting, Term.number, *sums)
        .join(Term, Term.id == Meeting.term_id)
        .outerjoin(AgendaEntry, (AgendaEntry.meeting_id == Meeting.id) & AgendaEntry.left_at.is_(None))
        .outerjoin(Item, (Item.id == AgendaEntry.item_id) & (Meeting.kind == MeetingKind.STANDING_COMMITTEE))
        .where(Meeting.committee_id == committee_id, Meeting.held_on.between(since, until))
        .group_by(Meeting.id, Term.number)
        .having((Meeting.state != MeetingState.CLOSED) | (sums[2] + sums[3] + sums[4] + sums[5] > 0))
    )
    return [MeetingWork(*row) for row in db.session.execute(query.order_by(Meeting.held_on, Meeting.id))]


def _owed() -> tuple[ColumnElement[bool], ...]:
    to_swear = Item.state.in_((ItemState.ANNOUNCED, ItemState.LETTER_ISSUED)) & Item.post.not_like(f"%{ASSESSOR}%")
    return (
        Item.state.in_(AT_THE_MEETING),
        Item.state == ItemState.VOTED_PASSED,
        (Item.state == ItemState.ANNOUNCED) & Item.form.in_(LETTER_FORMS),
        to_swear & Item.form.in_(APPOINTING_FORMS - ACTING_FORMS),
        to_swear & Item.form.in_(ACTING_FORMS),
    )
