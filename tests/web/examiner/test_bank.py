"""tests.web.examiner.test_bank — the list of questions and one question: who sees which words."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.bank import service
from exam_app.bank.models import Question
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.people.states import Role
from question_bank.formats.xlsx import read_xlsx
from question_bank.kinds import Kind, Use
from tests.bank.factories import adopt_live, make_item
from tests.conftest import NINE
from tests.factories import actor_of, browser_of, make_account, make_committee


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee with a formal and a practice question."""
    with transaction():
        found = make_committee()
        adopt_live(found, make_item("T001"), make_item("T002", Kind.MULTIPLE, use=Use.PRACTICE))
    return found


def _question(code: str) -> Question:
    return db.session.scalars(select(Question).where(Question.code == code)).one()


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER])
def test_writers_see_the_words(app: Flask, committee: Committee, role: Role) -> None:
    page = browser_of(app, make_account(committee, role)).get("/bank").text
    assert "T001" in page and make_item("T001").stem in page


def test_clerk_sees_codes_but_no_words_of_formal_questions(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.EXAMINER))
    page = browser.get("/bank").text
    assert "T001" in page and make_item("T001").stem not in page
    assert make_item("T002").stem in page
    question = browser.get(f"/bank/questions/{_question('T001').id}").text
    item = make_item("T001")
    assert "T001" in question
    assert not [words for words in (item.stem, item.explanation, item.citations[0].evidence) if words in question]


def test_clerk_cannot_feel_for_words_by_searching(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.EXAMINER))
    assert "T001" not in browser.get("/bank?q=审判员").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=审判员", ["T001"]),
        ("kind=multiple", ["T002"]),
        ("use=practice", ["T002"]),
        ("state=draft", []),
        ("kind=nonsense&state=nonsense&difficulty=99&page=77&size=3&sort=x", ["T001", "T002"]),
    ],
)
def test_list_is_narrowed_by_its_address(app: Flask, committee: Committee, query: str, found: list[str]) -> None:
    page = browser_of(app, make_account(committee, Role.AUTHOR)).get(f"/bank?{query}").text
    assert [code for code in ("T001", "T002") if f">{code}</a>" in page] == found


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_statements_for_any_length(
    app: Flask, count_statements: Callable[[], Any], rows: int
) -> None:
    with transaction():
        committee = make_committee()
        adopt_live(committee, *(make_item(f"T{number:03d}") for number in range(rows)))
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    browser.get("/bank")
    with count_statements() as statements:
        assert browser.get("/bank").text.count('nowrap" data-label="编号"') == rows
    assert len(statements) == 10


def test_empty_bank_says_what_to_do(app: Flask) -> None:
    with transaction():
        committee = make_committee("空市人大常委会")
    assert "题库还是空的" in browser_of(app, make_account(committee, Role.AUTHOR)).get("/bank").text


def test_question_shows_versions_and_what_changed(app: Flask, committee: Committee) -> None:
    author = make_account(committee, Role.AUTHOR)
    browser = browser_of(app, author)
    question = _question("T001")
    with transaction():
        version = service.revise(question.id, committee.id, actor_of(author), NINE)
        changed = make_item("T001", stem=make_item("T001").stem.replace("应当由", "依法由"))
        service.edit(version.id, committee.id, changed, actor_of(author), NINE)
    page = browser.get(f"/bank/questions/{question.id}").text
    assert "第 2 版与第 1 版的差别" in page
    assert "<del>应当</del>" in page and "<ins>依法</ins>" in page


def test_question_of_another_committee_is_not_found(app: Flask, committee: Committee) -> None:
    with transaction():
        other = make_committee("乙市人大常委会")
    browser = browser_of(app, make_account(other, Role.AUTHOR))
    assert browser.get(f"/bank/questions/{_question('T001').id}").status_code == 404
    assert browser.get("/bank/questions/999").status_code == 404


def test_export_holds_what_the_list_shows(app: Flask, committee: Committee) -> None:
    author = browser_of(app, make_account(committee, Role.AUTHOR))
    answer = author.post("/bank/export?kind=single")
    assert [item.code for item in read_xlsx(answer.data).items] == ["T001"]
    clerk = browser_of(app, make_account(committee, Role.EXAMINER))
    assert [item.code for item in read_xlsx(clerk.post("/bank/export").data).items] == ["T002"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INVIGILATOR, Role.MARKER, Role.SYSTEM_ADMINISTRATOR])
def test_others_do_not_enter(app: Flask, committee: Committee, role: Role) -> None:
    assert browser_of(app, make_account(committee, role)).get("/bank").status_code == 404


def test_county_is_told_what_the_city_shares(app: Flask, committee: Committee) -> None:
    with transaction():
        county = make_committee("甲县人大常委会", parent=committee)
    page = browser_of(app, make_account(county, Role.AUTHOR)).get("/bank").text
    assert "上级共享的启用试题 2 题" in page
    assert "T001" not in page
