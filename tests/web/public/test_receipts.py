"""tests.web.public.test_receipts — whoever holds a receipt can check it; nothing else shows."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from exam_app.base.clock import FixedClock
from exam_app.base.crypto import public_key
from exam_app.base.db import db, transaction
from exam_app.base.keys import keys
from exam_app.results import service as results
from exam_app.sittings.models import AnswerEvent, JournalSeal, Sitting
from exam_app.sittings.rules import short_code
from tests.conftest import NINE
from tests.results.factories import right_answers, sit
from tests.sittings.factories import CODE, Room, answer, make_room

SAME, DIFFERENT, NONE = "与系统中封存的答卷一致", "与系统中封存的答卷不一致", "没有这份答卷"


@pytest.fixture
def room(app: Flask) -> Room:
    """An exam for two; the first has handed in five answers."""
    room = make_room(2)
    sitting_id = sit(room.entries[0], 3).id
    with transaction():
        results.finish(sitting_id, NINE + timedelta(minutes=5))
    return room


def code(room: Room) -> str:
    return short_code(sitting(room).seal)


def sitting(room: Room) -> Sitting:
    db.session.rollback()
    return db.session.query(Sitting).filter_by(roster_entry_id=room.entries[0].id).one()


def ask(client: FlaskClient, number: str, typed: str) -> str:
    return client.post("/receipts", data={"admission_number": number, "code": typed}).text


def at_seat(app: Flask, room: Room) -> FlaskClient:
    client = app.test_client()
    client.post("/seat", data={"admission_number": room.entries[0].admission_number, "code": CODE})
    return client


@pytest.mark.parametrize("typing", [str, str.lower, lambda text: text.replace("-", " ")])
def test_right_receipt_agrees_and_tells_time_and_number_alone(client: FlaskClient, room: Room, typing) -> None:  # type: ignore[no-untyped-def]
    page = ask(client, room.entries[0].admission_number, typing(code(room)))
    for words in (SAME, "2026年3月2日 9:05", "5 题（共保存 5 次）"):
        assert words in page
    assert not [secret for secret in ("王", "甲市财政局", "副局长", "逐题回执", "09:00:00") if secret in page]


def test_wrong_receipt_does_not_agree_and_tells_nothing(client: FlaskClient, room: Room) -> None:
    page = ask(client, room.entries[0].admission_number, "AAAA-AAAA")
    assert DIFFERENT in page and "9:05" not in page and "5 题" not in page


def test_unknown_number_and_open_sitting_have_no_answers(client: FlaskClient, room: Room) -> None:
    sit(room.entries[1], 1)
    assert NONE in ask(client, "999999999999", code(room))
    assert NONE in ask(client, room.entries[1].admission_number, code(room))


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (AnswerEvent, {"response": "CD"}),
        (AnswerEvent, {"receipt": "0" * 128}),
        (JournalSeal, {"signature": "0" * 128}),
        (JournalSeal, {"text": "[]"}),
        (Sitting, {"seal": "no seal"}),
    ],
)
def test_right_receipt_finds_what_was_changed_afterwards(
    client: FlaskClient, room: Room, table: type, values: dict[str, str]
) -> None:
    number, right = room.entries[0].admission_number, code(room)
    with transaction():
        db.session.execute(update(table).values(**values))
    assert DIFFERENT in ask(client, number, right)


def test_late_answer_changes_nothing_of_the_seal(client: FlaskClient, room: Room) -> None:
    answer(sitting(room), 4, "A", 20, NINE + timedelta(minutes=9))
    assert SAME in ask(client, room.entries[0].admission_number, code(room))


def test_asking_too_often_is_stopped(client: FlaskClient, room: Room) -> None:
    number, right = room.entries[0].admission_number, code(room)
    for _each in range(10):
        ask(client, number, "AAAA-AAAA")
    page = ask(client, number, right)
    assert "操作太频繁" in page and SAME not in page
    assert NONE in ask(client, "999999999999", right), "another number is not held up"


def test_empty_form_asks_for_both(client: FlaskClient, room: Room) -> None:
    assert "回执号" in client.get("/receipts").text
    page = ask(client, "", "")
    assert not [words for words in (SAME, DIFFERENT, NONE) if words in page] and "请填写" in page


def test_candidate_at_the_seat_sees_each_question_with_its_receipt(app: Flask, room: Room) -> None:
    page = at_seat(app, room).get("/receipts").text
    right = right_answers(sitting(room))
    assert "您的答卷" in page and "与封存时一致" in page and page.count("相符") == 5
    event = db.session.query(AnswerEvent).filter_by(slot=1).one()
    assert event.receipt in page and f"receipt 1|{event.sitting_id}|1|{right[1]}|1|2026-03-02T01:00:00.000000" in page


def test_candidate_sees_the_answer_whose_receipt_fails(app: Flask, room: Room) -> None:
    with transaction():
        db.session.execute(update(AnswerEvent).where(AnswerEvent.slot == 2).values(response="CD"))
    page = at_seat(app, room).get("/receipts").text
    assert "与封存时不一致" in page and page.count("相符") == 4 and page.count("不符") == 1


def test_candidate_sees_own_late_answers_counted_and_nobody_elses(app: Flask, room: Room) -> None:
    answer(sitting(room), 4, "A", 20, NINE + timedelta(minutes=9))
    assert "另有 1 条作答" in at_seat(app, room).get("/receipts").text
    assert "您的答卷" not in app.test_client().get("/receipts").text


def test_candidate_who_still_sits_is_told_to_come_back(app: Flask) -> None:
    room = make_room()
    sit(room.entries[0], 1)
    page = at_seat(app, room).get("/receipts").text
    assert "您还没有交卷" in page and "逐题回执" not in page


def test_seat_left_alone_shows_nothing_any_more(app: Flask, room: Room, clock: FixedClock) -> None:
    client = at_seat(app, room)
    clock.advance(timedelta(hours=1))
    assert "您的答卷" not in client.get("/receipts").text


def test_receipt_screen_and_front_page_lead_here(app: Flask, client: FlaskClient, room: Room) -> None:
    assert 'href="/receipts"' in client.get("/").text
    assert 'href="/receipts"' in at_seat(app, room).get("/my").text


def test_key_is_published_and_checks_a_receipt_by_hand(client: FlaskClient, room: Room, tmp_path: Path) -> None:
    told = client.get("/receipts/key")
    assert told.mimetype == "text/plain"
    assert public_key(keys().receipts).hex() in told.text and "receipt 1|" in told.text
    begin, end = told.text.index("-----BEGIN"), told.text.index("-----END PUBLIC KEY-----\n")
    pem = told.text[begin:end] + "-----END PUBLIC KEY-----\n"
    event = db.session.query(AnswerEvent).filter_by(slot=3).one()
    stamp = event.server_at.isoformat(timespec="microseconds")
    text = f"receipt 1|{event.sitting_id}|3|{event.response}|3|{stamp}".encode()

    key = load_pem_public_key(pem.encode())
    assert isinstance(key, Ed25519PublicKey)
    key.verify(bytes.fromhex(event.receipt), text)


def test_words_beside_the_key_are_commands_that_work(client: FlaskClient, room: Room, tmp_path: Path) -> None:
    told = client.get("/receipts/key").text
    pem = told[told.index("-----BEGIN") : told.index("-----END")] + "-----END PUBLIC KEY-----\n"
    event = db.session.query(AnswerEvent).filter_by(slot=3).one()
    stamp = event.server_at.isoformat(timespec="microseconds")
    (tmp_path / "key.pem").write_text(pem)
    (tmp_path / "receipt.txt").write_text(f"receipt 1|{event.sitting_id}|3|{event.response}|3|{stamp}")
    (tmp_path / "receipt.sig").write_bytes(bytes.fromhex(event.receipt))
    command = next(line.strip() for line in told.splitlines() if "openssl pkeyutl" in line)
    try:
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("no openssl here")
    assert "Verified Successfully" in done.stdout, done.stderr
