"""tests.web.officer.test_requirements — who must sit by today's rules; facts, approvals, the letter at the end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments import queries
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import ExamStep, Requirement
from exam_app.base.db import db, transaction
from exam_app.committees.decision_table import line_of
from exam_app.committees.models import Committee
from exam_app.documents.models import Document
from exam_app.documents.states import DocumentKind
from exam_app.people.states import Role
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.factories import browser_of, make_account
from tests.requirements.factories import change_rules, let_sit, verbs

TABLE = (
    line_of("exempt", "政府人员免考", "办法第五条", {"organ": ["government"]}),
    line_of("required", "EVERY_NOMINEE"),
)


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


@pytest.fixture
def bill(office: Committee) -> Bill:
    """A bill without items."""
    with transaction():
        return make_bill(office)


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item whose nominee must sit."""
    with transaction():
        return make_item(bill)


@pytest.fixture
def officer(app: Flask, office: Committee) -> FlaskClient:
    """The officer's browser."""
    return browser_of(app, make_account(office, Role.OFFICER))


@pytest.fixture
def director(app: Flask, office: Committee) -> FlaskClient:
    """The director's browser."""
    return browser_of(app, make_account(office, Role.DIRECTOR))


def change(office: Committee, **changes: Any) -> None:
    """Let other rules hold from today on."""
    with transaction():
        change_rules(office.id, **changes)


def fail(item: Item, *scores: str) -> None:
    """Let the nominee fail so many times."""
    with transaction():
        for at, score in enumerate(scores):
            let_sit(item, score, NINE + timedelta(days=3 * at))


def text_of(browser: FlaskClient, path: str) -> str:
    """Return a page."""
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_list_says_rule_evidence_and_approver(officer: FlaskClient, office: Committee, bill: Bill) -> None:
    with transaction():
        make_item(bill, continues_in_post=True)
    text = text_of(officer, "/requirements")
    assert "换届后继续担任同一职务，按本地规则免试" in text and "免试待批准" in text and "王强" in text
    assert "判断有变化" in text and "相同" in text


def test_change_of_rules_is_shown_with_both_decisions(officer: FlaskClient, office: Committee, item: Item) -> None:
    change(office, requirement_table=TABLE)
    text = text_of(officer, "/requirements?show=changed")
    assert "1 项与今天施行的规则不一致" in text and "政府人员免考（办法第五条）" in text and "应参加考试" in text
    assert "第9次主任会议通过" in text


def test_today_counts_what_new_rules_decide_otherwise(officer: FlaskClient, office: Committee, item: Item) -> None:
    assert "与现行规则不一致" not in text_of(officer, "/today")
    change(office, requirement_table=TABLE)
    text = text_of(officer, "/today")
    assert "1 项任免的考试要求与现行规则不一致" in text and 'href="/requirements?show=changed"' in text
    officer.post("/requirements/decide", data={"item": item.id})
    assert "与现行规则不一致" not in text_of(officer, "/today")


def test_chosen_items_are_decided_again(officer: FlaskClient, office: Committee, item: Item, bill: Bill) -> None:
    with transaction():
        other = make_item(bill, "李敏")
    change(office, requirement_table=TABLE)
    officer.post("/requirements/decide", data={"item": item.id})
    assert queries.requirement_of(item.id).outcome is Requirement.EXEMPT
    assert queries.requirement_of(other.id).outcome is Requirement.REQUIRED
    officer.post("/requirements/decide?show=changed", data={"everything": "y"})
    assert queries.requirement_of(other.id).rule == "政府人员免考"
    assert "没有符合条件的事项" in text_of(officer, "/requirements?show=changed")
    assert "政府人员免考（办法第五条）" in text_of(officer, f"/items/{item.id}")


@pytest.mark.parametrize("data", [{}, {"item": "x"}, {"item": "99999"}])
def test_nothing_is_decided_for_what_is_not_there(
    officer: FlaskClient, office: Committee, item: Item, data: dict[str, str]
) -> None:
    change(office, requirement_table=TABLE)
    officer.post("/requirements/decide", data=data)
    assert queries.requirement_of(item.id).outcome is Requirement.REQUIRED


def test_director_approves_what_the_officer_cannot(
    officer: FlaskClient, director: FlaskClient, office: Committee, bill: Bill
) -> None:
    with transaction():
        item = make_item(bill, continues_in_post=True)
    assert officer.post("/requirements/approve", data={"item": item.id}).status_code == 404
    assert "requirement.approve" not in verbs(item)
    assert director.post("/requirements/decide", data={"item": item.id}).status_code == 404
    director.post("/requirements/approve", data={"item": item.id})
    assert verbs(item)[-1] == "requirement.approve"
    text = text_of(director, "/requirements")
    assert "已批准" in text and f"director-{office.id}" in text
    assert f"director-{office.id}" in text_of(director, f"/items/{item.id}")


def test_list_is_searched_and_paged(officer: FlaskClient, bill: Bill) -> None:
    with transaction():
        for at in range(23):
            make_item(bill, f"王{'一二三四五六七八九十'[at // 3]}", post=f"甲市第{at}局局长")
    assert text_of(officer, "/requirements").count("局局长</b>") == 20
    assert text_of(officer, "/requirements?page=9").count("局局长</b>") == 3
    assert text_of(officer, "/requirements?q=王一").count("局局长</b>") == 3


def test_list_takes_few_statements(officer: FlaskClient, bill: Bill, count_statements: Callable[[], Any]) -> None:
    with transaction():
        for at in range(12):
            make_item(bill, f"王{'甲乙丙丁戊己庚辛壬癸子丑'[at]}")
    with count_statements() as statements:
        text_of(officer, "/requirements")
    assert len(statements) <= 12


def test_facts_are_noted_with_evidence(officer: FlaskClient, office: Committee, item: Item) -> None:
    change(office, qualified_skip_special_part=True)
    path = f"/items/{item.id}/facts"
    assert "应参加考试" in text_of(officer, path)
    refused = officer.post(path, data={"legally_qualified": "y"}).get_data(as_text=True)
    assert "请写明依据" in refused
    assert queries.requirement_of(item.id).outcome is Requirement.REQUIRED
    assert officer.post(path, data={"legally_qualified": "y", "evidence": "证书甲一号"}).status_code == 302
    assert queries.requirement_of(item.id).outcome is Requirement.SPECIAL_PART_EXEMPT
    assert "证书甲一号" in text_of(officer, f"/items/{item.id}")
    assert 'value="证书甲一号"' in text_of(officer, path)


def test_draft_of_the_letter_is_shown_and_issued_once(officer: FlaskClient, office: Committee, item: Item) -> None:
    fail(item, "40", "52")
    path = f"/items/{item.id}/failure-letter"
    text = text_of(officer, path)
    assert "建议提请机关撤回提名" in text and "关于建议撤回有关任命提请事项的函" in text and "不合格（52 分）" in text
    assert officer.post(path).headers["Location"] == officer.post(path).headers["Location"]
    [document] = db.session.scalars(select(Document))
    assert (document.kind, document.about) == (DocumentKind.SUGGEST_WITHDRAWAL, f"item:{item.id}")
    assert verbs(item).count("exam.letter") == 1
    assert f"/documents/{document.id}" in text_of(officer, path)


def test_scores_stay_out_of_the_letter_where_rules_do_not_disclose_them(
    officer: FlaskClient, office: Committee, item: Item
) -> None:
    fail(item, "40", "52")
    change(office, disclosure="passed_only", second_failure="defer")
    text = text_of(officer, f"/items/{item.id}/failure-letter")
    assert "暂缓办理" in text and "不合格" in text and "52 分" not in text


@pytest.mark.parametrize("scores", [(), ("40",), ("40", "80")])
def test_no_letter_while_none_is_due(
    officer: FlaskClient, office: Committee, item: Item, scores: tuple[str, ...]
) -> None:
    fail(item, *scores)
    path = f"/items/{item.id}/failure-letter"
    assert "函件草稿" not in text_of(officer, path)
    officer.post(path)
    assert db.session.scalars(select(Document)).all() == []
    assert "exam.letter" not in verbs(item)


def test_director_reads_the_letter_and_does_not_issue_it(director: FlaskClient, item: Item) -> None:
    fail(item, "40", "52")
    path = f"/items/{item.id}/failure-letter"
    assert "函件草稿" in text_of(director, path)
    assert director.post(path).status_code == 404
    assert db.session.scalars(select(Document)).all() == []


def test_items_of_another_committee_are_not_found(officer: FlaskClient, item: Item) -> None:
    with transaction():
        foreign = make_item(make_bill(make_foreign()), "李敏")
    for name in ("facts", "failure-letter"):
        assert officer.get(f"/items/{foreign.id}/{name}").status_code == 404
        assert officer.post(f"/items/{foreign.id}/{name}", data={"evidence": "x"}).status_code == 404
    officer.post("/requirements/decide", data={"item": [item.id, foreign.id]})
    assert verbs(item).count("requirement.decide") == 1
    assert "李敏" not in text_of(officer, "/requirements")
    assert foreign.exam_step is ExamStep.OPEN
