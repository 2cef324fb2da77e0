"""tests.web.examiner.test_late — late answers shown to whoever may see results, decided by the chief invigilator."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.people.states import Role
from exam_app.results.models import LateDecision, Result
from exam_app.results.states import ResultState
from exam_app.sittings.models import LateEvent, Sitting
from exam_app.sittings.states import LateReason
from exam_app.web.examiner.late_words import OTHER_WAYS
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee
from tests.results.factories import publish, right_answers, sit, sit_and_mark
from tests.sittings.factories import Room, answer, begin, make_room

MINUTE = timedelta(minutes=1)
REASON = "考场断网，经核实属实"


@pytest.fixture
def room(app: Flask) -> Room:
    """An exam for two; the first was marked with 60 and then sent the right answers to questions 4 and 5."""
    room = make_room(2)
    result = sit_and_mark(room.entries[0], 3)
    late_from(result)
    return room


def late_from(result: Result, *slots: int) -> None:
    """Send the right answers a minute and five seconds after the closing."""
    sitting = db.session.get_one(Sitting, result.sitting_id)
    right = right_answers(sitting)
    for slot in slots or (4, 5):
        answer(sitting, slot, right[slot], 10 + slot, NINE + MINUTE + timedelta(seconds=4, milliseconds=200))


def browser(app: Flask, room: Room, *roles: Role) -> FlaskClient:
    with transaction():
        account = make_account(room.committee, *roles)
    return browser_of(app, account)


@pytest.fixture
def chief(app: Flask, room: Room) -> FlaskClient:
    """The browser of the chief invigilator."""
    return browser(app, room, Role.CHIEF_INVIGILATOR)


def late(room: Room) -> str:
    return f"/exams/{room.exam.id}/late"


def events() -> list[LateEvent]:
    return list(db.session.scalars(select(LateEvent).order_by(LateEvent.id)))


def post(client: FlaskClient, room: Room, act: str, ids: list[int], reason: str = REASON) -> Any:
    """Tick answers of the first person and press a button."""
    sitting_id = db.session.scalars(select(Sitting.id).order_by(Sitting.id)).first()
    data = {f"s{sitting_id}-event": ids, f"s{sitting_id}-reason": reason}
    return client.post(f"{late(room)}/{sitting_id}/{act}", data=data, follow_redirects=True)


def score() -> tuple[Any, int]:
    """Return the first result's score, and how many decisions there are."""
    db.session.rollback()
    result = db.session.scalars(select(Result).order_by(Result.id)).first()
    assert result is not None
    return result.score, len(db.session.scalars(select(LateDecision)).all())


def test_page_shows_both_answers_with_their_times_and_why_it_was_late(chief: FlaskClient, room: Room) -> None:
    page = chief.get(late(room)).text

    words = ("01　", room.entries[0].admission_number, "09:00:00", "09:01:04 送达", "收卷之后 1 分 5 秒", "待处理")
    for each in words:
        assert each in page
    assert page.count("计入所选") == 2 and "考生电脑记为 09:01:04" in page


def test_page_tells_neither_keys_nor_what_is_right(chief: FlaskClient, room: Room) -> None:
    page = chief.get(late(room)).text
    assert not [word for word in ("正确", "错误", "得分", "答案", ">60<", "下列说法") if word in page]


def test_accepting_marks_again_and_declining_changes_it_back(chief: FlaskClient, room: Room) -> None:
    ids = [event.id for event in events()]
    page = post(chief, room, "accept", ids).text
    assert "已计入 2 条迟到作答，成绩已按现在计入的作答重新评定" in page and REASON in page
    assert score() == (100, 2)

    page = post(chief, room, "decline", ids[:1], "查看监控，交卷以后才改动").text
    assert "已决定不计入 1 条迟到作答" in page and score() == (80, 3)
    assert REASON in page and "交卷以后才改动" in page, "earlier decisions stay in sight"
    assert "没有待处理的迟到作答" in chief.get(late(room) + "?show=undecided").text


@pytest.mark.parametrize(
    ("ticked", "reason", "words"),
    [(True, "", "请写明计入或不计入的理由"), (True, "由" * 201, "200"), (False, REASON, "请先勾选")],
)
def test_nothing_is_decided_without_a_reason_or_a_tick(
    chief: FlaskClient, room: Room, ticked: bool, reason: str, words: str
) -> None:
    ids = [event.id for event in events()] if ticked else []
    answer = post(chief, room, "accept", ids, reason)
    assert answer.status_code == 422 and words in answer.text
    assert answer.text.count(" checked") >= len(ids)
    assert score() == (60, 0)


def test_after_publication_the_refusal_says_what_to_do(chief: FlaskClient, room: Room) -> None:
    ids = [event.id for event in events()]
    publish(room.exam.id)
    page = post(chief, room, "accept", ids).text
    assert "作废该成绩，再安排补考" in page and "成绩已发布，不能再处理" in page
    assert "计入所选" not in page and score() == (60, 0)


def test_person_who_still_sits_waits(chief: FlaskClient, room: Room) -> None:
    sitting = begin(room.entries[1])
    answer(sitting, 1, "A", 1, sitting.saves_close_at + timedelta(seconds=7))
    page = chief.get(late(room)).text
    assert "还在答题，收卷以后才能处理" in page and "超过宽限 7 秒" in page and "没有作答" in page


@pytest.mark.parametrize("reason", OTHER_WAYS)
def test_other_ways_are_called_by_their_names(chief: FlaskClient, room: Room, reason: LateReason) -> None:
    with transaction():
        events()[0].reason = reason
    assert OTHER_WAYS[reason] in chief.get(late(room)).text


def test_list_is_searched(chief: FlaskClient, room: Room) -> None:
    assert "没有待处理的迟到作答" in chief.get(late(room) + "?q=查无此人").text
    assert "送达" in chief.get(late(room) + f"?q={room.entries[0].admission_number}").text


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.INVIGILATOR, Role.OFFICER, Role.DIRECTOR])
def test_others_read_and_decide_nothing(app: Flask, room: Room, role: Role) -> None:
    client = browser(app, room, role)
    page = client.get(late(room)).text
    assert "待处理" in page and "计入所选" not in page
    assert post(client, room, "accept", [events()[0].id]).status_code == 404
    assert score() == (60, 0)


def test_other_committee_finds_nothing(app: Flask, room: Room) -> None:
    with transaction():
        account = make_account(make_committee("乙市人大常委会"), Role.CHIEF_INVIGILATOR)
    client = browser_of(app, account)
    assert client.get(late(room)).status_code == 404
    assert post(client, room, "accept", [events()[0].id]).status_code == 404
    assert score() == (60, 0)


def test_answer_of_another_committee_is_not_found_through_ones_own_exam(app: Flask, room: Room) -> None:
    own = make_room(name="乙市人大常委会")
    client = browser(app, own, Role.CHIEF_INVIGILATOR)
    assert post(client, own, "accept", [events()[0].id]).status_code == 404
    assert score() == (60, 0)


def test_board_results_and_today_lead_to_what_waits(app: Flask, room: Room) -> None:
    client = browser(app, room, Role.CHIEF_INVIGILATOR, Role.INVIGILATOR)
    for path in (f"/exams/{room.exam.id}/board?poll=1", f"/exams/{room.exam.id}/results", "/today"):
        page = client.get(path).text
        assert "有 2 条迟到作答待处理" in page and late(room) in page, path
    post(client, room, "decline", [event.id for event in events()])
    for path in (f"/exams/{room.exam.id}/board", f"/exams/{room.exam.id}/results", "/today"):
        assert "迟到作答待处理" not in client.get(path).text, path


def test_sheet_says_which_late_answer_counts(app: Flask, room: Room) -> None:
    client = browser(app, room, Role.CHIEF_INVIGILATOR, Role.DIRECTOR)
    post(client, room, "accept", [events()[0].id])
    result_id = db.session.scalars(select(Result.id)).first()
    page = client.get(f"/exams/{room.exam.id}/results/{result_id}").text
    assert page.count("已计入") == page.count("未计入") == 1


def test_seat_tells_of_the_decision(app: Flask, room: Room) -> None:
    client = browser(app, room, Role.CHIEF_INVIGILATOR)
    post(client, room, "accept", [events()[0].id])
    page = client.get(f"/exams/{room.exam.id}/board/seats/{room.entries[0].id}").text
    assert "处理迟到作答" in page and REASON in page


def test_waiting_result_is_decided_without_marking(chief: FlaskClient, room: Room) -> None:
    with transaction():
        db.session.scalars(select(Result)).one().state = ResultState.WAITING
    page = post(chief, room, "accept", [events()[0].id]).text
    assert "已计入 1 条迟到作答。" in page


@pytest.mark.parametrize("people", [1, 4])
def test_list_costs_as_many_statements_for_one_as_for_four(
    app: Flask, count_statements: Callable[[], Any], people: int
) -> None:
    room = make_room(people)
    for entry in room.entries:
        late_from(sit_and_mark(entry, 2), 3, 4, 5)
    sit(make_room(name="乙市人大常委会").entries[0], 1)
    client, path = browser(app, room, Role.CHIEF_INVIGILATOR), late(room)
    with count_statements() as statements:
        assert client.get(path).status_code == 200

    assert len(statements) <= 11, statements
