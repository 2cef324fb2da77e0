"""tests.web.admin.test_audit — the record is searched, verified and exported by the audit administrator alone."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from exam_app.audit import service as audit
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import Actor
from exam_app.base.config import ROOT
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.people import accounts
from exam_app.people.states import Role
from exam_app.web.admin.verbs import VERBS
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee


@pytest.fixture
def home(app: Flask) -> Committee:
    """The committee whose record is read."""
    with transaction():
        return make_committee()


@pytest.fixture
def auditor(app: Flask, home: Committee) -> FlaskClient:
    """The audit administrator's browser."""
    with transaction():
        account = make_account(home, Role.AUDIT_ADMINISTRATOR, username="auditor")
    return browser_of(app, account)


def act(committee: Committee, verb: str = "exam.announce", who: str = "张三") -> None:
    """Record one act."""
    committee_id = committee.id
    with transaction():
        audit.note(Actor(7, who), verb, about="exam:12", now=NINE, committee_id=committee_id, details={"n": 1})


def page(auditor: FlaskClient, query: str = "") -> str:
    """Return the list."""
    return auditor.get(f"/settings/audit{query}").get_data(as_text=True)


def test_acts_are_shown_in_words(auditor: FlaskClient, home: Committee) -> None:
    act(home)
    shown = page(auditor)
    assert "发布考试" in shown and "考试 12" in shown and "张三" in shown


@pytest.mark.parametrize(
    ("words", "found"), [("发布考试", True), ("张三", True), ("exam:12", True), ("李四", False), ("%", False)]
)
def test_search_finds_words_names_and_things(auditor: FlaskClient, home: Committee, words: str, found: bool) -> None:
    act(home)
    assert ("考试 12" in page(auditor, f"?q={words.replace('%', '%25')}")) is found


def test_record_of_another_committee_is_not_shown(auditor: FlaskClient) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")
    act(other, who="外人")

    assert "外人" not in page(auditor)


def test_verifying_a_sound_record_says_so_and_goes_on_record(auditor: FlaskClient, home: Committee) -> None:
    shown = auditor.post("/settings/audit/verify", follow_redirects=True).get_data(as_text=True)

    assert "审计链完整" in shown
    assert db.session.scalar(select(AuditEntry.details).where(AuditEntry.verb == "audit.verify")) is not None


def test_verifying_finds_an_edited_entry(auditor: FlaskClient, home: Committee) -> None:
    act(home)
    with transaction():
        db.session.execute(update(AuditEntry).where(AuditEntry.verb == "exam.announce").values(actor_name="李四"))

    assert "内容被改动" in auditor.post("/settings/audit/verify", follow_redirects=True).get_data(as_text=True)


def test_export_holds_what_the_search_shows(auditor: FlaskClient, home: Committee) -> None:
    act(home)
    answer = auditor.get("/settings/audit.xlsx?q=发布考试")

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][2:5] == ["张三", "发布考试", "考试 12"]
    assert db.session.scalar(select(AuditEntry.id).where(AuditEntry.verb == "audit.export")) is not None


def test_attempts_to_sign_in_are_listed(auditor: FlaskClient, home: Committee) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")
        make_account(other, Role.OFFICER, username="stranger")
        accounts.sign_in("auditor", "wrong", "10.0.0.7", NINE)
        accounts.sign_in("stranger", "wrong", "10.0.0.8", NINE)

    shown = auditor.get("/settings/attempts?outcome=wrong").get_data(as_text=True)
    assert "10.0.0.7" in shown and "密码不对" in shown
    assert "10.0.0.8" not in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(
    auditor: FlaskClient, home: Committee, count_statements: Callable[[], Any], rows: int
) -> None:
    for _number in range(rows):
        act(home)
    with count_statements() as statements:
        page(auditor)
    assert len(statements) == 4


def test_every_verb_of_the_house_has_words() -> None:
    sources = [path for path in Path(ROOT / "exam_app").rglob("*.py") if "web" not in path.parts]
    noting = re.compile(r'(?:note|_turn|_record)\([^"]*?"([a-z]+\.[a-z_]+)"', re.S)
    verbs = {verb for path in sources for verb in noting.findall(path.read_text(encoding="utf-8"))}
    assert len(verbs) > 30
    assert verbs <= set(VERBS), verbs - set(VERBS)
