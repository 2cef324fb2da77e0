"""meetings.service — plans and records meetings: who is there, what else is on the agenda, when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.committees import queries as committees
from exam_app.committees.models import Term
from exam_app.meetings import queries
from exam_app.meetings.errors import (
    AttendanceFixed,
    AttendanceInvalid,
    MeetingAhead,
    MeetingInvalid,
    MeetingNotOpen,
    MeetingOver,
    MeetingTaken,
    MeetingUnderWay,
    NoQuorum,
    NoSuchTopic,
    NoTermThatDay,
    TopicInvalid,
)
from exam_app.meetings.models import AgendaTopic, Meeting
from exam_app.meetings.rules import has_quorum, moved
from exam_app.meetings.states import MEETING_MOVES, MeetingKind, MeetingState

FARTHEST = timedelta(days=366)
MOST_MEMBERS = 999


@dataclass(frozen=True, kw_only=True)
class RecordMeeting:
    """A meeting that was held, or is to be held."""

    committee_id: int
    kind: MeetingKind
    number: int
    held_on: date
    place: str = ""
    chair: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeMeeting:
    """What a planned meeting is to be; without a number it keeps its own."""

    meeting_id: int
    committee_id: int
    held_on: date
    place: str = ""
    chair: str = ""
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class TakeAttendance:
    """How many members there are in all and how many came. `has_votes`: votes were taken on the numbers before."""

    meeting_id: int
    committee_id: int
    members_total: int
    present: int
    has_votes: bool = False


def record(command: RecordMeeting, actor: Actor, now: datetime) -> Meeting:
    """Record a meeting, past or planned, under the term its day falls in, or refuse."""
    place, chair = _checked(command, command.number, now)
    term = _free_term(command.committee_id, command.kind, command.number, command.held_on)
    meeting = Meeting(
        committee_id=command.committee_id,
        term_id=term.id,
        kind=command.kind,
        number=command.number,
        held_on=command.held_on,
        place=place,
        chair=chair,
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
        details=_told(meeting),
    )
    return meeting


def change(command: ChangeMeeting, actor: Actor, now: datetime) -> Meeting:
    """Change day, place, chair or number of a planned meeting."""
    meeting = queries.lock_meeting(command.meeting_id, command.committee_id)
    if meeting.state is not MeetingState.PLANNED:
        raise MeetingUnderWay(meeting=meeting.id)
    number = command.number or meeting.number
    place, chair = _checked(command, number, now)
    term = _free_term(command.committee_id, meeting.kind, number, command.held_on, but=meeting.id)
    meeting.term_id, meeting.number, meeting.held_on = term.id, number, command.held_on
    meeting.place, meeting.chair = place, chair
    audit.note(
        actor,
        "meeting.change",
        about=f"meeting:{meeting.id}",
        now=now,
        committee_id=meeting.committee_id,
        details=_told(meeting),
    )
    return meeting


def take_attendance(command: TakeAttendance, actor: Actor, now: datetime) -> Meeting:
    """Record who came, which opens the meeting; counted again while it is open, unless votes rest on the count."""
    meeting = queries.lock_meeting(command.meeting_id, command.committee_id)
    _refuse_attendance(meeting, command, local_date(now))
    if meeting.state is MeetingState.PLANNED:
        meeting.state = move(meeting.state, MeetingState.OPEN, MEETING_MOVES)
    meeting.members_total, meeting.present = command.members_total, command.present
    audit.note(
        actor,
        "meeting.attendance",
        about=f"meeting:{meeting.id}",
        now=now,
        committee_id=meeting.committee_id,
        details={"members_total": command.members_total, "present": command.present},
    )
    return meeting


def _refuse_attendance(meeting: Meeting, command: TakeAttendance, today: date) -> None:
    if meeting.state is MeetingState.CLOSED:
        raise MeetingOver(meeting=meeting.id)
    if meeting.held_on > today:
        raise MeetingAhead(held_on=meeting.held_on)
    present, total = command.present, command.members_total
    if not 1 <= present <= total <= MOST_MEMBERS:
        raise AttendanceInvalid(present=present, total=total)
    if meeting.kind is MeetingKind.STANDING_COMMITTEE and not has_quorum(present, total):
        raise NoQuorum(present=present, total=total, needed=total // 2 + 1)
    if command.has_votes and (present, total) != (meeting.present, meeting.members_total):
        raise AttendanceFixed(total=meeting.members_total)


def close(meeting_id: int, committee_id: int, actor: Actor, now: datetime) -> Meeting:
    """Close an open meeting; what it still owes its items, proceedings knows."""
    meeting = _unclosed(meeting_id, committee_id)
    if meeting.state is MeetingState.PLANNED:
        raise MeetingNotOpen(meeting=meeting.id)
    meeting.state = move(meeting.state, MeetingState.CLOSED, MEETING_MOVES)
    audit.note(actor, "meeting.close", about=f"meeting:{meeting.id}", now=now, committee_id=committee_id)
    return meeting


def add_topic(meeting_id: int, committee_id: int, title: str, actor: Actor, now: datetime) -> AgendaTopic:
    """Add a line to the end of the agenda that is no appointment item."""
    meeting = _unclosed(meeting_id, committee_id)
    words = title.strip()
    if not 1 <= len(words) <= 160:
        raise TopicInvalid
    topic = AgendaTopic(meeting_id=meeting.id, position=len(queries.topics_of(meeting.id)) + 1, title=words)
    db.session.add(topic)
    db.session.flush()  # whoever moves it next needs the id
    _note_topic(meeting, "meeting.add_topic", {"title": words}, actor, now)
    return topic


def move_topic(topic_id: int, committee_id: int, position: int, actor: Actor, now: datetime) -> list[AgendaTopic]:
    """Move a line of the agenda to a position, counted from 1; return all lines in their new order."""
    topic, meeting = _get_topic(topic_id, committee_id)
    topics = {each.id: each for each in queries.topics_of(meeting.id)}
    order = [topics[each] for each in moved(list(topics), topic.id, position)]
    _number(order)
    _note_topic(meeting, "meeting.move_topic", {"title": topic.title, "position": topic.position}, actor, now)
    return order


def drop_topic(topic_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Take a line off the agenda; the record keeps what it said."""
    topic, meeting = _get_topic(topic_id, committee_id)
    db.session.delete(topic)
    db.session.flush()  # the others close the gap
    _number(queries.topics_of(meeting.id))
    _note_topic(meeting, "meeting.drop_topic", {"title": topic.title}, actor, now)


def _number(topics: Sequence[AgendaTopic]) -> None:
    for position, topic in enumerate(topics, start=1):
        topic.position = position


def _get_topic(topic_id: int, committee_id: int) -> tuple[AgendaTopic, Meeting]:
    query = select(AgendaTopic).join(Meeting, Meeting.id == AgendaTopic.meeting_id)
    topic = db.session.scalar(query.where(AgendaTopic.id == topic_id, Meeting.committee_id == committee_id))
    if topic is None:
        raise NoSuchTopic(topic=topic_id)
    return topic, _unclosed(topic.meeting_id, committee_id)


def _unclosed(meeting_id: int, committee_id: int) -> Meeting:
    meeting = queries.lock_meeting(meeting_id, committee_id)
    if meeting.state is MeetingState.CLOSED:
        raise MeetingOver(meeting=meeting.id)
    return meeting


def _note_topic(meeting: Meeting, verb: str, details: dict[str, Any], actor: Actor, now: datetime) -> None:
    about = f"meeting:{meeting.id}"
    audit.note(actor, verb, about=about, now=now, committee_id=meeting.committee_id, details=details)


def _checked(command: RecordMeeting | ChangeMeeting, number: int, now: datetime) -> tuple[str, str]:
    place, chair = command.place.strip(), command.chair.strip()
    too_far = command.held_on > local_date(now) + FARTHEST
    if not 1 <= number <= 999 or too_far or len(place) > 80 or len(chair) > 60:
        raise MeetingInvalid(number=number, held_on=command.held_on)
    return place, chair


def _free_term(committee_id: int, kind: MeetingKind, number: int, day: date, but: int = 0) -> Term:
    """Return the term of the day, locked, in which no other meeting of the kind has that number."""
    term = committees.term_on(committee_id, day)
    if term is None:
        raise NoTermThatDay(held_on=day)
    db.session.scalars(select(Term.id).where(Term.id == term.id).with_for_update()).one()
    taken = select(Meeting.id).where(Meeting.term_id == term.id, Meeting.kind == kind, Meeting.number == number)
    if db.session.scalar(taken.where(Meeting.id != but)) is not None:
        raise MeetingTaken(number=number, term=term.number)
    return term


def _told(meeting: Meeting) -> dict[str, Any]:
    return {"kind": meeting.kind.value, "number": meeting.number, "held_on": meeting.held_on.isoformat()}
