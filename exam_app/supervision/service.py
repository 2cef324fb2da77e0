"""supervision.service — from the plan of a year to the report, the opinions, the letter and the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from exam_app.appointments.errors import NoSuchItem
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import AFTER_ANNOUNCEMENT, APPOINTING_FORMS
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.meetings import queries as meetings
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.models import Person
from exam_app.supervision import queries
from exam_app.supervision.errors import (
    DutyDayInvalid,
    DutyReasonNeeded,
    DutyTwice,
    DutyUndated,
    MeetingNotHeld,
    MeetingUnfit,
    NobodyChosen,
    NotInOffice,
    OpinionsMissing,
    OralNeedsMeeting,
)
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.moves import PLAN, do, lock, name_of, record, refuse_unless
from exam_app.supervision.rules import Consequence, due_days
from exam_app.supervision.states import DutyAct, DutyMode, DutyState

REASON_LENGTH, OPINIONS_LENGTH = 300, 2000


@dataclass(frozen=True, kw_only=True)
class PlanReports:
    """Who reports in a year, orally or in writing, on which day or at which meeting if that is known."""

    committee_id: int
    year: int
    mode: DutyMode
    item_ids: Sequence[int]
    meeting_id: int | None = None
    reports_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ScheduleReports:
    """Another mode, day or meeting for reports that were not given yet. A meeting brings its own day."""

    committee_id: int
    duty_ids: Sequence[int]
    mode: DutyMode
    meeting_id: int | None = None
    reports_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OnDuties:
    """Something that happened to duties on one day."""

    committee_id: int
    duty_ids: Sequence[int]
    day: date


@dataclass(frozen=True, kw_only=True)
class EndDuty:
    """A duty comes to its end, before its time only with a reason."""

    committee_id: int
    duty_id: int
    day: date
    reason: str = ""


def plan(command: PlanReports, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Put reports on the plan of a year; what was dropped before comes back."""
    if not command.item_ids:
        raise NobodyChosen
    day = _day_of(command.meeting_id, command.committee_id, command.reports_on)
    _refuse_unlikely(day, command.year)
    planned = []
    for item, person in _appointees(command.item_ids, command.committee_id):
        duties = queries.duties_in(command.year, person.id, command.committee_id)
        if any(duty.state is not DutyState.DROPPED for duty in duties):
            raise DutyTwice(name=person.name, year=command.year)
        dropped = next((duty for duty in duties if duty.item_id == item.id), None)
        duty = _restored(dropped, actor, now) if dropped else _new(item, command, now)
        duty.mode, duty.meeting_id = command.mode, command.meeting_id
        _set_day(duty, day)
        db.session.flush()  # events need the id
        record(duty, PLAN, local_date(now), actor, now, {"year": command.year, "mode": command.mode.value})
        planned.append(duty)
    return planned


def schedule(command: ScheduleReports, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Set mode, day and meeting of reports that were not given yet; the due days follow."""
    duties = lock(command.duty_ids, command.committee_id)
    day = _day_of(command.meeting_id, command.committee_id, command.reports_on)
    for duty in duties:
        _refuse_unlikely(day, duty.year)
        duty.mode, duty.meeting_id = command.mode, command.meeting_id
        _set_day(duty, day)
        details = {"mode": command.mode.value, "reports_on": day.isoformat() if day else "", "meeting": duty.meeting_id}
        do(duty, DutyAct.SCHEDULE, local_date(now), actor, now, details)
    return duties


def notify(command: OnDuties, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Record that officials were told to report, which needs the day they report on."""
    duties = lock(command.duty_ids, command.committee_id)
    for duty in duties:
        refuse_unless(duty, DutyAct.NOTIFY)
        if duty.reports_on is None:
            raise DutyUndated(name=name_of(duty), year=duty.year)
        do(duty, DutyAct.NOTIFY, command.day, actor, now)
    return duties


def receive_draft(command: OnDuties, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Record that drafts came in."""
    return _on_all(command, DutyAct.RECEIVE_DRAFT, actor, now)


def receive_final(command: OnDuties, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Record that final texts came in."""
    return _on_all(command, DutyAct.RECEIVE_FINAL, actor, now)


def report(command: OnDuties, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Record that reports were given: oral ones on the day of their meeting, whose attendance must be recorded."""
    duties = lock(command.duty_ids, command.committee_id)
    for duty in duties:
        refuse_unless(duty, DutyAct.REPORT)
        day = command.day
        if duty.mode is DutyMode.ORAL:
            day = _meeting_of(duty).held_on
        do(duty, DutyAct.REPORT, day, actor, now, {"mode": duty.mode.value, "meeting": duty.meeting_id})
        duty.reports_on = day
    return duties


def record_opinions(duty_id: int, committee_id: int, opinions: str, actor: Actor, now: datetime) -> ReportDuty:
    """Record what the members said; it goes into the letter, and stands once that is sent."""
    duty = lock([duty_id], committee_id)[0]
    words = opinions.strip()
    if not 1 <= len(words) <= OPINIONS_LENGTH:
        raise OpinionsMissing(most=OPINIONS_LENGTH)
    day = queries.last_day(duty.id) or local_date(now)
    do(duty, DutyAct.RECORD_OPINIONS, day, actor, now, {"was": duty.opinions} if duty.opinions else None)
    duty.opinions = words
    return duty


def send_feedback(command: OnDuties, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Record that opinions and results were sent to officials."""
    return _on_all(command, DutyAct.SEND_FEEDBACK, actor, now)


def close(command: EndDuty, actor: Actor, now: datetime) -> ReportDuty:
    """End a duty; where its grade asks for more than was done, only with a reason."""
    duty = lock([command.duty_id], command.committee_id)[0]
    refuse_unless(duty, DutyAct.CLOSE)
    owed = queries.still_owed(duty)
    reason = _reason(command.reason, needed=owed is not Consequence.NONE)
    return do(duty, DutyAct.CLOSE, command.day, actor, now, {"reason": reason} if reason else None)


def drop(command: EndDuty, actor: Actor, now: datetime) -> ReportDuty:
    """Take a duty off, because the person left office or for another reason."""
    duty = lock([command.duty_id], command.committee_id)[0]
    refuse_unless(duty, DutyAct.DROP)
    return do(duty, DutyAct.DROP, local_date(now), actor, now, {"reason": _reason(command.reason, needed=True)})


def _on_all(command: OnDuties, act: DutyAct, actor: Actor, now: datetime) -> list[ReportDuty]:
    duties = lock(command.duty_ids, command.committee_id)
    return [do(duty, act, command.day, actor, now) for duty in duties]


def _appointees(item_ids: Sequence[int], committee_id: int) -> list[tuple[Item, Person]]:
    """Return the items with their persons, in the order of their ids, or refuse those who are not in office."""
    query = select(Item, Person).join(Person, Person.id == Item.person_id).join(Bill, Bill.id == Item.bill_id)
    query = query.where(Item.id.in_(item_ids), Bill.committee_id == committee_id).order_by(Item.id)
    found = [(row[0], row[1]) for row in db.session.execute(query.with_for_update(of=Item))]
    if len(found) != len(set(item_ids)):
        raise NoSuchItem(items=sorted(set(item_ids) - {item.id for item, _person in found}))
    for item, person in found:
        if item.form not in APPOINTING_FORMS or item.state not in AFTER_ANNOUNCEMENT:
            raise NotInOffice(name=person.name, post=item.post)
    return found


def _new(item: Item, command: PlanReports, now: datetime) -> ReportDuty:
    duty = ReportDuty(
        committee_id=command.committee_id, item_id=item.id, year=command.year, mode=command.mode, planned_at=now
    )
    db.session.add(duty)
    return duty


def _restored(duty: ReportDuty, actor: Actor, now: datetime) -> ReportDuty:
    return do(duty, DutyAct.RESTORE, local_date(now), actor, now)


def _day_of(meeting_id: int | None, committee_id: int, day: date | None) -> date | None:
    if meeting_id is None:
        return day
    meeting = meetings.get_meeting(meeting_id, committee_id)
    if meeting.kind is not MeetingKind.STANDING_COMMITTEE:
        raise MeetingUnfit(meeting=meeting.id)
    return meeting.held_on


def _set_day(duty: ReportDuty, day: date | None) -> None:
    duty.reports_on = day
    rules = committees.rules_on(duty.committee_id, day).rules if day else None
    due = due_days(day, rules) if day and rules else None
    duty.draft_due_on, duty.final_due_on = (due.draft, due.final) if due else (None, None)


def _refuse_unlikely(day: date | None, year: int) -> None:
    if day is not None and day.year not in (year, year + 1):
        raise DutyDayInvalid(day=day.isoformat(), year=year)


def _meeting_of(duty: ReportDuty) -> Meeting:
    if duty.meeting_id is None:
        raise OralNeedsMeeting(name=name_of(duty))
    meeting = meetings.get_meeting(duty.meeting_id, duty.committee_id)
    if meeting.state is MeetingState.PLANNED:
        raise MeetingNotHeld(meeting=meeting.id, held_on=meeting.held_on.isoformat())
    return meeting


def _reason(text: str, *, needed: bool) -> str:
    reason = text.strip()
    if (needed and not reason) or len(reason) > REASON_LENGTH:
        raise DutyReasonNeeded(most=REASON_LENGTH)
    return reason
