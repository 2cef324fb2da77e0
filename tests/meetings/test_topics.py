"""tests.meetings.test_topics — lines of the agenda that are no items: added, moved, dropped, until it is over."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.meetings import queries, service
from exam_app.meetings.errors import MeetingOver, NoSuchMeeting, NoSuchTopic, TopicInvalid
from exam_app.meetings.models import AgendaTopic, Meeting
from exam_app.meetings.rules import moved
from tests.conftest import NINE
from tests.meetings.factories import attendance, make_house, make_meeting

TITLES = ["传达学习文件", "听取专项工作报告", "审议决算"]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting with three lines on its agenda."""
    with transaction():
        meeting = make_meeting(make_house())
        for title in TITLES:
            service.add_topic(meeting.id, meeting.committee_id, f" {title} ", MACHINE, NINE)
    return meeting


def agenda(meeting: Meeting) -> list[tuple[int, str]]:
    """Return positions and titles in their order."""
    db.session.expire_all()
    return [(topic.position, topic.title) for topic in queries.topics_of(meeting.id)]


def topic(meeting: Meeting, at: int) -> AgendaTopic:
    """Return the line at a position, counted from 1."""
    return queries.topics_of(meeting.id)[at - 1]


def test_lines_stand_in_the_order_they_came(meeting: Meeting) -> None:
    assert agenda(meeting) == list(enumerate(TITLES, start=1))


@pytest.mark.parametrize(
    ("line", "position", "order"),
    [(3, 1, [3, 1, 2]), (1, 3, [2, 3, 1]), (1, 99, [2, 3, 1]), (3, -5, [3, 1, 2]), (2, 2, [1, 2, 3])],
)
def test_line_moves_to_its_position(meeting: Meeting, line: int, position: int, order: list[int]) -> None:
    with transaction():
        service.move_topic(topic(meeting, line).id, meeting.committee_id, position, MACHINE, NINE)
    assert [title for _at, title in agenda(meeting)] == [TITLES[at - 1] for at in order]
    assert [at for at, _title in agenda(meeting)] == [1, 2, 3]


@given(st.lists(st.integers(), min_size=1, unique=True), st.integers(0), st.integers())
def test_moving_keeps_everything_else_in_order(ids: list[int], which: int, position: int) -> None:
    one = ids[which % len(ids)]
    order = moved(ids, one, position)
    assert [each for each in order if each != one] == [each for each in ids if each != one]
    assert order.index(one) == min(max(position, 1), len(ids)) - 1


def test_dropped_line_closes_the_gap_and_stays_on_record(meeting: Meeting) -> None:
    with transaction():
        service.drop_topic(topic(meeting, 2).id, meeting.committee_id, MACHINE, NINE)
    assert agenda(meeting) == [(1, TITLES[0]), (2, TITLES[2])]
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "meeting.drop_topic")).one()
    assert noted.details == {"title": TITLES[1]}


@pytest.mark.parametrize("title", ["", "  ", "题" * 161])
def test_line_without_words_or_with_too_many_is_refused(meeting: Meeting, title: str) -> None:
    with pytest.raises(TopicInvalid), transaction():
        service.add_topic(meeting.id, meeting.committee_id, title, MACHINE, NINE)
    assert len(agenda(meeting)) == 3


ACTS: dict[str, Callable[[Meeting, int], object]] = {
    "add": lambda meeting, committee: service.add_topic(meeting.id, committee, "其他", MACHINE, NINE),
    "move": lambda meeting, committee: service.move_topic(topic(meeting, 1).id, committee, 3, MACHINE, NINE),
    "drop": lambda meeting, committee: service.drop_topic(topic(meeting, 1).id, committee, MACHINE, NINE),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_agenda_of_a_closed_meeting_stands(meeting: Meeting, act: str) -> None:
    with transaction():
        service.take_attendance(attendance(meeting), MACHINE, NINE)
        service.close(meeting.id, meeting.committee_id, MACHINE, NINE)
    with pytest.raises(MeetingOver), transaction():
        ACTS[act](meeting, meeting.committee_id)
    assert agenda(meeting) == list(enumerate(TITLES, start=1))


@pytest.mark.parametrize(("act", "refusal"), [("add", NoSuchMeeting), ("move", NoSuchTopic), ("drop", NoSuchTopic)])
def test_another_committee_changes_nothing(meeting: Meeting, act: str, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal), transaction():
        ACTS[act](meeting, meeting.committee_id + 1)
    assert agenda(meeting) == list(enumerate(TITLES, start=1))
