"""tests.web.examiner.test_results — the list, publishing by another, one person's marks, voiding, the workbook."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.exams.states import Absence
from exam_app.people.states import Role
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from tests.factories import browser_of, make_account, make_committee
from tests.results.factories import sit_and_mark
from tests.sittings.factories import Room, begin, make_room


@pytest.fixture
def room(app: Flask) -> Room:
    """An exam for three: one passed, one failed, one excused."""
    room = make_room(3)
    sit_and_mark(room.entries[0], 4)
    sit_and_mark(room.entries[1], 2)
    with transaction():
        room.entries[2].absence, room.entries[2].absence_reason = Absence.EXCUSED, "病假"
    return room


@pytest.fixture
def director(app: Flask, room: Room) -> FlaskClient:
    """The browser of a director, who did not set the exam."""
    with transaction():
        account = make_account(room.committee, Role.DIRECTOR)
    return browser_of(app, account)


def results(room: Room) -> str:
    return f"/exams/{room.exam.id}/results"


def states() -> set[ResultState]:
    db.session.rollback()
    return set(db.session.scalars(select(Result.state)))


def test_list_shows_scores_absence_and_figures(director: FlaskClient, room: Room) -> None:
    page = director.get(results(room)).text

    for words in ("80", "40", "良好", "不合格", "缺考（请假）", "50%", "发布成绩", "待发布"):
        assert words in page


def test_list_is_searched_filtered_and_sorted(director: FlaskClient, room: Room) -> None:
    number = [entry.admission_number for entry in room.entries]
    assert "没有符合条件的人" in director.get(results(room) + "?q=没有此人").text
    assert director.get(results(room) + f"?q={number[0]}").text.count('scope="row"') == 1
    assert director.get(results(room) + "?outcome=failed").text.count('scope="row"') == 1
    lowest = director.get(results(room) + "?sort=score").text
    assert lowest.index("缺考（请假）") < lowest.index(">40<") < lowest.index(">80<")


def test_publish_shows_what_was_done(director: FlaskClient, room: Room) -> None:
    page = director.post(results(room) + "/publish", follow_redirects=True).text

    assert "已发布 2 人的成绩" in page and states() == {ResultState.PUBLISHED}
    again = director.post(results(room) + "/publish", follow_redirects=True).text
    assert "没有待发布的成绩" in again


def test_publish_by_the_setter_or_during_the_exam_is_refused_in_words(app: Flask, room: Room) -> None:
    with transaction():
        setter = make_account(room.committee, Role.EXAMINER)
        room.exam.set_by = setter.id
    client = browser_of(app, setter)
    assert "请由另一位" in client.post(results(room) + "/publish", follow_redirects=True).text
    with transaction():
        room.exam.set_by = None
        room.entries[2].absence = Absence.NONE
    begin(room.entries[2])
    assert "还有 1 人正在答题" in client.post(results(room) + "/publish", follow_redirects=True).text
    assert states() == {ResultState.MARKED}


def test_sheet_shows_marks_and_no_question(director: FlaskClient, room: Room) -> None:
    result = db.session.scalars(select(Result).order_by(Result.id)).first()
    assert result is not None
    page = director.get(f"{results(room)}/{result.id}").text

    assert "监察官法" in page or "宪法" in page
    assert "多选题" in page and "下列说法正确" not in page


def test_void_needs_a_reason(director: FlaskClient, room: Room) -> None:
    result = db.session.scalars(select(Result).order_by(Result.id)).first()
    assert result is not None
    path = f"{results(room)}/{result.id}/void"
    assert director.post(path, data={}).status_code == 422
    assert states() == {ResultState.MARKED}

    assert "成绩已作废" in director.post(path, data={"reason": "替考"}, follow_redirects=True).text
    assert states() == {ResultState.MARKED, ResultState.VOIDED}


def test_workbook_holds_what_the_list_shows(director: FlaskClient, room: Room) -> None:
    answer = director.get(results(room) + ".xlsx?sort=-score")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()

    assert [row[6] for row in rows] == ["得分", "80", "40", ""]
    assert rows[3][9] == "病假"


@pytest.mark.parametrize("people", [1, 3])
def test_list_costs_as_many_statements_for_one_as_for_three(
    app: Flask, count_statements: Callable[[], Any], people: int
) -> None:
    room = make_room(people)
    for entry in room.entries:
        sit_and_mark(entry, 4)
    with transaction():
        account = make_account(room.committee, Role.DIRECTOR)
    client, path = browser_of(app, account), results(room)
    db.session.remove()
    with count_statements() as statements:
        assert client.get(path).status_code == 200

    assert len(statements) <= 5, statements


def test_other_committees_results_are_not_found(app: Flask, room: Room) -> None:
    with transaction():
        account = make_account(make_committee("乙市人大常委会"), Role.EXAMINER, Role.DIRECTOR)
    client = browser_of(app, account)
    result = db.session.scalars(select(Result).order_by(Result.id)).first()
    assert result is not None

    for path in (results(room), results(room) + ".xlsx", f"{results(room)}/{result.id}"):
        assert client.get(path).status_code == 404
    assert client.post(results(room) + "/publish").status_code == 404
    client.post(f"{results(room)}/{result.id}/void", data={"reason": "替考"})
    assert states() == {ResultState.MARKED}


def test_result_of_another_exam_is_not_found(director: FlaskClient, room: Room) -> None:
    other = make_room(name="乙市人大常委会")
    foreign = sit_and_mark(other.entries[0], 5).id

    assert director.get(f"{results(room)}/{foreign}").status_code == 404


def test_summary_and_score_sheet_are_printed(director: FlaskClient, room: Room) -> None:
    result = db.session.scalars(select(Result).order_by(Result.id)).first()
    assert result is not None
    sheet = f"{results(room)}/{result.id}/sheet.pdf"
    assert director.get(sheet).status_code == 404, "nothing is printed for a person before it is published"
    director.post(results(room) + "/publish")

    assert director.get(sheet).data.startswith(b"%PDF")
    assert director.get(results(room) + "/summary.pdf").data.startswith(b"%PDF")
