"""tests.meetings.test_attendance — a quorum is more than half of all members; what votes rest on stands."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.meetings import service
from exam_app.meetings.errors import (
    AttendanceFixed,
    AttendanceInvalid,
    MeetingAhead,
    MeetingNotOpen,
    MeetingOver,
    NoQuorum,
    NoSuchMeeting,
)
from exam_app.meetings.models import Meeting
from exam_app.meetings.rules import has_quorum
from exam_app.meetings.service import TakeAttendance
from exam_app.meetings.states import MeetingKind, MeetingState
from tests.conftest import NINE
from tests.meetings.factories import TODAY, attendance, make_house, make_meeting


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting of the standing committee, today."""
    with transaction():
        return make_meeting(make_house())


def take(command: TakeAttendance) -> None:
    """Record who came, in a transaction of its own."""
    with transaction():
        service.take_attendance(command, MACHINE, NINE)


def close(meeting: Meeting) -> None:
    """Close the meeting, in a transaction of its own."""
    with transaction():
        service.close(meeting.id, meeting.committee_id, MACHINE, NINE)


def told(meeting: Meeting) -> tuple[MeetingState, int | None, int | None]:
    """Return state and attendance as recorded now."""
    db.session.refresh(meeting)
    return meeting.state, meeting.present, meeting.members_total


@pytest.mark.parametrize(
    ("present", "total", "enough"), [(26, 51, True), (25, 51, False), (25, 50, False), (26, 50, True), (1, 1, True)]
)
def test_quorum_is_more_than_half_of_all_members(present: int, total: int, enough: bool) -> None:
    assert has_quorum(present, total) is enough


@given(st.integers(1, 999), st.integers(0, 999))
def test_no_two_disjoint_halves_have_a_quorum(total: int, present: int) -> None:
    assert not (has_quorum(present, total) and has_quorum(total - present, total))


def test_attendance_opens_the_meeting(meeting: Meeting) -> None:
    take(attendance(meeting, 26))
    assert told(meeting) == (MeetingState.OPEN, 26, 51)
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "meeting.attendance")).one()
    assert noted.details == {"members_total": 51, "present": 26}


@pytest.mark.parametrize(
    ("present", "total", "refusal"),
    [
        (25, 51, NoQuorum),
        (25, 50, NoQuorum),
        (0, 51, AttendanceInvalid),
        (-1, 51, AttendanceInvalid),
        (52, 51, AttendanceInvalid),
        (1000, 1000, AttendanceInvalid),
    ],
)
def test_attendance_that_cannot_be_is_refused(
    meeting: Meeting, present: int, total: int, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        take(attendance(meeting, present, total))
    assert told(meeting) == (MeetingState.PLANNED, None, None)


def test_refusal_says_how_many_are_needed(meeting: Meeting) -> None:
    with pytest.raises(NoQuorum) as refused:
        take(attendance(meeting, 25, 50))
    assert refused.value.facts == {"present": 25, "total": 50, "needed": 26}


def test_directors_need_no_quorum(meeting: Meeting) -> None:
    with transaction():
        directors = make_meeting(get_committee(meeting.committee_id), kind=MeetingKind.DIRECTORS)
    take(attendance(directors, 2, 7))
    assert told(directors) == (MeetingState.OPEN, 2, 7)


def test_nobody_comes_before_the_day(app: Flask) -> None:
    with transaction():
        meeting = make_meeting(make_house(), held_on=TODAY + timedelta(days=1))
    with pytest.raises(MeetingAhead):
        take(attendance(meeting))
    assert told(meeting) == (MeetingState.PLANNED, None, None)


def test_attendance_is_counted_again_while_nothing_rests_on_it(meeting: Meeting) -> None:
    take(attendance(meeting, 46))
    take(attendance(meeting, 45, 50))
    assert told(meeting) == (MeetingState.OPEN, 45, 50)


def test_quorum_holds_for_the_second_count_too(meeting: Meeting) -> None:
    take(attendance(meeting, 46))
    with pytest.raises(NoQuorum):
        take(attendance(meeting, 20))
    assert told(meeting) == (MeetingState.OPEN, 46, 51)


def test_attendance_that_votes_rest_on_stands(meeting: Meeting) -> None:
    take(attendance(meeting, 46))
    with pytest.raises(AttendanceFixed):
        take(attendance(meeting, 46, 50, has_votes=True))
    take(attendance(meeting, 46, has_votes=True))
    assert told(meeting) == (MeetingState.OPEN, 46, 51)


def test_meeting_closes_once(meeting: Meeting) -> None:
    take(attendance(meeting))
    close(meeting)
    assert told(meeting) == (MeetingState.CLOSED, 46, 51)
    with pytest.raises(MeetingOver):
        close(meeting)
    with pytest.raises(MeetingOver):
        take(attendance(meeting, 40))
    assert told(meeting) == (MeetingState.CLOSED, 46, 51)


def test_meeting_that_was_not_held_is_not_closed(meeting: Meeting) -> None:
    with pytest.raises(MeetingNotOpen):
        close(meeting)
    assert told(meeting) == (MeetingState.PLANNED, None, None)


def test_another_committee_records_and_closes_nothing(meeting: Meeting) -> None:
    foreign = meeting.committee_id + 1
    command = TakeAttendance(meeting_id=meeting.id, committee_id=foreign, members_total=51, present=46)
    with pytest.raises(NoSuchMeeting):
        take(command)
    take(attendance(meeting))
    with pytest.raises(NoSuchMeeting), transaction():
        service.close(meeting.id, foreign, MACHINE, NINE)
    assert told(meeting) == (MeetingState.OPEN, 46, 51)
