"""documents.gather — rows → facts: all that the documents of a meeting are made from, in a handful of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from exam_app.appointments.models import DirectorsDecision
from exam_app.appointments.states import UNDECIDED, DirectorsOutcome
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.committees.models import Committee, LocalRulesVersion, Term
from exam_app.committees.rules import LocalRules, from_document
from exam_app.documents.items import Frame, ballots, item_facts
from exam_app.meetings import queries as meetings
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.models import AgendaTopic, Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.printing.official.facts import BallotFacts, CeremonyFacts, DecisionFacts, ItemFacts, MeetingFacts
from exam_app.printing.official.phrases import BLANK
from exam_app.proceedings import queries as proceedings
from exam_app.proceedings.queries import AgendaRow
from exam_app.proceedings.rules import OATHS, SECOND_OATH, letter_number, oath_edition
from exam_app.submissions import queries as submissions
from exam_app.submissions.models import Attachment
from exam_app.submissions.states import needed

EITHER = frozenset({DirectorsOutcome.SUBMIT, DirectorsOutcome.HOLD})
"""Of these two the later holds; of the others each stands for itself."""
BEFORE_THE_MEETING = EITHER | {DirectorsOutcome.OVERRIDE}


@dataclass(frozen=True, kw_only=True)
class MeetingRecord:
    """A meeting with everything on record that its documents speak of."""

    meeting: MeetingFacts
    rules: LocalRules
    is_held: bool
    is_closed: bool
    unnumbered: str
    items: tuple[ItemFacts, ...]
    topics: tuple[str, ...] = ()
    ballots: tuple[BallotFacts, ...] = ()
    ceremony: CeremonyFacts
    decisions: tuple[DecisionFacts, ...] = ()
    undecided: tuple[ItemFacts, ...] = ()
    coming: tuple[MeetingFacts, tuple[str, ...]] | None = None

    @property
    def is_confidential(self) -> bool:
        """Whether somebody is named whom the standing committee has not voted on here."""
        return any(item.passed is None for item in self.items)


def meeting_record(
    meeting_id: int, committee_id: int, *, is_reported: bool = False, asks: bool = True
) -> MeetingRecord:
    """Return what the documents of the committee's meeting are made from, or raise NoSuchMeeting.

    What speaks against items is left out if nobody `asks`, and once the review was reported to a meeting that was held.
    """
    query = select(Meeting, Term.number, Committee).join(Term, Term.id == Meeting.term_id)
    query = query.join(Committee, Committee.id == Meeting.committee_id)
    row = db.session.execute(query.where(Meeting.id == meeting_id, Meeting.committee_id == committee_id)).one_or_none()
    if row is None:
        raise NoSuchMeeting(meeting=meeting_id)
    meeting, term, committee = row
    versions = committees.list_rules(committee_id)
    frame = Frame(meeting, _rules_on(versions, meeting), {one.id: one.basis for one in versions}, {})
    told = _told_of(frame, term, committee)
    rows = proceedings.meeting_items(meeting_id)
    if meeting.kind is MeetingKind.DIRECTORS:
        return _directors(frame, told, rows, asks=asks and not (is_reported and told["is_held"]))
    return _standing_committee(frame, told, rows)


def _rules_on(versions: Sequence[LocalRulesVersion], meeting: Meeting) -> LocalRules:
    """The newest version in force on the day; they come newest first."""
    held = next((one for one in versions if one.valid_from <= meeting.held_on), None)
    return LocalRules() if held is None else from_document(held.document)


def _told_of(frame: Frame, term: int, committee: Committee) -> dict[str, Any]:
    """Return what a record tells of the meeting itself."""
    meeting, template = frame.meeting, frame.rules.letter_number.replace("{serial}", BLANK)
    return {
        "meeting": _meeting_facts(meeting, term, committee),
        "rules": frame.rules,
        "is_held": meeting.state is not MeetingState.PLANNED,
        "is_closed": meeting.state is MeetingState.CLOSED,
        "unnumbered": letter_number(template, short=committee.short_name, year=meeting.held_on.year, serial=0),
    }


def _meeting_facts(meeting: Meeting, term: int, committee: Committee) -> MeetingFacts:
    """Before attendance is taken, all members in office are expected."""
    total = meeting.members_total
    if total is None and meeting.kind is MeetingKind.STANDING_COMMITTEE:
        total = meetings.count_members_on(committee.id, meeting.held_on) or None
    return MeetingFacts(
        committee=official_name(committee.name),
        term=term,
        number=meeting.number,
        day=meeting.held_on,
        is_directors=meeting.kind is MeetingKind.DIRECTORS,
        place=meeting.place,
        chair=meeting.chair,
        total=total,
        present=meeting.present,
    )


def official_name(name: str) -> str:
    """Return the name of a committee in full, as documents write it."""
    return name.replace("人大常委会", "人民代表大会常务委员会")


def _standing_committee(frame: Frame, told: Mapping[str, Any], rows: Sequence[AgendaRow]) -> MeetingRecord:
    items = tuple(item_facts(row, frame) for row in rows)
    edition = oath_edition(frame.meeting.held_on)
    takers = tuple(item for item in items if item.swears and item.passed is not False)
    return MeetingRecord(
        **told,
        topics=tuple(topic.title for topic in meetings.topics_of(frame.meeting.id)),
        items=items,
        ballots=tuple(ballots(frame, rows, items)),
        ceremony=CeremonyFacts(words=OATHS[edition], has_anthem=edition == SECOND_OATH, takers=takers),
    )


def _directors(frame: Frame, told: Mapping[str, Any], on_agenda: Sequence[AgendaRow], *, asks: bool) -> MeetingRecord:
    """What the directors decided without having it on their agenda stands in their minutes all the same."""
    query = select(DirectorsDecision).where(DirectorsDecision.meeting_id == frame.meeting.id)
    decisions = list(db.session.scalars(query.order_by(DirectorsDecision.id)))
    known = {row.item.id for row in on_agenda}
    strangers = sorted({decision.item_id for decision in decisions} - known)
    rows = [*on_agenda, *(proceedings.item_records(strangers) if strangers else ())]
    items = {row.item.id: item_facts(row, frame) for row in rows}
    if asks:
        items = _with_problems(frame, rows, items)
    listed = known | {one.item_id for one in decisions if one.outcome in BEFORE_THE_MEETING}
    decided = {decision.item_id for decision in decisions}
    return MeetingRecord(
        **told,
        items=tuple(item for item_id, item in items.items() if item_id in listed),
        ceremony=CeremonyFacts(words="", has_anthem=False),
        decisions=tuple(_newest(decisions, items)),
        undecided=tuple(item for item_id, item in items.items() if item_id not in decided),
        coming=_coming(frame.meeting, told["meeting"].committee),
    )


def _newest(decisions: Sequence[DirectorsDecision], items: Mapping[int, ItemFacts]) -> list[DecisionFacts]:
    held: dict[tuple[int, DirectorsOutcome], DirectorsDecision] = {}
    for decision in decisions:
        family = DirectorsOutcome.SUBMIT if decision.outcome in EITHER else decision.outcome
        held[decision.item_id, family] = decision
    order = {item_id: place for place, item_id in enumerate(items)}
    return [
        DecisionFacts(item=items[one.item_id], outcome=one.outcome.value, reason=one.reason)
        for one in sorted(held.values(), key=lambda one: (order[one.item_id], one.id))
    ]


def _with_problems(frame: Frame, rows: Sequence[AgendaRow], items: dict[int, ItemFacts]) -> dict[int, ItemFacts]:
    """Return the facts of each item with what speaks against it and which papers are missing."""
    waiting = [row for row in rows if row.item.state in UNDECIDED]
    if not waiting:
        return items
    missing = _missing(waiting)
    ids = [row.item.id for row in waiting]
    against = submissions.objections_among(frame.meeting.committee_id, ids, frame.meeting.held_on)
    for item_id, found in against.items():
        open_ones = tuple(one.objection.value for one in found if one.is_open)
        items[item_id] = replace(items[item_id], objections=open_ones)
    return {item_id: replace(item, missing=missing.get(item_id, ())) for item_id, item in items.items()}


def _missing(rows: Iterable[AgendaRow]) -> dict[int, tuple[str, ...]]:
    """Return the papers that each item needs and that have neither come nor been waived."""
    ids = [row.item.id for row in rows]
    query = select(Attachment.item_id, Attachment.kind).where(Attachment.item_id.in_(ids))
    query = query.where(Attachment.received_on.is_not(None) | (Attachment.waived_because != ""))
    there = {(row[0], row[1]) for row in db.session.execute(query)}
    found = {
        row.item.id: tuple(kind.value for kind in needed(row.item.form) if (row.item.id, kind) not in there)
        for row in rows
    }
    return {item_id: kinds for item_id, kinds in found.items() if kinds}


def _coming(meeting: Meeting, committee: str) -> tuple[MeetingFacts, tuple[str, ...]] | None:
    """Return the standing committee's next meeting, which the directors prepare, and its other topics."""
    following = select(Meeting.id).where(Meeting.committee_id == meeting.committee_id)
    following = following.where(Meeting.kind == MeetingKind.STANDING_COMMITTEE, Meeting.held_on >= meeting.held_on)
    first = following.order_by(Meeting.held_on, Meeting.id).limit(1).scalar_subquery()
    query = select(Meeting, Term.number, AgendaTopic.title).join(Term, Term.id == Meeting.term_id)
    query = query.outerjoin(AgendaTopic, AgendaTopic.meeting_id == Meeting.id).where(Meeting.id == first)
    rows = db.session.execute(query.order_by(AgendaTopic.position, AgendaTopic.id)).all()
    if not rows:
        return None
    coming, term, _title = rows[0]
    facts = MeetingFacts(committee=committee, term=term, number=coming.number, day=coming.held_on)
    return facts, tuple(title for _meeting, _term, title in rows if title)
