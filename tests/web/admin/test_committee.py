"""tests.web.admin.test_committee — terms and local rules: a new dated version, and what it changed."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam_app.base.db import transaction
from exam_app.committees.models import Committee
from exam_app.committees.queries import list_rules, list_terms, rules_on
from exam_app.committees.rules import LocalRules
from exam_app.people.states import Role
from exam_app.web.admin.rules_form import typed
from exam_app.web.admin.rules_words import GROUPS, LABELS, shown
from tests.factories import browser_of, make_account, make_committee

TODAY = date(2026, 3, 2)


@pytest.fixture
def home(app: Flask) -> Committee:
    """The committee whose rules are recorded."""
    with transaction():
        return make_committee()


@pytest.fixture
def officer(app: Flask, home: Committee) -> FlaskClient:
    """An officer's browser."""
    with transaction():
        account = make_account(home, Role.OFFICER, username="officer")
    return browser_of(app, account)


def posted(**changes: Any) -> dict[str, Any]:
    """Return the form as a browser sends it: a switch that is off is left out."""
    values = typed(LocalRules(), TODAY) | {"basis": "甲人常〔2026〕1号", "valid_from": "2026-03-02"} | changes
    return {name: "y" if value is True else value for name, value in values.items() if value is not False}


def record(officer: FlaskClient, **changes: Any) -> Any:
    """Post the form."""
    return officer.post("/settings/committee/rules", data=posted(**changes))


def test_form_has_every_parameter_once() -> None:
    names = [name for _title, group in GROUPS for name in group]
    assert sorted(names) == sorted(LABELS) == sorted(LocalRules().to_document())


def test_untouched_form_records_the_defaults(officer: FlaskClient, home: Committee) -> None:
    assert record(officer).status_code == 302
    assert rules_on(home.id, TODAY).rules == LocalRules()
    assert rules_on(home.id, TODAY).version_id is not None


def test_every_kind_of_value_arrives(officer: FlaskClient, home: Committee) -> None:
    record(
        officer,
        pass_mark=70,
        gate="advise",
        valid_within_term=False,
        exempt_lateral_move=True,
        bands="优秀：95分\n 合格 70 ",
        steps="提请\n 考试： 法律考试关 \n表决:逐人表决\n",
    )

    rules = rules_on(home.id, TODAY).rules
    assert (rules.pass_mark, rules.gate, rules.valid_within_term, rules.exempt_lateral_move) == (
        70,
        "advise",
        False,
        True,
    )
    assert rules.bands == (("优秀", 95), ("合格", 70))
    assert rules.steps == (("submission", "提请"), ("exam", "法律考试关"), ("vote", "逐人表决"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pass_mark", 0),
        ("pass_mark", 101),
        ("pass_mark", "abc"),
        ("duration_minutes", 4),
        ("bands", "合格 60\n优秀 90"),
        ("bands", "优秀"),
        ("bands", "优秀 " + "9" * 30),
        ("steps", ""),
        ("steps", "散步：河边"),
        ("steps", "考试：一\n考试：二"),
        ("letter_number", "任{serial}号"),
        ("letter_number", "{year}{serial}{secret}"),
        ("grades", "满意"),
        ("grades", "满意\n满意"),
        ("assessment_lines", "满意：满意 ≥ 3/2"),
        ("assessment_lines", "满意：基本满意 ≥ 1/2"),
        ("assessment_lines", "很好：满意 ≥ 1/2"),
        ("assessment_lines", "满意"),
        ("year_groups", "批准任命：任命"),
        ("year_groups", "散步"),
        ("requirement_table", "atlantis"),
        ("steps_from", "atlantis"),
        ("gate", "whatever"),
        ("exam_title", ""),
        ("valid_from", "2026-02-30"),
        ("basis", ""),
    ],
)
def test_impossible_value_is_shown_at_its_field(officer: FlaskClient, home: Committee, name: str, value: Any) -> None:
    answer = record(officer, **{name: value})

    assert answer.status_code == 200
    assert f'id="{name}-error"' in answer.get_data(as_text=True)
    assert list_rules(home.id) == []


def test_committee_without_rules_of_its_own_sees_the_defaults(officer: FlaskClient) -> None:
    page = officer.get("/settings/committee").get_data(as_text=True)
    assert "还没有登记本地规则" in page and "还没有登记届次" in page and "60 分" in page


def test_rules_in_force_are_not_replaced_backwards(officer: FlaskClient, home: Committee) -> None:
    record(officer, pass_mark=70)
    page = record(officer, pass_mark=50, valid_from="2026-03-01").get_data(as_text=True)

    assert "不能早于今天" in page
    assert rules_on(home.id, TODAY).rules.pass_mark == 70


def test_page_says_what_a_version_changed(officer: FlaskClient, home: Committee) -> None:
    record(officer)
    record(officer, pass_mark=70, valid_from="2026-05-01")

    page = officer.get("/settings/committee").get_data(as_text=True)
    assert "施行中" in page and "待施行" in page
    assert "及格分数" in page and "<b>70 分</b>" in page
    newest, oldest = list_rules(home.id)
    compared = officer.get(f"/settings/committee/rules/{newest.id}?with={oldest.id}").get_data(as_text=True)
    assert "<b>70 分</b>" in compared


def test_version_of_another_committee_is_not_found(app: Flask, officer: FlaskClient, home: Committee) -> None:
    record(officer)
    with transaction():
        account = make_account(make_committee("乙县人大常委会"), Role.OFFICER, username="other")
    version = list_rules(home.id)[0].id

    assert browser_of(app, account).get(f"/settings/committee/rules/{version}").status_code == 404


def test_system_administrator_reads_and_does_not_record(app: Flask, home: Committee) -> None:
    with transaction():
        account = make_account(home, Role.SYSTEM_ADMINISTRATOR, username="keeper")
    browser = browser_of(app, account)

    assert "登记新规则" not in browser.get("/settings/committee").get_data(as_text=True)
    assert record(browser, pass_mark=1).status_code == 404
    assert list_rules(home.id) == []


def test_new_term_is_opened_and_one_that_does_not_follow_refused(officer: FlaskClient, home: Committee) -> None:
    officer.post("/settings/committee/term", data={"number": 17, "began_on": "2026-01-15"})
    page = officer.post("/settings/committee/term", data={"number": 17, "began_on": "2026-02-15"})

    assert "没有保存" in page.get_data(as_text=True)
    assert [(term.number, term.ended_on) for term in list_terms(home.id)] == [(17, None)]


@pytest.mark.parametrize("name", LABELS)
def test_every_value_is_shown_in_words(name: str) -> None:
    assert shown(name, getattr(LocalRules(), name)) not in ("", "True", "False", "None")
