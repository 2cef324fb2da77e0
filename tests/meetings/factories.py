"""tests.meetings.factories — an office in its term, and meetings of it."""

from datetime import date
from typing import Any

from exam_app.audit.service import MACHINE
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.meetings import members, service
from exam_app.meetings.members import SeatMember
from exam_app.meetings.models import Meeting, Membership
from exam_app.meetings.service import RecordMeeting, TakeAttendance
from exam_app.meetings.states import MeetingKind, MemberOffice
from tests.conftest import NINE
from tests.factories import make_committee, make_person

TODAY = NINE.date()
BEGAN = date(2023, 1, 10)


def make_house(name: str = "甲市人大常委会") -> Committee:
    """Found a committee whose sixteenth term runs."""
    committee = make_committee(name)
    committees.open_term(committee.id, 16, BEGAN, MACHINE, NINE)
    return committee


def make_meeting(committee: Committee, **changes: Any) -> Meeting:
    """Record the third meeting of the standing committee, for today."""
    values: dict[str, Any] = {"kind": MeetingKind.STANDING_COMMITTEE, "number": 3, "held_on": TODAY}
    return service.record(RecordMeeting(committee_id=committee.id, **(values | changes)), MACHINE, NINE)


def attendance(meeting: Meeting, present: int = 46, total: int = 51, has_votes: bool = False) -> TakeAttendance:
    """Return who came."""
    return TakeAttendance(
        meeting_id=meeting.id,
        committee_id=meeting.committee_id,
        members_total=total,
        present=present,
        has_votes=has_votes,
    )


def seat(
    committee: Committee, name: str, office: MemberOffice = MemberOffice.MEMBER, began_on: date = BEGAN
) -> Membership:
    """Give a new person a seat."""
    person = make_person(committee, name, unit=name)
    command = SeatMember(committee_id=committee.id, person_id=person.id, office=office, began_on=began_on)
    return members.seat_member(command, MACHINE, NINE)
