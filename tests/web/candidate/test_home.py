"""tests.web.candidate.test_home — the one card that says what to do now, and the result in polite words."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam_app.base.clock import FixedClock
from exam_app.base.db import transaction
from exam_app.committees.rules import LocalRules
from exam_app.exams.states import Absence
from exam_app.results import service as results
from tests.conftest import NINE
from tests.results.factories import publish, sit_and_mark
from tests.sittings.factories import CODE, Room, begin, make_room

MINUTE = timedelta(minutes=1)


def enter(app: Flask, room: Room) -> FlaskClient:
    """Open the seat."""
    client = app.test_client()
    client.post("/seat", data={"admission_number": room.entries[0].admission_number, "code": CODE})
    return client


@pytest.fixture
def room(app: Flask) -> Room:
    """An exam for one person that nobody has released."""
    room = make_room()
    with transaction():
        room.exam.released_at = None
    return room


def step(client: FlaskClient) -> str:
    return str(client.get("/my/state").get_json()["step"])


def test_candidate_confirms_the_discipline_once(app: Flask, room: Room) -> None:
    client = enter(app, room)
    assert step(client) == "check_in" and "考场纪律" in client.get("/my").text

    refused = client.post("/my/check-in", data={})
    assert refused.status_code == 422 and "打勾" in refused.text
    assert room.entries[0].checked_in_at is None

    client.post("/my/check-in", data={"agreed": "y"})
    assert room.entries[0].checked_in_at == NINE and step(client) == "waiting"


def test_card_changes_by_itself_when_the_start_is_released(app: Flask, room: Room) -> None:
    client = enter(app, room)
    client.post("/my/check-in", data={"agreed": "y"})
    assert client.get("/my?watch=waiting").status_code == 204
    with transaction():
        room.exam.released_at = NINE

    fragment = client.get("/my?watch=waiting")
    assert fragment.text.lstrip().startswith("<section") and "开始答题" in fragment.text


def test_waiting_candidate_is_never_signed_out_as_idle(app: Flask, room: Room, clock: FixedClock) -> None:
    client = enter(app, room)
    client.post("/my/check-in", data={"agreed": "y"})
    for _quarter in range(3):
        clock.advance(9 * MINUTE)
        assert client.get("/my?watch=waiting").status_code == 204


def test_candidate_who_thinks_is_not_signed_out_and_one_who_has_handed_in_is(
    app: Flask, room: Room, clock: FixedClock
) -> None:
    client = enter(app, room)
    with transaction():
        room.exam.released_at = NINE
    sitting_id = begin(room.entries[0]).id
    clock.advance(45 * MINUTE)
    assert client.get("/my").status_code == 200

    with transaction():
        results.finish(sitting_id, clock.now())
    clock.advance(45 * MINUTE)
    left = client.get("/my")
    assert left.status_code == 302 and left.location.startswith("/seat")


def test_absent_and_late_people_are_told_what_to_do(app: Flask, room: Room, clock: FixedClock) -> None:
    client = enter(app, room)
    with transaction():
        room.entries[0].absence = Absence.UNEXCUSED
    assert step(client) == "absent"
    with transaction():
        room.entries[0].absence = Absence.NONE
        room.exam.released_at = NINE
    clock.advance(15 * MINUTE)
    client.get("/my")
    clock.advance(16 * MINUTE)
    assert step(client) == "too_late"


def test_result_is_hidden_until_it_is_published(app: Flask) -> None:
    room = make_room()
    client = enter(app, room)
    sit_and_mark(room.entries[0], 4)

    assert step(client) == "closed" and "80 分" not in client.get("/my").text
    assert client.get("/my/result").status_code == 404


def test_result_shows_score_and_weak_laws(app: Flask) -> None:
    room = make_room()
    client = enter(app, room)
    sit_and_mark(room.entries[0], 2)
    publish(room.exam.id)

    page = client.get("/my/result").text
    assert step(client) == "published"
    assert "40 分" in page and "未达到合格标准" in page and "监察官法" in page


def test_result_hides_the_score_where_the_rules_say_so(app: Flask) -> None:
    room = make_room(rules=LocalRules(disclosure="passed_only", early_hand_in_minutes=0))
    client = enter(app, room)
    sit_and_mark(room.entries[0], 4)
    publish(room.exam.id)

    page = client.get("/my/result").text
    assert "已通过" in page and "80 分" not in page and "良好" not in page and "得分率" not in page


def test_strangers_are_sent_to_the_seat_door(app: Flask) -> None:
    for path in ("/my", "/my/result", "/my/rehearsal", "/my/sitting"):
        assert "/seat" in app.test_client().get(path).headers["Location"]


def test_rehearsal_shows_the_real_page(app: Flask, room: Room) -> None:
    assert "data-rehearsal" in enter(app, room).get("/my/rehearsal").text
