"""appointments.service — what the exam does with an item: the requirement, its result, the directors' way round it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exam_app.appointments import queries
from exam_app.appointments.errors import (
    ExamNotNeeded,
    ItemDecided,
    NotADirectorsMeeting,
    NothingToOverride,
    ReasonNeeded,
    ResultUnpublished,
)
from exam_app.appointments.models import Bill, DirectorsDecision, ExamRequirement, Item
from exam_app.appointments.moves import do, record
from exam_app.appointments.rules import OWN_FACTS, requirement, step_after
from exam_app.appointments.states import (
    EXAM_STEP_MOVES,
    MUST_SIT,
    THROUGH_THE_EXAM,
    UNDECIDED,
    Act,
    DirectorsOutcome,
    ExamStep,
    ItemState,
)
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.committees import queries as committees
from exam_app.exams import roster
from exam_app.meetings import queries as meetings
from exam_app.meetings.errors import MeetingAhead
from exam_app.meetings.states import MeetingKind
from exam_app.people.models import Person
from exam_app.results.models import Result
from exam_app.results.states import ResultState

RESULT_VERBS = {True: "exam.passed", False: "exam.failed", None: "exam.voided"}


@dataclass(frozen=True)
class Taken:
    """What a result did to an item; `moved` is false for a decided item, whose exam step stands as it was."""

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
    return decide_requirements([item], bill, actor, now)[0]


def decide_requirements(items: Sequence[Item], bill: Bill, actor: Actor, now: datetime) -> list[ExamRequirement]:
    """Decide for items of one bill at once, as for one."""
    in_force = committees.rules_on(bill.committee_id, local_date(now))
    facts = queries.nominations(items, bill.committee_id)
    told = {item.id: queries.results_behind(item.id) for item in items}
    rows = []
    for item in items:
        decision = requirement(facts[item.id], in_force.rules)
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
        rows.append(row)
        _recount(item, row, told[item.id])
        details = {"outcome": decision.outcome.value, "rule": decision.rule}
        record(item, "requirement.decide", actor, now, details)
    return rows


def decide_again(item: Item, actor: Actor, now: datetime) -> ExamRequirement:
    """Decide an undecided item's requirement anew; whoever has to sit still stays on the roster."""
    _refuse_decided(item)
    held = queries.requirement_of(item.id)
    row = decide_requirement(item, db.session.get_one(Bill, item.bill_id), actor, now)
    if {held.outcome, row.outcome} <= MUST_SIT:
        row.roster_entry_id, row.result_id = held.roster_entry_id, held.result_id
    _reopen_unless_through(item, actor, now)
    return row


def note_facts(item: Item, facts: Mapping[str, bool], evidence: str, actor: Actor, now: datetime) -> None:
    """Note what is true of an undecided item's nominee, and on what evidence."""
    _refuse_decided(item)
    for name in OWN_FACTS:
        setattr(item, name, facts[name])
    record(item, queries.FACTS_SET, actor, now, {**facts, "evidence": evidence})
    db.session.flush()  # the decision reads the evidence from the record


def take_over(item: Item, actor: Actor, now: datetime) -> ExamRequirement:
    """Put another name under what was decided about an undecided item."""
    _refuse_decided(item)
    held = queries.requirement_of(item.id)
    row = _copied(held, actor, now, held.roster_entry_id, held.result_id)
    db.session.add(row)
    record(item, "requirement.approve", actor, now, {"outcome": held.outcome.value, "rule": held.rule})
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
        _link(held[item.id], entries[item.person_id].id, actor, now)
        record(item, "exam.register", actor, now, {"exam": exam_id})
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


def _link(held: ExamRequirement, entry_id: int, actor: Actor, now: datetime) -> None:
    """Name the roster entry; a make-up exam gets a line of its own, so that the first attempt stays on record."""
    if held.roster_entry_id is None and held.result_id is None:
        held.roster_entry_id = entry_id
        return
    db.session.add(_copied(held, actor, now, entry_id))


def _copied(
    held: ExamRequirement, actor: Actor, now: datetime, roster_entry_id: int | None, result_id: int | None = None
) -> ExamRequirement:
    """Return a new line that says what the held one says, under another name and with its own links."""
    return ExamRequirement(
        item_id=held.item_id,
        outcome=held.outcome,
        rule=held.rule,
        evidence=held.evidence,
        local_rules_id=held.local_rules_id,
        approved_by=actor.account_id,
        decided_at=now,
        roster_entry_id=roster_entry_id,
        result_id=result_id,
    )


def take_result(result: Result, actor: Actor, now: datetime) -> list[Taken]:
    """Tell every item concerned what a published or voided result says; told twice, nothing changes.

    An undecided item's exam step follows, and the gate holds it wherever it stands; one whose review rested on the
    pass is reviewed again. A decided item is told but never moved: what to do about it is for people.
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
    moves, was_through = item.state in UNDECIDED, item.exam_step in THROUGH_THE_EXAM
    if moves:
        held = queries.requirement_of(item.id)
        if held.outcome not in MUST_SIT and result.state is ResultState.VOIDED:
            held = decide_requirement(item, bill, actor, now)
        elif held.outcome in MUST_SIT:
            held.result_id = result.id
        _recount(item, held, [*queries.results_behind(item.id), result])
        if was_through:
            _reopen_unless_through(item, actor, now, {"result": result.id})
    record(item, verb, actor, now, {"moved": moves, "state": item.state.value}, result.id)
    return Taken(item.id, moves)


def _reopen_unless_through(item: Item, actor: Actor, now: datetime, details: dict[str, Any] | None = None) -> None:
    """Take back that the review is done when the exam stands in the way again."""
    if item.state is ItemState.EXAM_CLEARED and item.exam_step not in THROUGH_THE_EXAM:
        do(item, Act.REOPEN, actor, now, details)


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
        record(item, "exam.absent", actor, now, {"exam": exam_id})
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
    if meeting.held_on > local_date(now):
        raise MeetingAhead(held_on=meeting.held_on)
    assert actor.account_id is not None
    item.exam_step = move(item.exam_step, ExamStep.OVERRIDDEN, EXAM_STEP_MOVES)
    decision = DirectorsDecision(
        item_id=item.id,
        meeting_id=meeting.id,
        outcome=DirectorsOutcome.OVERRIDE,
        reason=reason,
        recorded_by=actor.account_id,
        recorded_at=now,
    )
    db.session.add(decision)
    record(item, "exam.override", actor, now, {"meeting": meeting.id, "reason": reason})
    return item


def _refuse_decided(item: Item) -> None:
    if item.state not in UNDECIDED:
        raise ItemDecided(item=item.id, name=_name(item))


def _reason(text: str) -> str:
    reason = text.strip()
    if not 1 <= len(reason) <= 300:
        raise ReasonNeeded
    return reason


def _name(item: Item) -> str:
    return db.session.get_one(Person, item.person_id).name
