"""tests.web.examiner.test_board — the room in words, problems first; each act once and on record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.exams.models import RosterEntry
from exam_app.exams.states import Absence
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.results import service as results
from exam_app.sittings import queries
from exam_app.sittings import service as sittings
from exam_app.sittings.models import Sitting
from exam_app.web.examiner.board_tiles import Place, tiles
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee
from tests.results.factories import sit_and_mark
from tests.sittings.factories import MINUTES, Room, answer, begin, make_room

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for four people."""
    return make_room(4)


@pytest.fixture
def invigilator(app: Flask, room: Room) -> FlaskClient:
    """The invigilator's browser."""
    with transaction():
        account = make_account(room.committee, Role.INVIGILATOR)
    return browser_of(app, account)


def board(room: Room) -> str:
    return f"/exams/{room.exam.id}/board"


def seat(room: Room, number: int = 0) -> str:
    return f"{board(room)}/seats/{room.entries[number].id}"


def verbs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))


def test_board_says_each_state_in_words_and_problems_come_first(
    invigilator: FlaskClient, room: Room, clock: FixedClock
) -> None:
    sit_and_mark(room.entries[0], 5)
    begin(room.entries[1])
    with transaction():
        room.entries[2].checked_in_at = NINE
    clock.advance(timedelta(seconds=80))

    page = invigilator.get(board(room)).text

    for words in ("已交卷", "掉线 01:20", "已签到", "未签到", "剩余 58:40"):
        assert words in page
    assert page.index("掉线 01:20") < page.index("seat-" + str(room.entries[0].id))


def test_answering_person_is_shown_with_progress(invigilator: FlaskClient, room: Room) -> None:
    answer(begin(room.entries[0]), 3, "A", 1)

    assert "答题中 3/5" in invigilator.get(board(room)).text


def test_every_seat_has_a_place(app: Flask, room: Room) -> None:
    with transaction():
        room.entries[0].wrong_codes = 10
        room.entries[1].absence = Absence.EXCUSED
    begin(room.entries[2])
    found = [tile.place for tile in tiles(queries.board(room.exam.id), NINE + (MINUTES + 1) * MINUTE)]
    assert found == [Place.LOCKED, Place.OVERDUE, Place.NOT_HERE, Place.ABSENT]


def test_what_people_are_called_is_never_markup(invigilator: FlaskClient, room: Room) -> None:
    with transaction():
        db.session.get_one(Person, room.entries[0].person_id).name = '<b onclick="x">王&强'
        room.entries[0].seat = "<i>1"

    page = invigilator.get(board(room)).text
    assert "&lt;b onclick=&#34;x&#34;&gt;王&amp;强" in page and "&lt;i&gt;1" in page
    assert "<b " not in page and "<i>" not in page


def test_fragment_is_the_board_alone(invigilator: FlaskClient, room: Room) -> None:
    fragment = invigilator.get(board(room) + "?poll=1").text

    assert fragment.lstrip().startswith('<div class="stack" id="board"') and "<html" not in fragment


@pytest.mark.parametrize("people", [1, 3])
def test_board_costs_as_many_statements_for_one_as_for_three(
    app: Flask, count_statements: Callable[[], Any], people: int
) -> None:
    room = make_room(people)
    for entry in room.entries:
        begin(entry)
    with transaction():
        account = make_account(room.committee, Role.INVIGILATOR)
    client, path = browser_of(app, account), board(room) + "?poll=1"
    db.session.remove()
    with count_statements() as statements:
        assert client.get(path).status_code == 200

    about_the_room = [one for one in statements if "FROM exam" in one or "FROM roster_entry" in one]
    assert len(about_the_room) == 2 and len(statements) <= 4, statements


def seen_in(page: str) -> str:
    """Return the address of the next poll, as the fragment carries it."""
    return page.partition('data-poll="')[2].partition('"')[0].replace("&amp;", "&")


def board_poll(page: str) -> str:
    """Return the address of the board's next poll."""
    return seen_in(page[page.index('id="board"') :])


def test_board_that_says_the_same_is_not_sent_again(
    app: Flask, invigilator: FlaskClient, room: Room, clock: FixedClock, count_statements: Callable[[], Any]
) -> None:
    sitting = begin(room.entries[0])
    again = board_poll(invigilator.get(board(room)).text)
    clock.advance(timedelta(seconds=15))
    sittings.clock(sitting.id, "token", clock.now())
    db.session.remove()
    with count_statements() as statements:
        answer_ = invigilator.get(again)

    assert (answer_.status_code, answer_.data) == (204, b"")
    assert len([one for one in statements if "FROM exam" in one or "FROM roster_entry" in one]) == 2
    assert len(statements) <= 4, statements


def _answers(room: Room) -> None:
    answer(db.session.scalars(select(Sitting)).one(), 1, "A", 1, NINE + timedelta(seconds=1))


def _leaves_the_page(room: Room) -> None:
    with transaction():
        sittings.note_event(db.session.scalars(select(Sitting.id)).one(), "token", "focus_lost", NINE)


def _comes(room: Room) -> None:
    with transaction():
        room.entries[1].checked_in_at = NINE


def _mistypes(room: Room) -> None:
    with transaction():
        room.entries[1].wrong_codes = 10


def _hands_in(room: Room) -> None:
    with transaction():
        results.finish(db.session.scalars(select(Sitting.id)).one(), NINE)


def _is_absent(room: Room) -> None:
    with transaction():
        room.entries[2].absence = Absence.UNEXCUSED


@pytest.mark.parametrize("change", [_answers, _leaves_the_page, _comes, _mistypes, _hands_in, _is_absent])
def test_board_is_sent_again_when_something_happens(
    invigilator: FlaskClient, room: Room, change: Callable[[Room], None]
) -> None:
    begin(room.entries[0])
    again = board_poll(invigilator.get(board(room)).text)
    assert invigilator.get(again).status_code == 204
    change(room)

    fresh = invigilator.get(again)
    assert fresh.status_code == 200 and board_poll(fresh.text) != again


def test_board_is_sent_again_when_a_device_falls_silent_or_time_is_up(
    invigilator: FlaskClient, room: Room, clock: FixedClock
) -> None:
    sitting = begin(room.entries[0])
    with transaction():
        sitting.ends_at = sitting.saves_close_at = NINE + MINUTE
    again = board_poll(invigilator.get(board(room)).text)
    clock.advance(timedelta(seconds=41))
    silent = invigilator.get(again)
    assert "掉线 00:41" in silent.text and 'data-ticks-up="41"' in silent.text
    assert invigilator.get(board_poll(silent.text)).status_code == 204

    clock.advance(MINUTE)
    assert "正在收卷" in invigilator.get(board_poll(silent.text)).text


def test_release_once(invigilator: FlaskClient, room: Room) -> None:
    with transaction():
        room.exam.released_at = None
    assert "放行开考" in invigilator.get(board(room)).text
    assert invigilator.post(board(room) + "/release").status_code == 302
    assert invigilator.post(board(room) + "/release").status_code == 409
    assert room.exam.released_at == NINE and verbs().count("exam.release") == 1


def test_extra_time_needs_minutes_and_a_reason(invigilator: FlaskClient, room: Room) -> None:
    sitting = begin(room.entries[0])
    for data in ({}, {"minutes": "0", "extra_reason": "x"}, {"minutes": "61", "extra_reason": "x"}, {"minutes": "5"}):
        assert invigilator.post(seat(room) + "/extra-time", data=data).status_code == 422
    assert sitting.ends_at == NINE + MINUTES * MINUTE

    invigilator.post(seat(room) + "/extra-time", data={"minutes": "5", "extra_reason": "停电"})
    db.session.refresh(sitting)
    assert sitting.ends_at == NINE + (MINUTES + 5) * MINUTE
    assert verbs().count("seat.extra_time") == 1
    assert "停电" in invigilator.get(seat(room)).text


def test_new_code_is_shown_once_and_stops_the_old_machine(invigilator: FlaskClient, room: Room) -> None:
    sitting = begin(room.entries[0])
    before = sitting.device_token_hash
    page = invigilator.post(seat(room) + "/new-code", follow_redirects=True).text

    assert "新考试码" in page and "新考试码：" not in invigilator.get(seat(room)).text
    db.session.refresh(sitting)
    assert sitting.device_token_hash != before and verbs().count("seat.replace_code") == 1


def test_unlock_lets_them_try_again(invigilator: FlaskClient, room: Room) -> None:
    with transaction():
        room.entries[0].wrong_codes = 10
    invigilator.post(seat(room) + "/unlock")
    db.session.refresh(room.entries[0])
    assert room.entries[0].wrong_codes == 0 and verbs().count("seat.unlock") == 1


def test_absence_needs_a_reason_and_nobody_who_sits(invigilator: FlaskClient, room: Room) -> None:
    path = seat(room) + "/absence"
    assert invigilator.post(path, data={"absence": "unexcused"}).status_code == 422
    assert invigilator.post(path, data={"absence": "excused", "reason": "病假"}).status_code == 302
    begin(room.entries[1])
    refused = invigilator.post(seat(room, 1) + "/absence", data={"absence": "unexcused", "reason": "未到"})

    assert refused.status_code == 422 and "已经开始作答" in refused.text
    db.session.rollback()
    found = db.session.scalars(select(RosterEntry.absence).order_by(RosterEntry.id)).all()
    assert found[:2] == [Absence.EXCUSED, Absence.NONE]


def test_director_watches_and_does_nothing(app: Flask, room: Room) -> None:
    with transaction():
        account = make_account(room.committee, Role.DIRECTOR)
        room.exam.released_at = None
    client = browser_of(app, account)

    assert client.get(board(room)).status_code == 200
    assert "<button" not in client.get(board(room) + "?poll=1").text
    for act in ("/extra-time", "/new-code", "/unlock", "/absence"):
        assert client.post(seat(room) + act).status_code == 404
    assert client.post(board(room) + "/release").status_code == 404
    assert room.exam.released_at is None


def test_another_committees_room_is_not_found(app: Flask, room: Room) -> None:
    with transaction():
        account = make_account(make_committee("乙市人大常委会"), Role.INVIGILATOR)
    client = browser_of(app, account)
    begin(room.entries[0])

    assert client.get(board(room)).status_code == 404
    assert client.get(seat(room)).status_code == 404
    assert client.post(board(room) + "/release").status_code == 404
    data = {"minutes": "5", "extra_reason": "停电"}
    assert client.post(seat(room) + "/new-code").status_code == 404
    client.post(seat(room) + "/extra-time", data=data)
    assert db.session.scalars(select(Sitting.ends_at)).one() == NINE + MINUTES * MINUTE


def test_seat_of_another_exam_is_not_found(invigilator: FlaskClient, room: Room) -> None:
    other = make_room(name="乙市人大常委会")
    path = f"{board(room)}/seats/{other.entries[0].id}"

    assert invigilator.get(path).status_code == 404
    assert invigilator.post(path + "/new-code").status_code == 404
