"""tests.sittings.test_start — who may begin, when, with which paper, and who goes on at another machine."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import ExamBlueprint
from exam_app.exams.states import Absence, ExamState
from exam_app.papers import queries as papers
from exam_app.papers.models import Paper
from exam_app.results import service as results
from exam_app.sittings import errors, queries
from exam_app.sittings import service as sittings
from exam_app.sittings.models import RoomEvent, Sitting
from exam_app.sittings.states import RoomEventKind
from tests.conftest import NINE
from tests.sittings.factories import MINUTES, SLOTS, Room, answer, begin, make_room

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for one person."""
    return make_room()


def refused(room: Room, refusal: type[DomainError], now: object = NINE) -> None:
    """Expect the refusal, and nothing changed."""
    before = db.session.scalar(select(func.count()).select_from(Paper))
    with pytest.raises(refusal):
        begin(room.entries[0], now=now)  # type: ignore[arg-type]
    assert db.session.scalar(select(Sitting)) is None
    assert db.session.scalar(select(func.count()).select_from(Paper)) == before


def test_start_opens_a_paper_and_fixes_the_end(room: Room) -> None:
    sitting = begin(room.entries[0], now=NINE + MINUTE)

    assert sitting.ends_at == NINE + (MINUTES + 1) * MINUTE
    assert sitting.saves_close_at - sitting.ends_at == timedelta(seconds=10)
    assert sitting.slots == len(papers.read_opened(sitting.paper_id).questions) == SLOTS


def test_start_before_the_release_is_refused(room: Room) -> None:
    with transaction():
        room.exam.released_at = None
    refused(room, errors.NotReleased)


def test_start_of_a_draft_is_refused(room: Room) -> None:
    with transaction():
        room.exam.state = ExamState.DRAFT
    refused(room, errors.NotReleased)


def test_start_before_the_window_is_refused(room: Room) -> None:
    refused(room, errors.TooEarly, NINE - MINUTE)


def test_start_after_late_entry_is_refused(room: Room) -> None:
    refused(room, errors.TooLate, NINE + 31 * MINUTE)
    assert begin(room.entries[0], now=NINE + 30 * MINUTE).state == "open"


def test_late_entry_means_nothing_in_a_long_window(room: Room) -> None:
    with transaction():
        room.exam.closes_at = NINE + timedelta(days=30)
    assert begin(room.entries[0], now=NINE + timedelta(days=3)).state == "open"


def test_start_after_the_window_is_refused(app: Flask) -> None:
    refused(make_room(rules=LocalRules(late_entry_minutes=0)), errors.TooLate, NINE + timedelta(hours=2))


def test_start_of_an_absent_person_is_refused(room: Room) -> None:
    with transaction():
        room.entries[0].absence = Absence.EXCUSED
    refused(room, errors.MarkedAbsent)


def test_start_of_a_cancelled_exam_is_refused(room: Room) -> None:
    with transaction():
        room.exam.state = ExamState.CANCELLED
    refused(room, errors.ExamCancelled)


def test_start_without_a_blueprint_for_the_organ_is_refused(room: Room) -> None:
    with transaction():
        db.session.delete(db.session.scalars(select(ExamBlueprint)).one())
    refused(room, errors.NoPaperForOrgan)


def test_start_of_an_unknown_entry_is_not_found(room: Room) -> None:
    with pytest.raises(errors.NoSuchSitting), transaction():
        sittings.start(999, "token", NINE)


def test_resume_keeps_paper_time_and_answers_and_takes_the_device_over(room: Room) -> None:
    first = begin(room.entries[0])
    paper, ends_at = first.paper_id, first.ends_at
    answer(first, 1, "A", 1)

    second = begin(room.entries[0], token="second", now=NINE + 5 * MINUTE)

    assert (second.id, second.paper_id, second.ends_at) == (first.id, paper, ends_at)
    assert queries.answers_of(second.id) == {1: "A"}
    with pytest.raises(errors.DeviceReplaced):
        sittings.clock(first.id, "token", NINE + 5 * MINUTE)
    assert sittings.clock(first.id, "second", NINE + 5 * MINUTE).ends_at == ends_at
    kinds = db.session.scalars(select(RoomEvent.kind).order_by(RoomEvent.id)).all()
    assert kinds == [RoomEventKind.STARTED, RoomEventKind.RESUMED]


def test_resume_after_the_end_is_refused(room: Room) -> None:
    sitting = begin(room.entries[0])
    with pytest.raises(errors.SittingClosed):
        begin(room.entries[0], token="second", now=NINE + (MINUTES + 1) * MINUTE)
    with transaction():
        results.finish(sitting.id, NINE + MINUTE)
    with pytest.raises(errors.SittingClosed):
        begin(room.entries[0], token="second", now=NINE + 2 * MINUTE)
    db.session.refresh(sitting)
    assert sitting.device_token_hash == sittings.token_hash("token")


def test_second_exam_leaves_out_what_was_sat_before(room: Room) -> None:
    begin(room.entries[0])
    seen = queries.questions_sat(room.entries[0].person_id)

    assert len(seen) == SLOTS
    assert queries.questions_sat(room.entries[0].person_id + 1) == set()
