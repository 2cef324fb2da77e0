"""tests.web.examiner.test_roster_pages — importing a roster with preview, make-up people, removing."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.exams import queries, service
from exam_app.exams.models import Exam
from exam_app.people.models import Person
from exam_app.people.states import Role
from tests.conftest import NINE
from tests.exams.factories import OPENS, Hall, make_hall, set_up
from tests.factories import browser_of, make_account, make_person


@pytest.fixture
def hall(app: Flask) -> Hall:
    """A draft exam with two people: 赵强 of 甲市第1局 and 钱强 of 甲市第2局."""
    with transaction():
        return make_hall()


@pytest.fixture
def examiner(app: Flask, hall: Hall) -> FlaskClient:
    """A browser of the committee's examiner."""
    return browser_of(app, make_account(hall.committee, Role.EXAMINER))


def _names(hall: Hall) -> list[str]:
    return [line.name for line in queries.roster(hall.exam.id)]


def _persons() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def test_preview_keeps_nothing(examiner: FlaskClient, hall: Hall) -> None:
    page = examiner.post("/exams/1/roster/import", data={"text": "孙丽\t甲市卫健委\t主任\t政府\t13900000001"}).text

    assert "核对名单" in page and "新登记" in page
    assert _names(hall) == ["赵强", "钱强"]
    assert _persons() == 2


def test_confirmed_list_is_on_the_roster(examiner: FlaskClient, hall: Hall) -> None:
    text = "孙丽\t甲市卫健委\t主任\t政府\n赵强\t甲市第1局\t局长\t政府"
    page = examiner.post("/exams/1/roster/confirm", data={"text": text}, follow_redirects=True).text

    assert "已把 1 人加入名册" in page, "who is on the roster already is passed over"
    assert _names(hall) == ["赵强", "钱强", "孙丽"]


def test_file_is_previewed(examiner: FlaskClient) -> None:
    wrong = {"file": (BytesIO(b"not a file"), "名单.xls")}
    page = examiner.post("/exams/1/roster/import", data=wrong, content_type="multipart/form-data").text

    assert "请用 Excel 另存为 .xlsx" in page


@pytest.mark.parametrize("text", ["", "  \n ", "\n".join(f"王强\t第{number}局" for number in range(10_000))])
def test_empty_and_endless_lists_are_said_at_the_form(examiner: FlaskClient, text: str) -> None:
    answer = examiner.post("/exams/1/roster/import", data={"text": text}, content_type="multipart/form-data")

    assert answer.status_code == 200
    assert ("10000 行" if text.strip() else "没有读到人员") in answer.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("孙丽\t甲市卫健委\t主任\t工会", "请选择机关"),
        ("赵强\t别的单位\t主任\t政府", "请选择是谁"),
        ("孙丽\t甲局\t主任\t政府\n孙丽\t甲局\t主任\t政府", "与第 1 行重复"),
        ("孙2\t甲局\t主任\t政府", "不是有效的姓名"),
    ],
)
def test_open_questions_and_faults_keep_everybody_out(examiner: FlaskClient, hall: Hall, text: str, words: str) -> None:
    page = examiner.post("/exams/1/roster/confirm", data={"text": f"周敏\t甲市司法局\t局长\t政府\n{text}"}).text

    assert words.replace("第 1 行", "第 2 行") in page
    assert "没有保存任何人" in page
    assert _names(hall) == ["赵强", "钱强"]
    assert _persons() == 2


def test_answers_decide_who_and_which_organ(app: Flask, examiner: FlaskClient, hall: Hall) -> None:
    with transaction():
        known = make_person(hall.committee, "孙丽", unit="旧单位")
    text = "孙丽\t新单位\t主任\t工会\n赵强\t别的单位\t主任\t政府"
    answers = {"text": text, "organ-1": "government", "person-1": str(known.id), "person-2": "new"}
    examiner.post("/exams/1/roster/confirm", data=answers)

    lines = queries.roster(hall.exam.id)
    assert [(line.name, line.unit) for line in lines[2:]] == [("孙丽", "旧单位"), ("赵强", "别的单位")]
    assert lines[2].person_id == known.id


def test_answer_naming_a_person_who_was_no_choice_is_no_answer(examiner: FlaskClient, hall: Hall) -> None:
    other = hall.entries[1].person_id
    answers = {"text": "赵强\t别的单位\t主任\t政府", "person-1": str(other)}
    page = examiner.post("/exams/1/roster/confirm", data=answers).text

    assert "没有保存任何人" in page
    assert _names(hall) == ["赵强", "钱强"]


def test_thousand_people_are_previewed_and_confirmed(examiner: FlaskClient, hall: Hall) -> None:
    signs = "赵钱孙李周吴郑王冯陈"
    names = [f"{signs[n // 100 % 10]}{signs[n // 10 % 10]}{signs[n % 10]}" for n in range(1000)]
    text = "\n".join(f"{name}\t甲市第{number}局\t局长\t政府" for number, name in enumerate(names, 10))
    fields = {"text": text} | {f"organ-{row}": "government" for row in range(1, 1001)}
    answer = examiner.post(
        "/exams/1/roster/confirm", data=fields, content_type="multipart/form-data", follow_redirects=True
    )

    assert "已把 1000 人加入名册" in answer.text
    assert len(_names(hall)) == 1002


def test_removed_person_leaves_the_roster(examiner: FlaskClient, hall: Hall) -> None:
    page = examiner.post(f"/exams/1/roster/{hall.entries[0].id}/remove", follow_redirects=True).text

    assert "已移出名册" in page
    assert _names(hall) == ["钱强"]


def test_make_up_takes_those_who_did_not_pass(app: Flask, examiner: FlaskClient, hall: Hall) -> None:
    with transaction():
        service.announce(hall.exam.id, hall.committee.id, MACHINE, NINE)
        later = OPENS + timedelta(days=3)
        times = {"opens_at": later, "closes_at": later + timedelta(hours=2)}
        command = set_up(hall.committee, hall.blueprint_id, title="补考", makeup_of_id=hall.exam.id, **times)
        makeup = service.create(command, MACHINE, NINE).id
    page = examiner.get(f"/exams/{makeup}/roster/makeup").text
    assert "赵强" in page and "钱强" in page and "缺考" in page
    examiner.post(f"/exams/{makeup}/roster/makeup", data={"entry": [str(hall.entries[1].id), "999"]})

    assert [line.name for line in queries.roster(makeup)] == ["钱强"]
    assert "补考" in examiner.get(f"/exams/new?makeup_of={hall.exam.id}").text
    assert db.session.get_one(Exam, makeup).makeup_of_id == hall.exam.id
