"""tests.web.candidate.test_lane — the quick way of saves and clocks: quick when all is well, the same rules."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.base.clock import FixedClock
from exam_app.base.crypto import is_signed, public_key
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.base.lane import lane
from exam_app.sittings import rules
from exam_app.sittings.models import AnswerEvent, LateEvent, Sitting
from exam_app.sittings.queries import answers_of
from exam_app.sittings.states import LateReason
from tests.conftest import NINE
from tests.sittings.factories import MINUTES, Room, make_room
from tests.web.candidate.test_sitting import START, at_seat, save

SECOND = timedelta(seconds=1)


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for one person."""
    return make_room()


@pytest.fixture
def facts(app: Flask, room: Room) -> dict[str, Any]:
    """What the page of a candidate knows who has just started."""
    started: dict[str, Any] = at_seat(app, room).post(START, json={}).get_json()
    return started


def the_sitting() -> Sitting:
    db.session.rollback()
    return db.session.scalars(select(Sitting)).one()


def ask_clock(browser: FlaskClient, facts: dict[str, Any]) -> Any:
    """Ask the clock as the page does."""
    return browser.get(f"/sittings/{facts['sitting']}/clock", headers={"X-Sitting-Token": facts["token"]})


def test_reply_brings_receipt_and_time(app: Flask, facts: dict[str, Any], clock: FixedClock) -> None:
    clock.advance(10 * SECOND)
    reply = save(app.test_client(), facts, 2, "AC", 1)

    body = reply.get_json()
    assert (reply.status_code, body["revision"]) == (200, 1)
    assert body["remainingMs"] == (MINUTES * 60 - 10) * 1000
    assert body["savedAt"] == "2026-03-02T09:00:10.000+08:00"
    assert reply.headers["Cache-Control"] == "no-store"
    stored = db.session.scalars(select(AnswerEvent)).one()
    assert (stored.receipt, stored.slot, stored.response, stored.server_at) == (body["receipt"], 2, "AC", clock.now())


def test_quick_reply_starts_no_request_of_flask(
    app: Flask, facts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "request_context", None)
    assert save(app.test_client(), facts, 1, "A", 1).status_code == 200
    assert ask_clock(app.test_client(), facts).get_json()["state"] == "open"


def test_blocked_lane_leaves_the_answer_to_the_ordinary_route(
    app: Flask, facts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def blocked(_work: Any) -> None:
        raise OSError("no connection")

    monkeypatch.setattr(lane(), "write", blocked)
    assert save(app.test_client(), facts, 1, "A", 1).status_code == 200
    assert answers_of(facts["sitting"]) == {1: "A"}


def test_late_answer_takes_the_ordinary_way_with_the_instant_it_came_in(
    app: Flask, facts: dict[str, Any], clock: FixedClock
) -> None:
    clock.advance(timedelta(minutes=MINUTES) + 11 * SECOND)
    reply = save(app.test_client(), facts, 1, "A", 1)

    assert (reply.status_code, reply.get_json()["late"]) == (202, True)
    kept = db.session.scalars(select(LateEvent)).one()
    assert (kept.reason, kept.server_at) == (LateReason.AFTER_GRACE, clock.now())


@pytest.mark.parametrize("body", ["", "[]", "{", '{"response":"A"}', '{"response":"BA","revision":1}', "x" * 3000])
def test_body_that_is_no_answer_is_refused_in_words(app: Flask, facts: dict[str, Any], body: str) -> None:
    address, headers = f"/sittings/{facts['sitting']}/answers/1", {"X-Sitting-Token": facts["token"]}
    reply = app.test_client().put(address, data=body, content_type="application/json", headers=headers)

    assert (reply.status_code, reply.get_json()["code"]) == (422, "answer_invalid")
    assert answers_of(facts["sitting"]) == {}


def test_other_methods_take_the_ordinary_way(app: Flask, facts: dict[str, Any]) -> None:
    assert app.test_client().get(f"/sittings/{facts['sitting']}/answers/1").status_code == 405
    assert app.test_client().post(f"/sittings/{facts['sitting']}/clock").status_code == 405


@pytest.mark.parametrize(("gap", "is_noted"), [(44, False), (46, True)])
@pytest.mark.parametrize("sign", ["save", "clock"])
def test_gap_between_signs_of_life_is_noted(
    app: Flask, facts: dict[str, Any], clock: FixedClock, gap: int, is_noted: bool, sign: str
) -> None:
    clock.advance(gap * SECOND)
    if sign == "save":
        assert save(app.test_client(), facts, 1, "A", 1).status_code == 200
    else:
        assert ask_clock(app.test_client(), facts).status_code == 200

    sitting = the_sitting()
    expected = (NINE, NINE + gap * SECOND) if is_noted else (None, None)
    assert (sitting.silent_from, sitting.silent_until) == expected
    assert sitting.last_seen_at == clock.now()


def test_receipt_can_be_checked_with_the_public_key(app: Flask, facts: dict[str, Any]) -> None:
    receipt = save(app.test_client(), facts, 3, "BD", 1).get_json()["receipt"]
    answer = rules.Acknowledged(1, 3, "BD", NINE)
    public = public_key(keys().receipts)

    assert is_signed(public, rules.receipt_text(facts["sitting"], answer), receipt)
    for other in (answer._replace(slot=4), answer._replace(response="B"), answer._replace(server_at=NINE + SECOND)):
        assert not is_signed(public, rules.receipt_text(facts["sitting"], other), receipt)
    assert not is_signed(public, rules.receipt_text(facts["sitting"] + 1, answer), receipt)
