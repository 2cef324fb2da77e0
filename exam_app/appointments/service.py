"""appointments.service — what moves an item: the requirement, the exam, its result, the directors, the vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from exam_app.appointments import queries
from exam_app.appointments.errors import (
    AnnouncedTooEarly,
    ExamNotNeeded,
    ExamStandsInTheWay,
    ItemDecided,
    NotADirectorsMeeting,
    NothingToOverride,
    ReasonNeeded,
    ResultUnpublished,
)
from exam_app.appointments.models import Bill, DirectorsDecision, ExamRequirement, Item, ItemEvent, Position
from exam_app.appointments.rules import Nomination, may_be_announced, requirement, step_after
from exam_app.appointments.states import EXAM_STEP_MOVES, ITEM_MOVES, MUST_SIT, ExamStep, ItemState
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.committees import queries as committees
from exam_app.exams import roster
from exam_app.meetings import queries as meetings
from exam_app.meetings.states import MeetingKind
from exam_app.people.models import Person
from exam_app.results.models import Result
from exam_app.results.states import ResultState

RESULT_VERBS = {True: "exam.passed", False: "exam.failed", None: "exam.voided"}


@dataclass(frozen=True)
class Taken:
    """What a result did to an item; `moved` is false for a decided item, which is only told."""

    item_id: int
    moved: bool


@dataclass(frozen=True, kw_only=True)
class OverrideExam:
    """A directors' meeting lets an item go on although the exam blocks it."""

    item_id: int
    committee_id: int
    meeting_id: int
    reason: str


def decide_requirement(item: Item, bill: Bill, actor: Actor, now: datetime) -> ExamRequirement:
    """Decide by today's local rules whether the nominee must sit; earlier decisions stay on record."""
    in_force = committees.rules_on(bill.committee_id, local_date(now))
    position = db.session.get(Position, item.position_id) if item.position_id else None
    facts = Nomination(
        form=item.form,
        organ_type=item.organ_type,
        in_scope=position.in_scope if position else True,
        continues_in_post=item.continues_in_post,
        lateral_move=item.lateral_move,
        legally_qualified=item.legally_qualified,
        passes=queries.passes_of(item.person_id, bill.committee_id, bill.received_on),
    )
    decision = requirement(facts, in_force.rules)
    row = ExamRequirement(
        item_id=item.id,
        outcome=decision.outcome,
        rule=decision.rule,
        evidence=decision.evidence,
        local_rules_id=in_force.version_id,
        approved_by=actor.account_id,
        decided_at=now,
        result_id=decision.evidence_id,
    )
    db.session.add(row)
    _recount(item, row, queries.results_behind(item.id))
    details = {"outcome": decision.outcome.value, "rule": decision.rule}
    _record(item, "requirement.decide", actor, now, details)
    return row


def send_to_exam(exam_id: int, bill: Bill, item_ids: Sequence[int], actor: Actor, now: datetime) -> list[Item]:
    """Put the nominees of items on the roster of an exam; whoever is on it already is only linked."""
    items = queries.items_of(bill.id, item_ids)
    held = {item.id: queries.requirement_of(item.id) for item in items}
    for item in items:
        _refuse_unless_waiting(item, held[item.id])
    _add_to_roster(exam_id, bill, items, actor, now)
    entries = queries.entries_on(exam_id, {item.person_id for item in items})
    for item in items:
        _link(item, held[item.id], entries[item.person_id].id, actor, now)
        _record(item, "exam.register", actor, now, {"exam": exam_id})
    return items


def _add_to_roster(exam_id: int, bill: Bill, items: Sequence[Item], actor: Actor, now: datetime) -> None:
    present = queries.entries_on(exam_id, {item.person_id for item in items})
    wanted = {item.person_id: item for item in items if item.person_id not in present}
    entries = [
        roster.NewEntry(person_id=item.person_id, organ_type=item.organ_type, nominated_post=item.post)
        for item in wanted.values()
    ]
    if entries:
        roster.add_entries(exam_id, bill.committee_id, entries, actor, now)


def _refuse_unless_waiting(item: Item, held: ExamRequirement) -> None:
    _refuse_decided(item)
    if held.outcome not in MUST_SIT or item.exam_step not in (ExamStep.OPEN, ExamStep.BLOCKED):
        raise ExamNotNeeded(item=item.id, name=_name(item))


def _link(item: Item, held: ExamRequirement, entry_id: int, actor: Actor, now: datetime) -> None:
    """Name the roster entry; a make-up exam gets a line of its own, so that the first attempt stays on record."""
    if held.roster_entry_id is None and held.result_id is None:
        held.roster_entry_id = entry_id
        return
    again = ExamRequirement(
        item_id=item.id,
        outcome=held.outcome,
        rule=held.rule,
        evidence=held.evidence,
        local_rules_id=held.local_rules_id,
        approved_by=actor.account_id,
        decided_at=now,
        roster_entry_id=entry_id,
    )
    db.session.add(again)


def take_result(result: Result, actor: Actor, now: datetime) -> list[Taken]:
    """Tell every item concerned what a published or voided result says; told twice, nothing changes.

    A decided item is told but never moved: what to do about it is for people.
    """
    if result.state not in (ResultState.PUBLISHED, ResultState.VOIDED):
        raise ResultUnpublished(result=result.id)
    verb = RESULT_VERBS[bool(result.passed) if result.state is ResultState.PUBLISHED else None]
    taken = []
    for item in queries.items_concerned(result):
        if queries.last_word(item.id, result.id) == verb:
            continue
        taken.append(_tell(item, result, verb, actor, now))
    return taken


def _tell(item: Item, result: Result, verb: str, actor: Actor, now: datetime) -> Taken:
    bill = db.session.get_one(Bill, item.bill_id)
    moves = item.state is ItemState.SUBMITTED
    if moves:
        held = queries.requirement_of(item.id)
        if held.outcome not in MUST_SIT and result.state is ResultState.VOIDED:
            held = decide_requirement(item, bill, actor, now)
        elif held.outcome in MUST_SIT:
            held.result_id = result.id
        _recount(item, held, [*queries.results_behind(item.id), result])
    _record(item, verb, actor, now, {"moved": moves, "state": item.state.value}, result.id)
    return Taken(item.id, moves)


def _recount(item: Item, held: ExamRequirement, results: Sequence[Result]) -> None:
    """Set the exam step to what the requirement and all results together say."""
    published = [bool(result.passed) for result in results if result.state is ResultState.PUBLISHED]
    target = step_after(item.exam_step, held.outcome, published)
    if target is not item.exam_step:
        item.exam_step = move(item.exam_step, target, EXAM_STEP_MOVES)


def take_absences(exam_id: int, actor: Actor, now: datetime) -> list[Item]:
    """Block the items of nominees who stayed away from an exam without an excuse; told twice, nothing changes.

    An unexcused absence counts as a failed attempt; an excused one leaves the item open for another exam.
    """
    absent = queries.items_of_absent(exam_id)
    for item in absent:
        item.exam_step = move(item.exam_step, ExamStep.BLOCKED, EXAM_STEP_MOVES)
        _record(item, "exam.absent", actor, now, {"exam": exam_id})
    return absent


def override(command: OverrideExam, actor: Actor, now: datetime) -> Item:
    """Record that a directors' meeting lets an item go on that the exam blocks."""
    item, _bill = queries.get_item(command.item_id, command.committee_id)
    _refuse_decided(item)
    if item.exam_step not in (ExamStep.OPEN, ExamStep.BLOCKED):
        raise NothingToOverride(item=item.id)
    reason = _reason(command.reason)
    meeting = meetings.get_meeting(command.meeting_id, command.committee_id)
    if meeting.kind is not MeetingKind.DIRECTORS:
        raise NotADirectorsMeeting(meeting=meeting.id)
    assert actor.account_id is not None
    item.exam_step = move(item.exam_step, ExamStep.OVERRIDDEN, EXAM_STEP_MOVES)
    decision = DirectorsDecision(
        item_id=item.id, meeting_id=meeting.id, reason=reason, recorded_by=actor.account_id, recorded_at=now
    )
    db.session.add(decision)
    _record(item, "exam.override", actor, now, {"meeting": meeting.id, "reason": reason})
    return item


def withdraw(item_id: int, committee_id: int, reason: str, actor: Actor, now: datetime) -> Item:
    """Record that the nominator withdrew an item before the vote."""
    item, _bill = queries.get_item(item_id, committee_id)
    item.state = move(item.state, ItemState.WITHDRAWN, ITEM_MOVES)
    _record(item, "item.withdraw", actor, now, {"reason": _reason(reason)})
    return item


def announce(bill: Bill, item_ids: Sequence[int], voted_on: date, actor: Actor, now: datetime) -> list[Item]:
    """Record that the standing committee passed items and announced them."""
    if not bill.received_on <= voted_on <= local_date(now):
        raise AnnouncedTooEarly(voted_on=voted_on, received_on=bill.received_on)
    items = queries.items_of(bill.id, item_ids)
    rules = committees.rules_on(bill.committee_id, voted_on).rules
    for item in items:
        if not may_be_announced(item.exam_step, rules):
            raise ExamStandsInTheWay(item=item.id, name=_name(item))
        item.state = move(item.state, ItemState.ANNOUNCED, ITEM_MOVES)
        item.announced_on = voted_on
        _record(item, "item.announce", actor, now, {"voted_on": voted_on.isoformat()})
    return items


def _refuse_decided(item: Item) -> None:
    if item.state is not ItemState.SUBMITTED:
        raise ItemDecided(item=item.id, name=_name(item))


def _reason(text: str) -> str:
    reason = text.strip()
    if not 1 <= len(reason) <= 300:
        raise ReasonNeeded
    return reason


def _name(item: Item) -> str:
    return db.session.get_one(Person, item.person_id).name


def _record(
    item: Item, verb: str, actor: Actor, now: datetime, details: dict[str, Any], result_id: int | None = None
) -> None:
    event = ItemEvent(
        item_id=item.id, verb=verb, at=now, actor_id=actor.account_id, result_id=result_id, details=details
    )
    db.session.add(event)
    noted = details if result_id is None else {**details, "result": result_id}
    committee_id = db.session.get_one(Bill, item.bill_id).committee_id
    audit.note(actor, verb, about=f"item:{item.id}", now=now, committee_id=committee_id, details=noted)
