"""tests.meetings.test_record — a meeting stands under its term, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees import service as committees
from exam_app.meetings import queries, service
from exam_app.meetings.errors import MeetingInvalid, MeetingTaken, NoSuchMeeting, NoTermThatDay
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from tests.conftest import NINE
from tests.factories import make_committee


@pytest.fixture
def command(app: Flask) -> RecordMeeting:
    """The third directors' meeting of the running term."""
    with transaction():
        committee = make_committee()
        committees.open_term(committee.id, 16, date(2023, 1, 10), MACHINE, NINE)
        return RecordMeeting(committee_id=committee.id, kind=MeetingKind.DIRECTORS, number=3, held_on=date(2026, 3, 1))


def test_meeting_is_listed_with_its_term(command: RecordMeeting) -> None:
    with transaction():
        meeting = service.record(command, MACHINE, NINE)
    assert queries.list_meetings(command.committee_id, MeetingKind.DIRECTORS) == [(meeting, 16)]
    assert queries.list_meetings(command.committee_id, MeetingKind.STANDING_COMMITTEE) == []


def test_number_is_free_for_the_other_kind(command: RecordMeeting) -> None:
    with transaction():
        service.record(command, MACHINE, NINE)
        service.record(replace(command, kind=MeetingKind.STANDING_COMMITTEE), MACHINE, NINE)
    assert db.session.scalar(select(func.count(Meeting.id))) == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"number": 0}, MeetingInvalid),
        ({"held_on": (NINE + timedelta(days=1)).date()}, MeetingInvalid),
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


def test_meeting_of_another_committee_is_not_found(command: RecordMeeting) -> None:
    with transaction():
        meeting = service.record(command, MACHINE, NINE)
    with pytest.raises(NoSuchMeeting):
        queries.get_meeting(meeting.id, command.committee_id + 1)
