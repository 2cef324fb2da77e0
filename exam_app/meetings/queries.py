"""meetings.queries — reads meetings, the other lines of their agenda, and the members."""

from datetime import date

from sqlalchemy import Select, func, select

from exam_app.base.db import db
from exam_app.committees.models import Term
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.models import AgendaTopic, Meeting, Membership
from exam_app.meetings.states import MeetingKind, MemberOffice
from exam_app.people.models import Person

OFFICE_ORDER = list(MemberOffice)


def get_meeting(meeting_id: int, committee_id: int) -> Meeting:
    """Return the committee's meeting, or raise NoSuchMeeting."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or meeting.committee_id != committee_id:
        raise NoSuchMeeting(meeting=meeting_id)
    return meeting


def lock_meeting(meeting_id: int, committee_id: int) -> Meeting:
    """Return the committee's meeting as it is now, locked until the act ends, or raise NoSuchMeeting."""
    query = select(Meeting).where(Meeting.id == meeting_id, Meeting.committee_id == committee_id)
    meeting = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if meeting is None:
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


def term_number_of(meeting: Meeting) -> int:
    """Return the number of the term that the meeting belongs to."""
    return db.session.get_one(Term, meeting.term_id).number


def next_number(committee_id: int, kind: MeetingKind, day: date) -> int:
    """Return the number that the next meeting of the kind has in the term of the day; 1 where nothing is known."""
    query = select(func.max(Meeting.number)).join(Term, Term.id == Meeting.term_id)
    query = query.where(Meeting.committee_id == committee_id, Meeting.kind == kind, Term.began_on <= day)
    return (db.session.scalar(query.where(Term.ended_on.is_(None) | (Term.ended_on > day))) or 0) + 1


def topics_of(meeting_id: int) -> list[AgendaTopic]:
    """Return the lines of the agenda that are no items, in their order."""
    query = select(AgendaTopic).where(AgendaTopic.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(AgendaTopic.position, AgendaTopic.id)))


def members_on(committee_id: int, day: date) -> list[tuple[Membership, Person]]:
    """Return who sits on the standing committee that day: by office, then as they came."""
    query = _seats(committee_id, day).add_columns(Person).join(Person, Person.id == Membership.person_id)
    rows = [(row[0], row[1]) for row in db.session.execute(query.order_by(Membership.began_on, Membership.id))]
    return sorted(rows, key=lambda row: OFFICE_ORDER.index(row[0].office))


def term_and_members(committee_id: int, day: date) -> tuple[Term | None, frozenset[int]]:
    """Return the term that the day falls in and which persons sit on the standing committee then, in one statement."""
    seat = (Membership.term_id == Term.id) & (Membership.began_on <= day)
    query = select(Term, Membership.person_id).outerjoin(
        Membership, seat & (Membership.ended_on.is_(None) | (Membership.ended_on > day))
    )
    query = query.where(Term.committee_id == committee_id, Term.began_on <= day)
    query = query.where(Term.ended_on.is_(None) | (Term.ended_on > day)).order_by(Term.number.desc())
    rows = db.session.execute(query).all()
    return (rows[0][0] if rows else None), frozenset(row[1] for row in rows if row[1])


def director_on(committee_id: int, day: date) -> Person | None:
    """Return the director of the standing committee that day."""
    query = select(Person).join(Membership, Membership.person_id == Person.id)
    query = query.where(Membership.id.in_(_ids(committee_id, day)), Membership.office == MemberOffice.DIRECTOR)
    return db.session.scalar(query.limit(1))


def count_members_on(committee_id: int, day: date) -> int:
    """Return how many members the standing committee has in office that day."""
    return db.session.scalar(select(func.count()).select_from(_ids(committee_id, day).subquery())) or 0


def is_member_on(person_id: int, committee_id: int, day: date) -> bool:
    """Whether the person sits on the standing committee that day (地方组织法 §47: no other organ's post beside it)."""
    query = _seats(committee_id, day).where(Membership.person_id == person_id)
    return db.session.scalar(query.limit(1)) is not None


def _ids(committee_id: int, day: date) -> Select[int]:
    return _seats(committee_id, day).with_only_columns(Membership.id)


def _seats(committee_id: int, day: date) -> Select[Membership]:
    """A seat lasts until it is given up, at the longest until its term is over."""
    return (
        select(Membership)
        .join(Term, Term.id == Membership.term_id)
        .where(Membership.committee_id == committee_id, Membership.began_on <= day)
        .where(Membership.ended_on.is_(None) | (Membership.ended_on > day))
        .where(Term.ended_on.is_(None) | (Term.ended_on > day))
    )
