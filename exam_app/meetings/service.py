"""meetings.service — records meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.meetings.errors import MeetingInvalid, MeetingTaken, NoTermThatDay
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind


@dataclass(frozen=True, kw_only=True)
class RecordMeeting:
    """A meeting that was held."""

    committee_id: int
    kind: MeetingKind
    number: int
    held_on: date


def record(command: RecordMeeting, actor: Actor, now: datetime) -> Meeting:
    """Record a meeting under the term its day falls in, or refuse."""
    if command.number < 1 or command.held_on > local_date(now):
        raise MeetingInvalid(number=command.number, held_on=command.held_on)
    term = committees.term_on(command.committee_id, command.held_on)
    if term is None:
        raise NoTermThatDay(held_on=command.held_on)
    taken = select(Meeting.id).where(
        Meeting.term_id == term.id, Meeting.kind == command.kind, Meeting.number == command.number
    )
    if db.session.scalar(taken) is not None:
        raise MeetingTaken(number=command.number, term=term.number)
    meeting = Meeting(
        committee_id=command.committee_id,
        term_id=term.id,
        kind=command.kind,
        number=command.number,
        held_on=command.held_on,
        created_at=now,
    )
    db.session.add(meeting)
    db.session.flush()  # the audit line needs the id
    audit.note(
        actor,
        "meeting.record",
        about=f"meeting:{meeting.id}",
        now=now,
        committee_id=command.committee_id,
        details={"kind": command.kind.value, "number": command.number, "held_on": command.held_on.isoformat()},
    )
    return meeting
