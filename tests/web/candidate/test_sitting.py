"""tests.web.candidate.test_sitting — the exam page's five requests, from the start to the receipt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from exam_app.base.clock import FixedClock
from exam_app.base.db import db, is_sqlite, transaction
from exam_app.committees.rules import LocalRules
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sittings.models import AnswerEvent, LateEvent, Sitting
from exam_app.sittings.queries import answers_of
from tests.conftest import NINE
from tests.results.factories import right_answers
from tests.sittings.factories import CODE, MINUTES, SLOTS, Room, make_room

MINUTE = timedelta(minutes=1)
START = "/my/sitting/start"


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for one person."""
    return make_room()


@pytest.fixture
def candidate(app: Flask, room: Room) -> FlaskClient:
    """The candidate at seat 01, checked in."""
    return at_seat(app, room)


def at_seat(app: Flask, room: Room, number: int = 0) -> FlaskClient:
    """Open the seat with admission number and code, and confirm the discipline."""
    client = app.test_client()
    entry = room.entries[number]
    opened = client.post("/seat", data={"admission_number": entry.admission_number, "code": CODE})
    assert opened.status_code == 302
    client.post("/my/check-in", data={"agreed": "y"})
    return client


def save(client: FlaskClient, facts: dict[str, Any], slot: int, response: str, revision: int) -> TestResponse:
    """Save one answer as the page does."""
    body = {"response": response, "revision": revision, "clientAt": 1_767_000_000_000, "answered": 1}
    headers = {"X-Sitting-Token": facts["token"]}
    return client.put(f"/sittings/{facts['sitting']}/answers/{slot}", json=body, headers=headers)


def hand_in(client: FlaskClient, facts: dict[str, Any], *answers: dict[str, Any]) -> TestResponse:
    """Hand in with what was unsent."""
    headers = {"X-Sitting-Token": facts["token"]}
    return client.post(f"/sittings/{facts['sitting']}/hand-in", json={"answers": list(answers)}, headers=headers)


def test_start_gives_the_paper_without_any_key(candidate: FlaskClient) -> None:
    facts = candidate.post(START, json={}).get_json()

    assert facts["remainingMs"] == MINUTES * 60_000
    assert (facts["graceMs"], facts["bookMode"], facts["fullMarks"]) == (10_000, "闭卷", "100")
    assert facts["candidate"]["seat"] == "01"
    assert [each["slot"] for each in facts["questions"]] == list(range(1, SLOTS + 1))
    assert set(facts["questions"][0]) == {"slot", "kind", "stem", "options"}
    assert (facts["answers"], facts["revision"], facts["lastSavedAt"], facts["earlyHandInMs"]) == ({}, 0, None, 0)


def test_exam_page_is_the_same_for_everybody_but_for_the_token(app: Flask) -> None:
    room = make_room(2)
    pages = []
    for number in (0, 1):
        client = at_seat(app, room, number)
        g.pop("csrf_token", None)  # the tests' own context outlives a request
        pages.append(client.get("/my/sitting").text)
    tokens = [page.partition('name="csrf-token" content="')[2].partition('"')[0] for page in pages]
    assert all(tokens) and tokens[0] != tokens[1]
    assert pages[0].replace(tokens[0], "") == pages[1].replace(tokens[1], "")
    assert not [entry for entry in room.entries if entry.admission_number in pages[0]]


def test_whole_exam_from_start_to_receipt(candidate: FlaskClient) -> None:
    facts = candidate.post(START, json={}).get_json()
    sitting = db.session.scalars(select(Sitting)).one()
    right = right_answers(sitting)
    for slot in range(1, SLOTS):
        assert save(candidate, facts, slot, right[slot], slot).status_code == 200

    answer = hand_in(candidate, facts, {"slot": SLOTS, "response": right[SLOTS], "revision": SLOTS, "clientAt": 1})

    assert answer.status_code == 200 and answer.get_json()["next"] == "/my"
    result = db.session.scalars(select(Result)).one()
    assert (result.state, result.score) == (ResultState.MARKED, 100)
    assert hand_in(candidate, facts).get_json()["code"] == answer.get_json()["code"]
    assert answer.get_json()["code"] in candidate.get("/my").text


def test_resume_hands_out_answers_and_kills_the_old_tab(candidate: FlaskClient) -> None:
    old = candidate.post(START, json={}).get_json()
    save(candidate, old, 2, "AC", 7)

    new = candidate.post(START, json={}).get_json()

    assert new["answers"] == {"2": {"response": "AC", "revision": 7}} and new["revision"] == 7
    assert new["questions"] == old["questions"]
    headers = {"X-Sitting-Token": old["token"]}
    clock = candidate.get(f"/sittings/{old['sitting']}/clock", headers=headers)
    assert (clock.status_code, clock.get_json()["code"]) == (409, "device_replaced")
    assert save(candidate, old, 1, "A", 8).status_code == 202
    assert hand_in(candidate, old).get_json()["code"] == "device_replaced"
    assert answers_of(new["sitting"]) == {2: "AC"}


def test_save_needs_no_session_and_two_statements(
    app: Flask, candidate: FlaskClient, count_statements: Callable[[], Any]
) -> None:
    facts = candidate.post(START, json={}).get_json()
    stranger = app.test_client()
    with count_statements() as statements:
        assert save(stranger, facts, 1, "A", 1).status_code == 200

    assert len(statements) == (2 if is_sqlite() else 1), statements


def test_taken_revision_says_the_highest(candidate: FlaskClient) -> None:
    facts = candidate.post(START, json={}).get_json()
    save(candidate, facts, 1, "A", 1)
    save(candidate, facts, 2, "A", 9)

    refused = save(candidate, facts, 1, "B", 1)

    assert (refused.status_code, refused.get_json()["code"], refused.get_json()["revision"]) == (
        409,
        "revision_taken",
        9,
    )


def test_late_answer_is_kept_and_says_so(candidate: FlaskClient, clock: FixedClock) -> None:
    facts = candidate.post(START, json={}).get_json()
    clock.advance(timedelta(minutes=MINUTES, seconds=11))

    late = save(candidate, facts, 1, "A", 1)

    assert late.status_code == 202 and late.get_json()["receipt"] and "不计入" in late.get_json()["message"]
    assert db.session.scalar(select(func.count()).select_from(LateEvent)) == 1


def test_hand_in_after_the_grace_says_how_many_answers_came_late(candidate: FlaskClient, clock: FixedClock) -> None:
    facts = candidate.post(START, json={}).get_json()
    save(candidate, facts, 1, "A", 1)
    clock.advance(timedelta(minutes=MINUTES, seconds=11))

    answer = hand_in(candidate, facts, {"slot": 2, "response": "B", "revision": 2, "clientAt": 1})

    assert answer.status_code == 200 and answer.get_json()["late"] == 1
    assert db.session.scalar(select(func.count()).select_from(LateEvent)) == 1
    assert answers_of(facts["sitting"]) == {1: "A"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "A",
        {},
        {"response": 1, "revision": 1},
        {"response": "A"},
        {"response": "A", "revision": "1"},
        {"response": "A", "revision": True},
        {"response": "AA", "revision": 1},
        {"response": "A", "revision": 10**12},
    ],
)
def test_body_that_cannot_be_an_answer_is_refused(candidate: FlaskClient, body: object) -> None:
    facts = candidate.post(START, json={}).get_json()
    headers = {"X-Sitting-Token": facts["token"]}
    refused = candidate.put(f"/sittings/{facts['sitting']}/answers/1", json=body, headers=headers)

    assert (refused.status_code, refused.get_json()["code"]) == (422, "answer_invalid")
    assert db.session.scalar(select(func.count()).select_from(AnswerEvent)) == 0


@pytest.mark.parametrize("client_at", ["x", None, 10**30, -(10**30), 1e400])
def test_nonsense_of_the_client_clock_does_not_cost_the_answer(candidate: FlaskClient, client_at: object) -> None:
    facts = candidate.post(START, json={}).get_json()
    body = {"response": "A", "revision": 1, "clientAt": client_at, "answered": 10**20}
    headers = {"X-Sitting-Token": facts["token"]}

    assert candidate.put(f"/sittings/{facts['sitting']}/answers/1", json=body, headers=headers).status_code == 200


@pytest.mark.parametrize("token", ["", "guessed"])
def test_requests_without_the_token_are_not_found(candidate: FlaskClient, token: str) -> None:
    facts = candidate.post(START, json={}).get_json() | {"token": token}
    path, headers = f"/sittings/{facts['sitting']}", {"X-Sitting-Token": token}

    assert save(candidate, facts, 1, "A", 1).status_code == 404
    assert hand_in(candidate, facts).status_code == 404
    assert candidate.get(f"{path}/clock", headers=headers).status_code == 404
    assert candidate.post(f"{path}/events", json={"kind": "focus_lost"}, headers=headers).status_code == 404
    assert candidate.get("/sittings/99999999999/clock", headers=headers).status_code == 404
    assert db.session.scalars(select(Sitting.state)).one() == "open"


def test_early_hand_in_is_refused_and_keeps_what_was_unsent(app: Flask) -> None:
    room = make_room(rules=LocalRules(early_hand_in_minutes=30))
    client = at_seat(app, room)
    facts = client.post(START, json={}).get_json()

    refused = hand_in(client, facts, {"slot": 1, "response": "A", "revision": 1, "clientAt": 1})

    assert facts["earlyHandInMs"] == 30 * 60_000
    assert (refused.status_code, refused.get_json()["code"]) == (409, "too_early")
    assert "30 分钟" in refused.get_json()["message"]
    assert answers_of(facts["sitting"]) == {1: "A"}
    assert db.session.scalar(select(Result)) is None


def test_start_that_is_not_released_says_what_to_do(app: Flask, room: Room) -> None:
    client = at_seat(app, room)
    with transaction():
        room.exam.released_at = None
    refused = client.post(START, json={})

    assert (refused.status_code, refused.get_json()["code"]) == (409, "not_released")
    assert client.get("/my/sitting").status_code == 302


def test_clock_tells_extra_time_and_state(candidate: FlaskClient, clock: FixedClock) -> None:
    facts = candidate.post(START, json={}).get_json()
    headers = {"X-Sitting-Token": facts["token"]}
    clock.advance(5 * MINUTE)
    told = candidate.get(f"/sittings/{facts['sitting']}/clock", headers=headers).get_json()

    assert (told["remainingMs"], told["state"]) == ((MINUTES - 5) * 60_000, "open")
    assert told["serverTime"].startswith("2026-03-02T09:05:00")
    hand_in(candidate, facts)
    assert candidate.get(f"/sittings/{facts['sitting']}/clock", headers=headers).get_json()["state"] == "submitted"


def test_events_are_noted(candidate: FlaskClient) -> None:
    facts = candidate.post(START, json={}).get_json()
    headers = {"X-Sitting-Token": facts["token"]}
    path = f"/sittings/{facts['sitting']}/events"

    assert candidate.post(path, json={"kind": "focus_lost", "clientAt": 1}, headers=headers).status_code == 204
    assert candidate.post(path, json=[1], headers=headers).status_code == 204


def test_exam_page_opens_only_when_there_is_something_to_sit(candidate: FlaskClient) -> None:
    assert "data-exam" in candidate.get("/my/sitting").text
    facts = candidate.post(START, json={}).get_json()
    hand_in(candidate, facts)
    assert candidate.get("/my/sitting").status_code == 302


def test_start_time_is_the_servers(candidate: FlaskClient, clock: FixedClock) -> None:
    clock.advance(7 * MINUTE)
    candidate.post(START, json={})

    assert db.session.scalars(select(Sitting.started_at)).one() == NINE + 7 * MINUTE
