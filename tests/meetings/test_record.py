"""tests.meetings.test_record — a meeting stands under its term, once; a planned one can be changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees import service as committees
from exam_app.committees.queries import get_committee
from exam_app.meetings import queries, service
from exam_app.meetings.errors import MeetingInvalid, MeetingTaken, MeetingUnderWay, NoSuchMeeting, NoTermThatDay
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import ChangeMeeting, RecordMeeting
from exam_app.meetings.states import MeetingKind, MeetingState
from tests.conftest import NINE
from tests.meetings.factories import TODAY, attendance, make_house, make_meeting

TOMORROW = TODAY + timedelta(days=1)
FAR = TODAY + timedelta(days=367)


@pytest.fixture
def command(app: Flask) -> RecordMeeting:
    """The third directors' meeting of the running term."""
    with transaction():
        committee = make_house()
        return RecordMeeting(committee_id=committee.id, kind=MeetingKind.DIRECTORS, number=3, held_on=date(2026, 3, 1))


@pytest.fixture
def meeting(command: RecordMeeting) -> Meeting:
    """The third directors' meeting, not begun."""
    with transaction():
        return service.record(command, MACHINE, NINE)


def changed(meeting: Meeting, **changes: object) -> ChangeMeeting:
    """Return the meeting with another place and chair."""
    command = ChangeMeeting(
        meeting_id=meeting.id,
        committee_id=meeting.committee_id,
        held_on=meeting.held_on,
        place=" 第一会议室 ",
        chair="王强",
    )
    return replace(command, **changes)  # type: ignore[arg-type]


def told(meeting: Meeting) -> tuple[object, ...]:
    """Return what is recorded of the meeting now."""
    db.session.refresh(meeting)
    return meeting.term_id, meeting.number, meeting.held_on, meeting.place, meeting.chair, meeting.state


def test_meeting_is_listed_with_its_term(command: RecordMeeting) -> None:
    with transaction():
        meeting = service.record(command, MACHINE, NINE)
    assert queries.list_meetings(command.committee_id, MeetingKind.DIRECTORS) == [(meeting, 16)]
    assert queries.list_meetings(command.committee_id, MeetingKind.STANDING_COMMITTEE) == []
    assert queries.term_number_of(meeting) == 16


def test_meeting_to_come_is_planned(command: RecordMeeting) -> None:
    with transaction():
        meeting = service.record(replace(command, held_on=TOMORROW, place="会议厅", chair="王强"), MACHINE, NINE)
    assert told(meeting)[1:] == (3, TOMORROW, "会议厅", "王强", MeetingState.PLANNED)


def test_number_is_free_for_the_other_kind(command: RecordMeeting) -> None:
    with transaction():
        service.record(command, MACHINE, NINE)
        service.record(replace(command, kind=MeetingKind.STANDING_COMMITTEE), MACHINE, NINE)
    assert db.session.scalar(select(func.count(Meeting.id))) == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"number": 0}, MeetingInvalid),
        ({"number": 1000}, MeetingInvalid),
        ({"number": 4, "held_on": FAR}, MeetingInvalid),
        ({"number": 4, "place": "厅" * 81}, MeetingInvalid),
        ({"number": 4, "chair": "强" * 61}, MeetingInvalid),
        ({"held_on": date(2022, 12, 31)}, NoTermThatDay),
        ({}, MeetingTaken),
    ],
)
def test_impossible_meeting_is_refused(
    command: RecordMeeting, changes: dict[str, object], refusal: type[DomainError]
) -> None:
    with transaction():
        service.record(command, MACHINE, NINE)
    with pytest.raises(refusal), transaction():
        service.record(replace(command, **changes), MACHINE, NINE)  # type: ignore[arg-type]
    assert db.session.scalar(select(func.count(Meeting.id))) == 1


def test_meeting_of_another_committee_is_not_found(meeting: Meeting) -> None:
    with pytest.raises(NoSuchMeeting):
        queries.get_meeting(meeting.id, meeting.committee_id + 1)
    with pytest.raises(NoSuchMeeting), transaction():
        service.change(changed(meeting, committee_id=meeting.committee_id + 1), MACHINE, NINE)
    assert told(meeting)[3] == ""


def test_next_number_counts_within_kind_and_term(meeting: Meeting) -> None:
    committee_id = meeting.committee_id
    assert queries.next_number(committee_id, MeetingKind.DIRECTORS, TODAY) == 4
    assert queries.next_number(committee_id, MeetingKind.STANDING_COMMITTEE, TODAY) == 1
    assert queries.next_number(committee_id, MeetingKind.DIRECTORS, date(2022, 12, 31)) == 1


def test_planned_meeting_changes_and_the_audit_says_so(meeting: Meeting) -> None:
    with transaction():
        service.change(changed(meeting, held_on=TOMORROW, number=5), MACHINE, NINE)
    assert told(meeting)[1:] == (5, TOMORROW, "第一会议室", "王强", MeetingState.PLANNED)
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "meeting.change")).one()
    assert noted.details["number"] == 5


def test_change_may_move_a_meeting_into_the_next_term(meeting: Meeting) -> None:
    with transaction():
        term = committees.open_term(meeting.committee_id, 17, TODAY, MACHINE, NINE)
    with transaction():
        service.change(changed(meeting, held_on=TODAY, number=1), MACHINE, NINE)
    assert told(meeting)[:3] == (term.id, 1, TODAY)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"number": 4}, MeetingTaken),
        ({"number": -1}, MeetingInvalid),
        ({"held_on": FAR}, MeetingInvalid),
        ({"held_on": date(2022, 12, 31)}, NoTermThatDay),
        ({"place": "厅" * 81}, MeetingInvalid),
    ],
)
def test_impossible_change_is_refused(meeting: Meeting, changes: dict[str, object], refusal: type[DomainError]) -> None:
    with transaction():
        other = RecordMeeting(
            committee_id=meeting.committee_id, kind=MeetingKind.DIRECTORS, number=4, held_on=date(2026, 3, 1)
        )
        service.record(other, MACHINE, NINE)
    before = told(meeting)
    with pytest.raises(refusal), transaction():
        service.change(changed(meeting, **changes), MACHINE, NINE)
    assert told(meeting) == before


def test_meeting_under_way_is_not_changed(meeting: Meeting) -> None:
    with transaction():
        service.take_attendance(attendance(meeting, 5, 7), MACHINE, NINE)
    before = told(meeting)
    with pytest.raises(MeetingUnderWay), transaction():
        service.change(changed(meeting), MACHINE, NINE)
    assert told(meeting) == before


def test_recorded_long_ago_it_opens_like_any_other(meeting: Meeting) -> None:
    with transaction():
        old = make_meeting(get_committee(meeting.committee_id), number=1, held_on=date(2023, 2, 1))
        service.take_attendance(attendance(old), MACHINE, NINE)
    assert old.state is MeetingState.OPEN
