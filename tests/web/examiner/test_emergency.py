"""tests.web.examiner.test_emergency — who may hand a file in, who may load it; each refusal in words."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.people.states import Role
from exam_app.results import service as results
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import Sitting
from tests.factories import browser_of, make_account
from tests.incidents.acts import CLOSED, LATER, brought, records
from tests.incidents.emergency_files import file_of, held
from tests.sittings.factories import Room, answer, begin, make_room

REASON = {"load_reason": "网络一直没有恢复"}


@pytest.fixture
def room(app: Flask, clock: FixedClock) -> Room:
    """A released exam, some minutes after its start."""
    clock.advance(LATER - clock.now())
    return make_room(2)


@pytest.fixture
def sitting(room: Room) -> Sitting:
    sitting = begin(room.entries[0])
    answer(sitting, 1, "A", 1)
    answer(sitting, 2, "B", 2)
    return sitting


@pytest.fixture
def invigilator(app: Flask, room: Room) -> FlaskClient:
    with transaction():
        account = make_account(room.committee, Role.INVIGILATOR)
    return browser_of(app, account)


@pytest.fixture
def chief(app: Flask, room: Room) -> FlaskClient:
    with transaction():
        account = make_account(room.committee, Role.CHIEF_INVIGILATOR)
    return browser_of(app, account)


def upload(client: FlaskClient, room: Room, content: bytes) -> TestResponse:
    data = {"file": (BytesIO(content), "应急文件.exam")}
    return client.post(f"/exams/{room.exam.id}/emergency", data=data, content_type="multipart/form-data")


def seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_invigilator_hands_in_and_sees_but_cannot_load(
    invigilator: FlaskClient, chief: FlaskClient, room: Room, sitting: Sitting
) -> None:
    there = upload(invigilator, room, brought(room, sitting)).location
    page = invigilator.get(there).text
    assert "等待主监考确认" in page and "只在文件" in page and "载入选定的答案" not in page
    assert invigilator.post(f"{there}/load", data=REASON).status_code == 404
    assert "载入选定的答案" in chief.get(there).text
    assert there in invigilator.get(f"/exams/{room.exam.id}/emergency").text


def test_chief_loads_what_was_chosen(chief: FlaskClient, room: Room, sitting: Sitting) -> None:
    there = upload(chief, room, brought(room, sitting)).location
    data = {**REASON, "seen": seen(chief.get(there).text), "choice-2": "server", "choice-3": "file", "choice-x": "file"}
    done = chief.post(f"{there}/load", data=data, follow_redirects=True)
    assert "已载入 1 题" in done.text and "网络一直没有恢复" in done.text
    assert sittings.answers_of(sitting.id) == {1: "A", 2: "B", 3: "AC"}
    again = chief.get(there, follow_redirects=True)
    assert "这份文件已经载入过" in again.text


def test_what_is_missing_is_said_and_the_choice_stays(chief: FlaskClient, room: Room, sitting: Sitting) -> None:
    there = upload(chief, room, brought(room, sitting)).location
    answered = chief.post(f"{there}/load", data={"seen": seen(chief.get(there).text), "choice-2": "server"})
    assert answered.status_code == 422 and "请填写" in answered.text
    assert 'id="choice-2-server" checked' in answered.text
    nothing = chief.post(f"{there}/load", data={**REASON, "seen": seen(answered.text)})
    assert nothing.status_code == 422 and "没有选用文件中的任何答案" in nothing.text


def test_newer_answer_of_the_server_is_shown_before_anything_is_loaded(
    chief: FlaskClient, room: Room, sitting: Sitting
) -> None:
    there = upload(chief, room, brought(room, sitting)).location
    old = seen(chief.get(there).text)
    answer(sitting, 2, "D", 3, LATER)
    told = chief.post(f"{there}/load", data={**REASON, "seen": old, "choice-2": "file"}, follow_redirects=True)
    assert "服务器又收到了该考生的作答" in told.text and "冲突，需确认" in told.text
    assert 'id="choice-2-server" checked' in told.text
    assert sittings.answers_of(sitting.id)[2] == "D"


def test_closed_sitting_is_told_to_wait_for_a_decision(
    chief: FlaskClient, room: Room, sitting: Sitting, clock: FixedClock
) -> None:
    content = brought(room, sitting)
    with transaction():
        results.finish(sitting.id, CLOSED)
    there = upload(chief, room, content).location
    page = chief.get(there).text
    assert "作为迟到作答留存" in page
    data = {**REASON, "seen": seen(page), "choice-3": "file"}
    assert "已留存 1 题" in chief.post(f"{there}/load", data=data, follow_redirects=True).text
    assert [late.slot for late in sittings.list_late(sitting.id)] == [3]


def test_file_with_nothing_new_needs_no_loading(chief: FlaskClient, room: Room, sitting: Sitting) -> None:
    number = room.entries[0].admission_number
    content = file_of(sitting, number, held(1, "A", 1, base=1, acknowledged=True, savedAt="2026-03-02T09:00:00+08:00"))
    page = chief.get(upload(chief, room, content).location).text
    assert "服务器上的答案已经齐全" in page and "03-02 09:00:00 收到过保存回执" in page


def test_refused_file_says_why_and_is_listed(invigilator: FlaskClient, room: Room, sitting: Sitting) -> None:
    content = bytearray(brought(room, sitting))
    content[60] ^= 8
    answered = upload(invigilator, room, bytes(content))
    page = invigilator.get(answered.location).text
    assert "这份文件不完整，或者生成以后被改动过" in page and "拒收：不完整或被改动" in page
    db.session.rollback()
    assert len(records()) == 1


def test_no_file_is_said_at_the_field(invigilator: FlaskClient, room: Room) -> None:
    answered = invigilator.post(f"/exams/{room.exam.id}/emergency", data={})
    assert "请选择考生电脑上保存的应急文件" in answered.text and records() == []


def test_other_committee_finds_neither_exam_nor_file(
    app: Flask, invigilator: FlaskClient, room: Room, sitting: Sitting
) -> None:
    there = upload(invigilator, room, brought(room, sitting)).location
    other = make_room(1, name="乙市人大常委会")
    with transaction():
        account = make_account(other.committee, Role.CHIEF_INVIGILATOR)
    stranger = browser_of(app, account)
    own_exam = there.replace(f"/exams/{room.exam.id}/", f"/exams/{other.exam.id}/")
    for path in (there, own_exam, f"/exams/{room.exam.id}/emergency"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{own_exam}/load", data=REASON).status_code == 404
