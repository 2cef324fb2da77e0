"""tests.web.officer.test_documents — documents of a meeting on their pages: drafts, preview, issue, files, packages."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.documents.archive import verify
from exam_app.documents.models import Archive, Document
from exam_app.documents.states import DocumentKind, DocumentState
from exam_app.jobs import queue
from exam_app.people.states import Role
from exam_app.proceedings import agenda
from tests.conftest import NINE
from tests.documents.factories import Stage, make_stage
from tests.factories import browser_of, make_account, make_committee


@pytest.fixture
def stage(app: Flask) -> Stage:
    """A meeting with four items on its agenda."""
    with transaction():
        return make_stage()


@pytest.fixture
def officer(app: Flask, stage: Stage) -> FlaskClient:
    """The clerk's browser."""
    return browser_of(app, make_account(stage.committee, Role.OFFICER, username="wenshu"))


def listed(stage: Stage) -> str:
    """Return the address of the list."""
    return f"/meetings/{stage.meeting.id}/documents"


def count(*where: Any) -> int:
    """Return how many issued documents answer."""
    return db.session.scalar(select(func.count(Document.id)).where(*where)) or 0


def test_list_names_every_document_as_a_draft(officer: FlaskClient, stage: Stage) -> None:
    page = officer.get(listed(stage)).get_data(as_text=True)
    for name in ("议程", "主持词", "表决票", "任免名单", "公告", "任命书", "宪法宣誓", "归档目录"):
        assert name in page
    assert "草稿" in page


def test_preview_shows_the_words(officer: FlaskClient, stage: Stage) -> None:
    page = officer.get(f"{listed(stage)}/name_list").get_data(as_text=True)
    assert "甲市教育局局长" in page and "内部资料" in page


@pytest.mark.parametrize(("form", "head"), [("pdf", b"%PDF"), ("docx", b"PK\x03\x04"), ("xlsx", b"PK\x03\x04")])
def test_draft_is_downloaded(officer: FlaskClient, stage: Stage, form: str, head: bytes) -> None:
    answer = officer.get(f"{listed(stage)}/{form}/vote_result")
    assert (answer.status_code, answer.data[:4]) == (200, head)


def test_word_file_holds_the_names(officer: FlaskClient, stage: Stage) -> None:
    data = officer.get(f"{listed(stage)}/docx/name_list").data
    words = "".join(paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs)
    assert "甲市教育局局长" in words


def test_all_are_issued_with_one_click(officer: FlaskClient, stage: Stage) -> None:
    page = officer.post(f"{listed(stage)}/issue", follow_redirects=True).get_data(as_text=True)
    assert "已印发" in page
    assert count(Document.state == DocumentState.ISSUED) >= 10


def test_issued_document_stays_readable_and_late_change_is_said(officer: FlaskClient, stage: Stage) -> None:
    officer.post(f"{listed(stage)}/issue")
    with transaction():
        ids = [stage.items[2].id]
        agenda.take_off(stage.meeting.id, stage.committee.id, ids, "提请机关撤回", MACHINE, NINE)

    page = officer.get(listed(stage)).get_data(as_text=True)
    assert "有变化" in page or "不一致" in page or "有误" in page
    kept = db.session.scalars(select(Document).where(Document.kind == DocumentKind.NAME_LIST)).one()
    assert "孙" in officer.get(f"/documents/{kept.id}").get_data(as_text=True)
    assert officer.get(f"/documents/{kept.id}/pdf").data[:4] == b"%PDF"
    assert "甲市教育局局长" in officer.get(f"{listed(stage)}/name_list").get_data(as_text=True)


def test_package_is_made_with_progress_and_checked(officer: FlaskClient, stage: Stage, clock: FixedClock) -> None:
    answer = officer.post(f"{listed(stage)}/package")
    progress = answer.headers["Location"]
    assert "0" in officer.get(progress).get_data(as_text=True)

    queue.run(clock)

    assert officer.get(progress).status_code == 200
    kept = db.session.scalars(select(Archive)).one()
    package = officer.get(f"/documents/archives/{kept.id}.zip")
    assert verify(package.data).is_whole
    assert "attachment" in package.headers["Content-Disposition"]
    assert kept.digest in officer.get(f"/documents/archives/{kept.id}/check").get_data(as_text=True)


ADDRESSES: tuple[Callable[[Stage], str], ...] = (
    listed,
    lambda stage: f"{listed(stage)}/name_list",
    lambda stage: f"{listed(stage)}/pdf/name_list",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_committee_finds_nothing(app: Flask, stage: Stage, address: Callable[[Stage], str]) -> None:
    with transaction():
        other = make_committee("丙市人大常委会")
        account = make_account(other, Role.OFFICER, username="bingshi")
    stranger = browser_of(app, account)
    assert stranger.get(address(stage)).status_code == 404
    assert stranger.post(f"{listed(stage)}/issue").status_code == 404
    assert count() == 0


@pytest.mark.parametrize("kind", ["nonsense", "feedback_letter", "directors_minutes"])
def test_document_that_the_meeting_has_not_is_not_found(officer: FlaskClient, stage: Stage, kind: str) -> None:
    assert officer.get(f"{listed(stage)}/{kind}").status_code == 404


def test_director_reads_and_does_not_issue(app: Flask, stage: Stage) -> None:
    director = browser_of(app, make_account(stage.committee, Role.DIRECTOR, username="zhuren"))
    assert director.get(listed(stage)).status_code == 200
    assert director.post(f"{listed(stage)}/issue").status_code == 404
    assert count() == 0


def test_list_costs_the_same_few_statements(
    officer: FlaskClient, stage: Stage, count_statements: Callable[[], Any]
) -> None:
    officer.get(listed(stage))
    with count_statements() as few:
        officer.get(listed(stage))
    with transaction():
        for number in range(5):
            stage.add(f"钱{'一二三四五'[number]}", post=f"甲市第{number}局局长")
    officer.get(listed(stage))
    with count_statements() as more:
        officer.get(listed(stage))
    assert len(more) == len(few) <= 12
