"""proceedings.votes — what the standing committee does with items: hears, votes, announces what it passed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from sqlalchemy import Select, select

from exam_app.appointments.errors import AnnouncedTooEarly, ExamStandsInTheWay
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.moves import cannot, check, do, lock_items, name_of, record
from exam_app.appointments.rules import may_go_on
from exam_app.appointments.states import AFTER_ANNOUNCEMENT, AT_THE_MEETING, Act, ItemState
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.committees.rules import LocalRules
from exam_app.meetings import queries as meetings
from exam_app.meetings import service as meeting_service
from exam_app.meetings.errors import MeetingOver, NoQuorum
from exam_app.meetings.models import Meeting
from exam_app.meetings.rules import has_quorum
from exam_app.meetings.service import TakeAttendance
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings import rules
from exam_app.proceedings.agenda import reason_of
from exam_app.proceedings.errors import (
    AlreadyReported,
    BallotNeeded,
    CombinedNotAllowed,
    CountsDoNotAddUp,
    MeetingNotHeld,
    NoSuchVote,
    NotAStandingMeeting,
    NotOnAgenda,
    RemovalFirst,
    VoteCorrected,
    VotedAlone,
    VotedElsewhere,
)
from exam_app.proceedings.models import AgendaEntry, Vote, VotedItem, WorkReport
from exam_app.proceedings.queries import ended_by
from exam_app.proceedings.states import ReportMode, VoteMethod

REPORTS_AFTER = frozenset({ItemState.ANNOUNCED, ItemState.LETTER_ISSUED, ItemState.SWORN})


@dataclass(frozen=True, kw_only=True)
class RecordVote:
    """The totals of one vote on one item, or on several together. Who voted how is nowhere."""

    meeting_id: int
    committee_id: int
    item_ids: Sequence[int]
    method: VoteMethod
    yes: int
    no: int
    abstain: int
    not_pressed: int


@dataclass(frozen=True, kw_only=True)
class CorrectVote:
    """The right totals of a vote that was recorded wrongly."""

    vote_id: int
    committee_id: int
    yes: int
    no: int
    abstain: int
    not_pressed: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """Nominees reported to the meeting, by word of mouth or in writing."""

    meeting_id: int
    committee_id: int
    item_ids: Sequence[int]
    mode: ReportMode


def take_attendance(command: TakeAttendance, actor: Actor, now: datetime) -> Meeting:
    """Record who is there: members come and go, each vote keeps its own; their number stands once votes rest on it."""
    meetings.lock_meeting(command.meeting_id, command.committee_id)
    counted = select(Vote.id).where(Vote.meeting_id == command.meeting_id, Vote.total != command.members_total)
    has_votes = db.session.scalar(counted.limit(1)) is not None
    return meeting_service.take_attendance(replace(command, has_votes=has_votes), actor, now)


def report(command: Report, actor: Actor, now: datetime) -> list[Item]:
    """Record reports: before the vote, or after the announcement where the local rules have it so."""
    meeting = held_meeting(command.meeting_id, command.committee_id)
    items = lock_items(command.item_ids, command.committee_id)
    reports = select(WorkReport).where(WorkReport.item_id.in_([item.id for item in items]))
    known = {row.item_id: row for row in db.session.scalars(reports)}
    before_vote = _local_rules(meeting).report_when == "before_vote"
    if before_vote:
        _refuse_unless_ready(items, meeting, Act.REPORT)
    else:
        _refuse_late_report(items, known)
    details = {"meeting": meeting.id, "mode": command.mode.value}
    for item in items:
        if before_vote:
            do(item, Act.REPORT, actor, now, details)
        else:
            record(item, "item.report", actor, now, details)
        row = known.get(item.id) or WorkReport(item_id=item.id)
        row.meeting_id, row.mode, row.recorded_at = meeting.id, command.mode, now
        db.session.add(row)
    return items


def _refuse_late_report(items: Sequence[Item], known: Mapping[int, WorkReport]) -> None:
    for item in items:
        if item.state not in REPORTS_AFTER:
            raise cannot(item, Act.REPORT.value)
        if item.id in known:
            raise AlreadyReported(name=name_of(item))


def record_vote(command: RecordVote, actor: Actor, now: datetime) -> Vote:
    """Record the totals of a vote: its items are passed or rejected, by more than half of all members."""
    meeting = held_meeting(command.meeting_id, command.committee_id)
    items = lock_items(command.item_ids, command.committee_id)
    _refuse_unless_ready(items, meeting, Act.CARRY)
    local = _local_rules(meeting)
    for item in items:
        if not may_go_on(item.exam_step, local):
            raise ExamStandsInTheWay(item=item.id, name=name_of(item))
    _refuse_combination(items, local, command.method)
    _refuse_appointment_first(items, meeting)
    vote = _count(command, command.method, meeting, _attendance(meeting))
    _store(vote, items, "vote.record", actor, now)
    for item in items:
        do(item, Act.CARRY if vote.passed else Act.REJECT, actor, now, {"meeting": meeting.id, "vote": vote.id})
    return vote


def correct_vote(command: CorrectVote, actor: Actor, now: datetime) -> Vote:
    """Record the right totals of a vote beside the wrong ones, as long as nothing it passed has been announced."""
    old = _get_vote(command.vote_id, command.committee_id)
    meeting = held_meeting(old.meeting_id, command.committee_id)
    if db.session.scalar(select(Vote.id).where(Vote.corrects_id == old.id)) is not None:
        raise VoteCorrected(vote=old.id)
    reason = reason_of(command.reason)
    voted = select(VotedItem.item_id).where(VotedItem.vote_id == old.id)
    items = lock_items(list(db.session.scalars(voted)), command.committee_id)
    for item in items:
        if item.state is not (ItemState.VOTED_PASSED if old.passed else ItemState.VOTED_FAILED):
            raise cannot(item, "correct_vote")
    is_as_it_was = sum(_figures(command).values()) == old.present  # if not, it was the attendance that was wrong
    attendance = (old.present, old.total) if is_as_it_was else _attendance(meeting)
    vote = _count(command, old.method, meeting, attendance)
    vote.corrects_id, vote.reason = old.id, reason
    _store(vote, items, "vote.correct", actor, now)
    for item in items:
        _correct(item, old, vote, actor, now)
    return vote


def _correct(item: Item, old: Vote, vote: Vote, actor: Actor, now: datetime) -> None:
    details = {"vote": vote.id, "corrects": old.id, "reason": vote.reason}
    if vote.passed is old.passed:
        record(item, "item.correct_vote", actor, now, details)
    else:
        do(item, Act.CORRECT_TO_CARRIED if vote.passed else Act.CORRECT_TO_REJECTED, actor, now, details)


def announce(meeting_id: int, committee_id: int, item_ids: Sequence[int], actor: Actor, now: datetime) -> list[Item]:
    """Announce what was passed at the meeting; an announced removal ends the appointment that it is about."""
    meeting = held_meeting(meeting_id, committee_id)
    ends = ended_by(item_ids, committee_id)
    locked = {item.id: item for item in lock_items([*item_ids, *chain(*ends.values())], committee_id)}
    items = [locked[item_id] for item_id in sorted(set(item_ids))]
    for item in items:
        check(item, Act.ANNOUNCE)
    _refuse_voted_elsewhere(items, meeting)
    for item in items:
        item.announced_on = meeting.held_on
        do(item, Act.ANNOUNCE, actor, now, {"meeting": meeting.id, "voted_on": meeting.held_on.isoformat()})
        for ended_id in ends.get(item.id, []):
            _end(locked[ended_id], item, meeting, actor, now)
    return items


def _end(item: Item, removal: Item, meeting: Meeting, actor: Actor, now: datetime) -> None:
    """End an appointment on the day of the vote, unless it has ended since it was looked up."""
    if item.state in AFTER_ANNOUNCEMENT:
        removal.ends_item_id = item.id
        item.ended_on, item.ended_because = meeting.held_on, rules.ENDINGS[removal.form]
        do(item, Act.END, actor, now, {"removal": removal.id, "because": item.ended_because})


def held_meeting(meeting_id: int, committee_id: int) -> Meeting:
    """Return a meeting of the standing committee itself that is being held or over, locked, or refuse."""
    meeting = meetings.lock_meeting(meeting_id, committee_id)
    if meeting.kind is not MeetingKind.STANDING_COMMITTEE:
        raise NotAStandingMeeting(meeting=meeting.id)
    if meeting.state is MeetingState.PLANNED:
        raise MeetingNotHeld(meeting=meeting.id)
    return meeting


def _local_rules(meeting: Meeting) -> LocalRules:
    return committees.rules_on(meeting.committee_id, meeting.held_on).rules


def _refuse_unless_ready(items: Sequence[Item], meeting: Meeting, act: Act) -> None:
    """Let through what is on the agenda of a meeting that is open, and in a state that the act can follow on."""
    if meeting.state is MeetingState.CLOSED:
        raise MeetingOver(meeting=meeting.id)
    for item in items:
        check(item, act)
    on_agenda = set(db.session.scalars(_on_agenda(meeting).where(Item.id.in_([item.id for item in items]))))
    for item in items:
        if item not in on_agenda:
            raise NotOnAgenda(name=name_of(item), post=item.post)
        received_on = db.session.get_one(Bill, item.bill_id).received_on
        if meeting.held_on < received_on:
            raise AnnouncedTooEarly(voted_on=meeting.held_on, received_on=received_on)


def _on_agenda(meeting: Meeting) -> Select[Item]:
    entries = select(AgendaEntry.item_id).where(AgendaEntry.meeting_id == meeting.id, AgendaEntry.left_at.is_(None))
    return select(Item).where(Item.id.in_(entries)).order_by(Item.id)


def _refuse_combination(items: Sequence[Item], local: LocalRules, method: VoteMethod) -> None:
    for item in items:
        if rules.needs_ballot(item.form) and method is not VoteMethod.BALLOT:
            raise BallotNeeded(name=name_of(item), post=item.post)
        if len(items) > 1 and rules.must_vote_alone(item.form):
            raise VotedAlone(name=name_of(item), post=item.post)
    if not rules.may_combine(items, local):
        raise CombinedNotAllowed


def _refuse_appointment_first(items: Sequence[Item], meeting: Meeting) -> None:
    waiting = db.session.scalars(_on_agenda(meeting).where(Item.state.in_(AT_THE_MEETING)))
    first = rules.removal_before(items, waiting)
    if first is not None:
        raise RemovalFirst(name=name_of(first), post=first.post)


def _refuse_voted_elsewhere(items: Sequence[Item], meeting: Meeting) -> None:
    query = select(VotedItem.item_id).join(Vote, Vote.id == VotedItem.vote_id).where(Vote.meeting_id == meeting.id)
    here = set(db.session.scalars(query.where(VotedItem.item_id.in_([item.id for item in items]))))
    for item in items:
        if item.id not in here:
            raise VotedElsewhere(name=name_of(item), post=item.post)


def _attendance(meeting: Meeting) -> tuple[int, int]:
    """Return how many are present and how many members there are; a vote without a quorum is none."""
    present, total = meeting.present, meeting.members_total
    assert present is not None and total is not None  # a held meeting has both
    if not has_quorum(present, total):
        raise NoQuorum(present=present, total=total, needed=rules.needed(total))
    return present, total


def _figures(counts: RecordVote | CorrectVote | Vote) -> dict[str, int]:
    return {"yes": counts.yes, "no": counts.no, "abstain": counts.abstain, "not_pressed": counts.not_pressed}


def _count(counts: RecordVote | CorrectVote, method: VoteMethod, meeting: Meeting, attendance: tuple[int, int]) -> Vote:
    present, total = attendance
    figures = _figures(counts)
    if not rules.adds_up(list(figures.values()), present):
        raise CountsDoNotAddUp(counted=sum(figures.values()), present=present)
    passed = rules.passes(counts.yes, total)
    return Vote(meeting_id=meeting.id, method=method, present=present, total=total, passed=passed, **figures)


def _store(vote: Vote, items: Sequence[Item], verb: str, actor: Actor, now: datetime) -> None:
    vote.recorded_by, vote.recorded_at = actor.account_id, now
    db.session.add(vote)
    db.session.flush()  # what it was about needs the id
    db.session.add_all(VotedItem(vote_id=vote.id, item_id=item.id) for item in items)
    details = {"vote": vote.id, "items": [item.id for item in items], "method": vote.method.value, **_figures(vote)}
    details |= {"present": vote.present, "total": vote.total}
    if vote.corrects_id is not None:
        details |= {"corrects": vote.corrects_id, "reason": vote.reason}
    committee_id = db.session.get_one(Meeting, vote.meeting_id).committee_id
    audit.note(actor, verb, about=f"meeting:{vote.meeting_id}", now=now, committee_id=committee_id, details=details)


def _get_vote(vote_id: int, committee_id: int) -> Vote:
    query = select(Vote).join(Meeting, Meeting.id == Vote.meeting_id)
    vote = db.session.scalar(query.where(Vote.id == vote_id, Meeting.committee_id == committee_id))
    if vote is None:
        raise NoSuchVote(vote=vote_id)
    return vote
