"""tests.web.examiner.test_blueprint_pages — the pages of blueprints: who may, what they show, what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.papers.models import Blueprint
from exam_app.papers.states import BlueprintState
from exam_app.people.states import Role
from tests.factories import browser_of, make_account, make_committee
from tests.papers.factories import fill_bank, make_blueprint


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee with a small bank."""
    with transaction():
        committee = make_committee()
        fill_bank(committee)
    return committee


@pytest.fixture
def examiner(app: Flask, committee: Committee) -> FlaskClient:
    """A browser of its examiner."""
    return browser_of(app, make_account(committee, Role.EXAMINER))


def _fields(**changes: str) -> dict[str, str]:
    fields = {"name": "新方案", "organ_type": "government", "full_marks": "100"}
    for kind, counts in (("single", (2, 1)), ("multiple", (1,)), ("true_false", (1,))):
        fields[f"{kind}-marks"] = "20"
        for number, count in enumerate(counts):
            part = "special" if number else "common"
            cell = {"count": str(count), "part": part, "law": "", "low": "1", "high": "5"}
            fields |= {f"{kind}-cells-{number}-{name}": value for name, value in cell.items()}
    return fields | changes


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Blueprint)) or 0


def test_quick_drafts_are_made_for_the_organs_ticked(examiner: FlaskClient) -> None:
    answer = examiner.post("/blueprints/quick", data={"organs": ["government", "court"]}, follow_redirects=True)

    assert "政府默认方案" in answer.text and "法院默认方案" in answer.text
    answer = examiner.post("/blueprints/quick", data={"organs": ["court"]}, follow_redirects=True)
    assert "法院默认方案（2）" in answer.text
    assert _count() == 3


def test_quick_without_an_organ_makes_nothing(examiner: FlaskClient) -> None:
    answer = examiner.post("/blueprints/quick", follow_redirects=True)

    assert "请至少勾选一类机关" in answer.text
    assert _count() == 0


def test_blueprint_is_written_read_and_made_ready(examiner: FlaskClient) -> None:
    page = examiner.post("/blueprints/new", data=_fields(), follow_redirects=True).text
    assert "新方案" in page and "单选题" in page
    found = db.session.scalars(select(Blueprint)).one()
    page = examiner.post(f"/blueprints/{found.id}/ready", follow_redirects=True).text

    assert "方案已启用" in page
    db.session.expire_all()
    assert found.state is BlueprintState.READY


def test_form_of_a_draft_shows_what_was_saved(examiner: FlaskClient) -> None:
    examiner.post("/blueprints/new", data=_fields(name="可改方案"))
    found = db.session.scalars(select(Blueprint)).one()
    page = examiner.get(f"/blueprints/{found.id}/edit").text

    assert 'value="可改方案"' in page
    assert 'name="single-cells-1-count"' in page


def test_more_rows_are_given_without_saving(examiner: FlaskClient) -> None:
    page = examiner.post("/blueprints/new", data=_fields(more="1")).text

    assert 'name="multiple-cells-2-count"' in page
    assert _count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"full_marks": "很多"},
        {"single-marks": "0"},
        {"single-cells-0-count": "-1"},
        {"single-cells-0-count": "x"},
        {"single-cells-0-low": "5", "single-cells-0-high": "2"},
        {"single-cells-0-law": "no-such-law"},
        {"single-cells-0-part": "other"},
        {"organ_type": "army"},
    ],
)
def test_wrong_values_are_said_at_the_form_and_nothing_is_saved(examiner: FlaskClient, changes: dict[str, str]) -> None:
    answer = examiner.post("/blueprints/new", data=_fields(**changes))

    assert answer.status_code == 200
    assert "有内容需要改正，尚未保存" in answer.text
    assert _count() == 0


def test_blueprint_that_cannot_be_met_says_what_lacks(examiner: FlaskClient) -> None:
    fields = _fields(**{"single-cells-0-count": "9", "single-marks": "6"})
    examiner.post("/blueprints/new", data=fields)
    found = db.session.scalars(select(Blueprint)).one()
    page = examiner.post(f"/blueprints/{found.id}/ready", follow_redirects=True).text

    assert "组不成试卷" in page
    assert "单选题公共法律：需要 9 题，题库可用 4 题" in page
    db.session.expire_all()
    assert found.state is BlueprintState.DRAFT


def test_name_taken_is_said_at_the_name(examiner: FlaskClient) -> None:
    for _time in range(2):
        answer = examiner.post("/blueprints/new", data=_fields())

    assert "已有名为“新方案”的组卷方案" in answer.text
    assert _count() == 1


def test_ready_blueprint_is_copied_and_retired(examiner: FlaskClient) -> None:
    examiner.post("/blueprints/new", data=_fields())
    found = db.session.scalars(select(Blueprint)).one()
    examiner.post(f"/blueprints/{found.id}/ready")
    assert "不能再改" in examiner.post(f"/blueprints/{found.id}/edit", data=_fields()).text
    assert "新方案副本" in examiner.post(f"/blueprints/{found.id}/copy", follow_redirects=True).text
    assert "已停用" in examiner.post(f"/blueprints/{found.id}/retire", follow_redirects=True).text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EXAMINER])
def test_only_examiners_see_blueprints(app: Flask, committee: Committee, role: Role) -> None:
    with transaction():
        blueprint = make_blueprint(committee)
        account = make_account(committee, role)
    browser = browser_of(app, account)

    for path in ("/blueprints", f"/blueprints/{blueprint.id}", "/blueprints/new"):
        assert browser.get(path).status_code == 404
    assert browser.post(f"/blueprints/{blueprint.id}/retire").status_code == 404


def test_foreign_blueprints_and_unknown_acts_are_not_found(app: Flask, examiner: FlaskClient) -> None:
    with transaction():
        foreign = make_blueprint(make_committee("乙市人大常委会"))
    for path in (f"/blueprints/{foreign.id}", f"/blueprints/{foreign.id}/edit"):
        assert examiner.get(path).status_code == 404
    for act in ("ready", "retire", "copy", "explode"):
        assert examiner.post(f"/blueprints/{foreign.id}/{act}").status_code == 404

    assert (_count(), foreign.state) == (1, BlueprintState.DRAFT)


def test_list_takes_the_same_statements_for_one_and_three(
    app: Flask, committee: Committee, examiner: FlaskClient, count_statements: Callable[[], Any]
) -> None:
    counts = []
    for names in (("甲",), ("乙", "丙")):
        with transaction():
            for name in names:
                make_blueprint(committee, name=name)
        with count_statements() as statements:
            assert examiner.get("/blueprints").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
