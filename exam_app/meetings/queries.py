"""meetings.queries — reads meetings."""

from sqlalchemy import Select, select

from exam_app.base.db import db
from exam_app.committees.models import Term
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind


def get_meeting(meeting_id: int, committee_id: int) -> Meeting:
    """Return the committee's meeting, or raise NoSuchMeeting."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or meeting.committee_id != committee_id:
        raise NoSuchMeeting(meeting=meeting_id)
    return meeting


def meetings_of(committee_id: int, kind: MeetingKind | None = None) -> Select[Meeting, int]:
    """Return the query of the committee's meetings and the numbers of their terms, latest first."""
    query = select(Meeting, Term.number).join(Term, Term.id == Meeting.term_id)
    query = query.where(Meeting.committee_id == committee_id)
    if kind is not None:
        query = query.where(Meeting.kind == kind)
    return query.order_by(Meeting.held_on.desc(), Meeting.id.desc())


def list_meetings(committee_id: int, kind: MeetingKind | None = None) -> list[tuple[Meeting, int]]:
    """Return the committee's meetings and the numbers of their terms, latest first."""
    rows = db.session.execute(meetings_of(committee_id, kind)).all()
    return [(row[0], row[1]) for row in rows]
