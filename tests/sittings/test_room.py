"""tests.sittings.test_room — what the invigilator does: more time, another machine, absence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.exams.errors import ExtraTimeInvalid, NoSuchEntry, ReasonMissing
from exam_app.exams.states import Absence
from exam_app.people.states import Role
from exam_app.results import service as results
from exam_app.sittings import errors, queries
from exam_app.sittings import service as sittings
from exam_app.sittings.models import RoomEvent
from exam_app.sittings.states import LateReason, RoomEventKind
from tests.conftest import NINE
from tests.factories import actor_of, make_account
from tests.sittings.factories import MINUTES, Room, answer, begin, make_room

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for one person."""
    return make_room()


@pytest.fixture
def act(room: Room) -> tuple[int, int, Any]:
    """Entry, committee and the invigilator who acts."""
    with transaction():
        account = make_account(room.committee, Role.INVIGILATOR)
    return room.entries[0].id, room.committee.id, actor_of(account)


def test_extra_time_moves_the_end_past_the_window(room: Room, act: Any) -> None:
    entry, committee, actor = act
    sitting = begin(room.entries[0])
    before = sitting.ends_at
    with transaction():
        room.exam.closes_at = NINE + MINUTES * MINUTE
        sittings.extend(entry, committee, 20, "电脑故障", actor, NINE + MINUTE)

    assert sittings.clock(sitting.id, "token", NINE + MINUTE).ends_at == before + 20 * MINUTE
    assert answer(sitting, 1, "A", 1, before + 15 * MINUTE).late is None
    assert room.entries[0].extra_minutes == 20
    event = db.session.scalars(select(RoomEvent).where(RoomEvent.kind == RoomEventKind.EXTRA_TIME)).one()
    assert (event.actor_id, event.details) == (actor.account_id, {"minutes": 20, "reason": "电脑故障"})


def test_extra_time_before_the_start_counts_at_the_start(room: Room, act: Any) -> None:
    entry, committee, actor = act
    with transaction():
        assert sittings.extend(entry, committee, 20, "视力障碍", actor, NINE) is None

    assert begin(room.entries[0]).ends_at == NINE + (MINUTES + 20) * MINUTE


@pytest.mark.parametrize(
    ("minutes", "reason", "refusal"),
    [(0, "x", ExtraTimeInvalid), (61, "x", ExtraTimeInvalid), (-5, "x", ExtraTimeInvalid), (5, " ", ReasonMissing)],
)
def test_extra_time_that_cannot_be_is_refused(
    room: Room, act: Any, minutes: int, reason: str, refusal: type[Exception]
) -> None:
    entry, committee, actor = act
    sitting = begin(room.entries[0])
    with pytest.raises(refusal), transaction():
        sittings.extend(entry, committee, minutes, reason, actor, NINE)

    db.session.refresh(sitting)
    assert (sitting.ends_at, room.entries[0].extra_minutes) == (NINE + MINUTES * MINUTE, 0)


def test_extra_time_for_a_closed_sitting_is_refused(room: Room, act: Any) -> None:
    entry, committee, actor = act
    sitting = begin(room.entries[0])
    with transaction():
        results.finish(sitting.id, NINE)
    with pytest.raises(errors.SittingClosed), transaction():
        sittings.extend(entry, committee, 5, "断电", actor, NINE)

    assert room.entries[0].extra_minutes == 0


def test_acts_on_another_committees_seat_are_not_found(room: Room, act: Any) -> None:
    entry, committee, actor = act
    sitting = begin(room.entries[0])
    with pytest.raises(NoSuchEntry), transaction():
        sittings.extend(entry, committee + 1, 5, "断电", actor, NINE)
    with pytest.raises(NoSuchEntry), transaction():
        sittings.move_seat(entry, committee + 1, actor, NINE)
    with pytest.raises(NoSuchEntry), transaction():
        sittings.set_absence(entry, committee + 1, Absence.EXCUSED, "病假", actor, NINE)

    assert sittings.clock(sitting.id, "token", NINE).ends_at == sitting.ends_at


def test_new_code_kills_the_old_machine_and_keeps_the_answers(room: Room, act: Any) -> None:
    entry, committee, actor = act
    sitting = begin(room.entries[0])
    answer(sitting, 1, "A", 1)
    with transaction():
        code = sittings.move_seat(entry, committee, actor, NINE + MINUTE)

    assert len(code) == 8
    with pytest.raises(errors.DeviceReplaced):
        sittings.clock(sitting.id, "token", NINE + MINUTE)
    assert answer(sitting, 1, "B", 2, NINE + MINUTE).late is LateReason.REPLACED_DEVICE

    begin(room.entries[0], "second", NINE + 2 * MINUTE)
    assert queries.answers_of(sitting.id) == {1: "A"}
    assert answer(sitting, 1, "C", 2, NINE + 2 * MINUTE, "second").late is None
    last = db.session.scalars(select(RoomEvent.kind).order_by(RoomEvent.id.desc())).first()
    assert last is RoomEventKind.MOVED


def test_absence_of_somebody_who_sits_is_refused(room: Room, act: Any) -> None:
    entry, committee, actor = act
    begin(room.entries[0])
    with pytest.raises(errors.HasBegun), transaction():
        sittings.set_absence(entry, committee, Absence.UNEXCUSED, "未到", actor, NINE)

    assert room.entries[0].absence is Absence.NONE


def test_focus_lost_is_noted_and_unknown_reports_are_not(room: Room) -> None:
    sitting = begin(room.entries[0])
    with transaction():
        for kind in ("focus_lost", "expired", "nonsense"):
            sittings.note_event(sitting.id, "token", kind, NINE)

    [row] = queries.board(room.exam.id)
    assert row.focus_lost == 1
    with pytest.raises(errors.NoSuchSitting):
        sittings.note_event(sitting.id, "guessed", "focus_lost", NINE)


def test_clock_costs_one_statement(room: Room, count_statements: Callable[[], Any]) -> None:
    sitting_id = begin(room.entries[0]).id
    with count_statements() as statements:
        sittings.clock(sitting_id, "token", NINE)

    assert len(statements) == 1, statements


@pytest.mark.parametrize("people", [1, 3])
def test_board_costs_one_statement_whatever_the_seats(
    app: Flask, count_statements: Callable[[], Any], people: int
) -> None:
    room = make_room(people)
    for entry in room.entries:
        begin(entry)
    exam_id = room.exam.id
    with count_statements() as statements:
        assert len(queries.board(exam_id)) == people

    assert len(statements) == 1, statements
