"""tests.web.examiner.test_bank_editor — writing a question in the form, and taking it through review."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.bank.models import Question, QuestionVersion
from exam_app.bank.queries import item_of
from exam_app.bank.states import VersionState
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.laws import service as laws
from exam_app.people.states import Role
from question_bank.items import FALSE_KEY, TRUE_FALSE_OPTIONS
from question_bank.kinds import Kind, OrganType, Part
from question_bank.register import load_register
from tests.bank.factories import adopt_live, make_item, make_version
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee

ITEM = make_item("T001", part=Part.SPECIAL, organs=(OrganType.COURT,))
FILLED: dict[str, Any] = {
    "code": ITEM.code,
    "kind": "single",
    "use": "formal",
    "organs": ["court"],
    "difficulty": str(ITEM.difficulty),
    "stem": ITEM.stem,
    **{f"options-{place}": text for place, text in enumerate(ITEM.options)},
    "key": ["A"],
    "explanation": ITEM.explanation,
    "citations-0-edition": "constitution@2018-03-11",
    "citations-0-article": "第一百零四条",
    "citations-0-evidence": ITEM.citations[0].evidence,
}


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee whose register of laws is there."""
    with transaction():
        laws.adopt_register(load_register(), NINE)
        return make_committee()


def _versions() -> list[QuestionVersion]:
    db.session.expire_all()
    return list(db.session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)))


def test_form_writes_the_question_as_filled_in(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    assert browser.get("/bank/new").status_code == 200
    answer = browser.post("/bank/new", data=FILLED, follow_redirects=True)
    assert "草稿已保存" in answer.text
    (version,) = _versions()
    assert item_of(version) == ITEM


def test_form_shows_a_draft_as_it_is_and_changes_it(app: Flask, committee: Committee) -> None:
    author = make_account(committee, Role.AUTHOR)
    version = make_version(committee, author, ITEM)
    browser = browser_of(app, author)
    address = f"/bank/versions/{version.id}/edit"
    page = browser.get(address).text
    assert ITEM.stem in page
    assert '<option selected value="constitution@2018-03-11">' in page
    changed = {**FILLED, "kind": "true_false", "key": ["B"], "options-0": "", "options-1": ""}
    browser.post(address, data=changed)
    item = item_of(_versions()[0])
    assert (item.kind, item.options, item.key) == (Kind.TRUE_FALSE, TRUE_FALSE_OPTIONS, FALSE_KEY)


def test_save_and_send_on_does_both_or_nothing(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    incomplete = {**FILLED, "key": [], "submit_for_review": "1"}
    assert "试题还不完整" in browser.post("/bank/new", data=incomplete).text
    assert _versions() == []
    browser.post("/bank/new", data={**FILLED, "submit_for_review": "1"})
    assert [version.state for version in _versions()] == [VersionState.IN_REVIEW]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": ""}, "编号"),
        ({"stem": ""}, "题干"),
        ({"options-1": ""}, "选项中间有空"),
        ({"key": ["F"]}, "不存在的选项"),
        ({"citations-0-article": ""}, "请填写条文序号"),
        ({"citations-0-article": "甲"}, "不是条文序号"),
        ({"citations-0-paragraph": "甲"}, "不是序号"),
        ({"citations-0-edition": "no-law@2018-03-11"}, "citations-0-edition-error"),
        ({"difficulty": "9"}, "difficulty-error"),
        ({"kind": "nonsense"}, "kind-error"),
    ],
)
def test_wrong_entry_is_shown_at_its_place_and_nothing_is_written(
    app: Flask, committee: Committee, wrong: dict[str, Any], words: str
) -> None:
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    answer = browser.post("/bank/new", data={**FILLED, **wrong})
    assert answer.status_code == 200
    assert words in answer.text
    assert db.session.scalar(select(func.count()).select_from(Question)) == 0


def test_taken_code_is_said_at_the_code(app: Flask, committee: Committee) -> None:
    with transaction():
        adopt_live(committee, make_item("T001"))
    answer = browser_of(app, make_account(committee, Role.AUTHOR)).post("/bank/new", data=FILLED)
    assert "已被另一题使用" in answer.text and "code-error" in answer.text
    assert len(_versions()) == 1


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.REVIEWER])
def test_only_authors_write(app: Flask, committee: Committee, role: Role) -> None:
    browser = browser_of(app, make_account(committee, role))
    assert browser.get("/bank/new").status_code == 404
    assert browser.post("/bank/new", data=FILLED).status_code == 404
    assert _versions() == []


def test_question_goes_from_draft_to_live_by_two_people(app: Flask, committee: Committee) -> None:
    author = browser_of(app, make_account(committee, Role.AUTHOR))
    reviewer = browser_of(app, make_account(committee, Role.REVIEWER))
    author.post("/bank/new", data=FILLED)
    version = _versions()[0].id
    author.post(f"/bank/versions/{version}/submit")
    page = reviewer.get(f"/bank/versions/{version}/review").text
    assert ITEM.stem in page and "自动检查" in page and "审定启用" in page
    assert "请写明哪里需要修改" in reviewer.post(f"/bank/versions/{version}/send-back", data={}).text
    reviewer.post(f"/bank/versions/{version}/send-back", data={"reason": "第二项也对"})
    assert "第二项也对" in author.get(f"/bank/versions/{version}/edit").text
    author.post(f"/bank/versions/{version}/edit", data={**FILLED, "submit_for_review": "1"})
    assert "已审定启用" in reviewer.post(f"/bank/versions/{version}/approve", follow_redirects=True).text
    assert [one.state for one in _versions()] == [VersionState.LIVE]


def test_author_who_also_reviews_is_refused_the_own_question(app: Flask, committee: Committee) -> None:
    both = make_account(committee, Role.AUTHOR, Role.REVIEWER)
    version = make_version(committee, both, state=VersionState.IN_REVIEW)
    browser = browser_of(app, both)
    assert "需由另一位审题人审定" in browser.get(f"/bank/versions/{version.id}/review").text
    answer = browser.post(f"/bank/versions/{version.id}/approve")
    assert answer.status_code == 403 and "命题人不能审定自己写的题" in answer.text
    assert [one.state for one in _versions()] == [VersionState.IN_REVIEW]


def test_live_question_is_renewed_and_retired_with_a_reason(app: Flask, committee: Committee) -> None:
    with transaction():
        adopt_live(committee, make_item("T001"))
    (live,) = _versions()
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    assert browser.post(f"/bank/versions/{live.id}/retire", data={"reason": " "}).status_code == 422
    browser.post(f"/bank/questions/{live.question_id}/revise")
    assert [one.state for one in _versions()] == [VersionState.LIVE, VersionState.DRAFT]
    assert browser.post(f"/bank/questions/{live.question_id}/revise").status_code == 409
    browser.post(f"/bank/versions/{live.id}/retire", data={"reason": "法律已修改"})
    assert [one.state for one in _versions()] == [VersionState.RETIRED, VersionState.DRAFT]


def test_pages_of_versions_that_moved_on_lead_to_the_question(app: Flask, committee: Committee) -> None:
    author = make_account(committee, Role.AUTHOR)
    version = make_version(committee, author, state=VersionState.LIVE)
    browser = browser_of(app, author)
    for page in ("edit", "review"):
        answer = browser.get(f"/bank/versions/{version.id}/{page}")
        assert answer.location == f"/bank/questions/{version.question_id}"
