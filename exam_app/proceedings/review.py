"""proceedings.review — what happens to items before the vote: review, the directors' decision, withdrawal, deferral."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from exam_app.appointments.errors import NoSuchItem, NotADirectorsMeeting
from exam_app.appointments.models import Bill, DirectorsDecision, Item
from exam_app.appointments.moves import check, do, lock_items, name_of, record
from exam_app.appointments.queries import get_bill
from exam_app.appointments.states import AT_THE_MEETING, THROUGH_THE_EXAM, Act, DirectorsOutcome, ItemState
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.meetings import queries as meetings
from exam_app.meetings.errors import MeetingNotOpen
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings.agenda import leave, reason_of, refuse_blocked
from exam_app.proceedings.errors import (
    ConsentMissing,
    DecidedTooEarly,
    MeetingNotHeld,
    NotAStandingMeeting,
    NotOnAgenda,
    ObjectionsOpen,
    OpinionNeeded,
    OverrideApart,
)
from exam_app.proceedings.models import AgendaEntry, ReviewReport
from exam_app.submissions import queries as submissions

MOVING = frozenset({DirectorsOutcome.SUBMIT, DirectorsOutcome.HOLD})
NEEDS_CONSENT = AT_THE_MEETING | {ItemState.DIRECTOR_MEETING_APPROVED, ItemState.VOTE_DEFERRED}
DECIDED_BY = {
    DirectorsOutcome.SUBMIT: Act.APPROVE,
    DirectorsOutcome.HOLD: Act.HOLD,
    DirectorsOutcome.DEFER: Act.DEFER,
    DirectorsOutcome.CONSENT_TO_WITHDRAW: Act.WITHDRAW,
}


@dataclass(frozen=True, kw_only=True)
class ConcludeReview:
    """The preliminary review of items is over, with this opinion."""

    bill_id: int
    committee_id: int
    item_ids: Sequence[int]
    opinion: str


@dataclass(frozen=True, kw_only=True)
class DirectorsDecide:
    """What a directors' meeting decided about items. `reason` may be empty where they are submitted."""

    committee_id: int
    meeting_id: int
    item_ids: Sequence[int]
    outcome: DirectorsOutcome
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The nominator withdraws an item. `meeting_id`: the directors' meeting that consents, where none has before."""

    committee_id: int
    item_id: int
    reason: str
    meeting_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Defer:
    """A question is open: items are not put to the vote. `meeting_id`: the meeting that decides so."""

    committee_id: int
    meeting_id: int
    item_ids: Sequence[int]
    reason: str


def begin_review(bill_id: int, committee_id: int, item_ids: Sequence[int], actor: Actor, now: datetime) -> list[Item]:
    """Begin the preliminary review of items of a bill."""
    items = _items_of(bill_id, committee_id, item_ids)
    for item in items:
        do(item, Act.BEGIN_REVIEW, actor, now)
    return items


def conclude_review(command: ConcludeReview, actor: Actor, now: datetime) -> list[Item]:
    """Conclude the review of items that the exam lets through and against which nothing stands unanswered.

    Where the gate is not hard, an item goes on whatever the exam says; the record notes how the exam stood, and how
    many papers were still missing: those are asked for, but stop nobody.
    """
    opinion = command.opinion.strip()
    if not 1 <= len(opinion) <= 600:
        raise OpinionNeeded
    items = _items_of(command.bill_id, command.committee_id, command.item_ids)
    for item in items:
        check(item, Act.CLEAR)
    refuse_blocked(items, command.committee_id, now)
    _refuse_objections(items, command.bill_id, now)
    missing = Counter(line.item.id for line in submissions.checklist(command.bill_id) if line.item and line.is_missing)
    for item in items:
        report = ReviewReport(item_id=item.id, opinion=opinion, reported_by=actor.account_id, reported_at=now)
        db.session.add(report)
        do(item, Act.CLEAR, actor, now, _noted(item, missing[item.id]))
    return items


def _refuse_objections(items: Sequence[Item], bill_id: int, now: datetime) -> None:
    raised = submissions.objections_of(bill_id, local_date(now), [item.id for item in items])
    for item in items:
        if any(one.is_open and one.is_grave for one in raised.get(item.id, [])):
            raise ObjectionsOpen(name=name_of(item), post=item.post)


def _noted(item: Item, missing: int) -> dict[str, Any]:
    """Return what the record says an item went on without."""
    noted: dict[str, Any] = {} if item.exam_step in THROUGH_THE_EXAM else {"exam_step": item.exam_step.value}
    return {**noted, "missing_papers": missing} if missing else noted


def _items_of(bill_id: int, committee_id: int, item_ids: Sequence[int]) -> list[Item]:
    bill = get_bill(bill_id, committee_id)
    items = lock_items(item_ids, committee_id)
    strangers = [item.id for item in items if item.bill_id != bill.id]
    if strangers:
        raise NoSuchItem(items=strangers)
    return items


def decide(command: DirectorsDecide, actor: Actor, now: datetime) -> list[Item]:
    """Record what a directors' meeting decided about items: to submit them, hold them, defer the vote, or consent.

    The directors' own bills come here as well (重庆 §18 has them go on directly): the meeting that proposes them is
    recorded like any other. A consent moves nothing, it lets `withdraw` go on. Where the standing committee itself
    decides on deferral, the directors' word is its proposal and moves nothing either.
    """
    if command.outcome is DirectorsOutcome.OVERRIDE:
        raise OverrideApart
    meeting = _directors(command.meeting_id, command.committee_id)
    items = lock_items(command.item_ids, command.committee_id)
    reason = "" if _may_be_silent(command, items) else reason_of(command.reason)
    act = DECIDED_BY[command.outcome]
    for item in items:
        check(item, act)
        _refuse_early(item, meeting)
    if act is Act.APPROVE:
        refuse_blocked(items, command.committee_id, now)
    moves = command.outcome in MOVING or (command.outcome is DirectorsOutcome.DEFER and _directors_defer(meeting))
    for item in items:
        _enter(item, meeting, command.outcome, reason, actor, now)
        if not moves:
            record(item, f"directors.{command.outcome.value}", actor, now, _told(meeting, reason))
        elif act is Act.DEFER:
            _put_off(item, meeting, reason, actor, now)
        else:
            do(item, act, actor, now, _told(meeting, reason))
    return items


def _may_be_silent(command: DirectorsDecide, items: Sequence[Item]) -> bool:
    """Submitting needs no reason, but for an item whose vote was deferred: there it says what came to light."""
    comes_back = any(item.state is ItemState.VOTE_DEFERRED for item in items)
    return command.outcome is DirectorsOutcome.SUBMIT and not command.reason.strip() and not comes_back


def _enter(item: Item, meeting: Meeting, outcome: DirectorsOutcome, reason: str, actor: Actor, now: datetime) -> None:
    assert actor.account_id is not None  # no machine decides
    decision = DirectorsDecision(
        item_id=item.id,
        meeting_id=meeting.id,
        outcome=outcome,
        reason=reason,
        recorded_by=actor.account_id,
        recorded_at=now,
    )
    db.session.add(decision)


def _directors_defer(meeting: Meeting) -> bool:
    return committees.rules_on(meeting.committee_id, meeting.held_on).rules.deferral_by == "directors"


def _put_off(item: Item, meeting: Meeting, reason: str, actor: Actor, now: datetime) -> None:
    do(item, Act.DEFER, actor, now, _told(meeting, reason))
    leave(item, reason, now)


def _told(meeting: Meeting, reason: str) -> dict[str, Any]:
    return {"meeting": meeting.id, "reason": reason} if reason else {"meeting": meeting.id}


def withdraw(command: Withdraw, actor: Actor, now: datetime) -> Item:
    """Withdraw an item before the vote; one that the directors submitted, with their consent (重庆 §20, 深圳 §17)."""
    reason = reason_of(command.reason)
    meeting = None if command.meeting_id is None else _directors(command.meeting_id, command.committee_id)
    item = lock_items([command.item_id], command.committee_id)[0]
    check(item, Act.WITHDRAW)
    if meeting is not None:
        _refuse_early(item, meeting)
        _enter(item, meeting, DirectorsOutcome.CONSENT_TO_WITHDRAW, reason, actor, now)
    elif item.state in NEEDS_CONSENT and not _has_consent(item):
        raise ConsentMissing(name=name_of(item), post=item.post)
    do(item, Act.WITHDRAW, actor, now, {"reason": reason})
    leave(item, reason, now)
    return item


def _has_consent(item: Item) -> bool:
    consent = select(DirectorsDecision.id).where(
        DirectorsDecision.item_id == item.id, DirectorsDecision.outcome == DirectorsOutcome.CONSENT_TO_WITHDRAW
    )
    return db.session.scalar(consent.limit(1)) is not None


def defer(command: Defer, actor: Actor, now: datetime) -> list[Item]:
    """Do not put items to the vote; the local rules say whether the directors decide so or the meeting itself."""
    if _directors_defer(meetings.get_meeting(command.meeting_id, command.committee_id)):
        by_directors = DirectorsDecide(
            committee_id=command.committee_id,
            meeting_id=command.meeting_id,
            item_ids=command.item_ids,
            outcome=DirectorsOutcome.DEFER,
            reason=command.reason,
        )
        return decide(by_directors, actor, now)
    reason = reason_of(command.reason)
    meeting = meetings.lock_meeting(command.meeting_id, command.committee_id)
    items = lock_items(command.item_ids, command.committee_id)
    _refuse_deferral(items, meeting)
    for item in items:
        _put_off(item, meeting, reason, actor, now)
    return items


def _refuse_deferral(items: Sequence[Item], meeting: Meeting) -> None:
    if meeting.kind is not MeetingKind.STANDING_COMMITTEE:
        raise NotAStandingMeeting(meeting=meeting.id)
    if meeting.state is not MeetingState.OPEN:
        raise MeetingNotOpen(meeting=meeting.id)
    live = select(AgendaEntry.item_id).where(AgendaEntry.meeting_id == meeting.id, AgendaEntry.left_at.is_(None))
    on_agenda = set(db.session.scalars(live))
    for item in items:
        check(item, Act.DEFER)
        if item.id not in on_agenda:
            raise NotOnAgenda(name=name_of(item), post=item.post)


def _directors(meeting_id: int, committee_id: int) -> Meeting:
    """Return a directors' meeting that is being held or over."""
    meeting = meetings.lock_meeting(meeting_id, committee_id)
    if meeting.kind is not MeetingKind.DIRECTORS:
        raise NotADirectorsMeeting(meeting=meeting.id)
    if meeting.state is MeetingState.PLANNED:
        raise MeetingNotHeld(meeting=meeting.id)
    return meeting


def _refuse_early(item: Item, meeting: Meeting) -> None:
    received_on = db.session.get_one(Bill, item.bill_id).received_on
    if meeting.held_on < received_on:
        raise DecidedTooEarly(name=name_of(item), held_on=meeting.held_on, received_on=received_on)
