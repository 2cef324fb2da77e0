"""tests.web.examiner.test_bank_import — a file is handed in, looked at, confirmed and taken back in the browser."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.bank.models import QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.operations.models import StoredFile
from exam_app.people.states import Role
from question_bank.formats.xlsx import read_xlsx, write_xlsx
from question_bank.kinds import Use
from tests.bank.factories import adopt_live, make_item
from tests.factories import browser_of, make_account, make_committee


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee with one live question."""
    with transaction():
        found = make_committee()
        adopt_live(found, make_item("T001"))
    return found


def _sheet() -> bytes:
    items = (
        make_item("T002"),
        make_item("T003", use=Use.PRACTICE),
        make_item("T004", stem=make_item("T002").stem),
        make_item("T001"),
    )
    return write_xlsx(items)


def _upload(browser: FlaskClient, content: bytes, name: str = "试题.xlsx"):  # type: ignore[no-untyped-def]
    return browser.post("/bank/import", data={"file": (io.BytesIO(content), name)})


def _count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_file_is_previewed_in_three_tabs_before_anything_comes_in(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    address = _upload(browser, _sheet()).location
    ready = browser.get(address).text
    assert "T002" in ready and "T003" in ready and "T004" not in ready
    doubtful = browser.get(f"{address}?tab=doubtful").text
    assert "T004" in doubtful and "题干与 T002 相同" in doubtful
    wrong = browser.get(f"{address}?tab=wrong").text
    assert "T001" in wrong and "不必再导入" in wrong
    assert _count(QuestionVersion) == 1


def test_chosen_rows_come_in_and_can_be_taken_back(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    address = _upload(browser, _sheet()).location
    done = browser.post(f"{address}/confirm", data={"doubtful": "2"}, follow_redirects=True).text
    assert "已导入 3 题" in done and "撤销这次导入" in done
    assert browser.post(f"{address}/confirm").status_code == 409
    assert _count(QuestionVersion) == 4
    browser.post(f"{address}/undo")
    states = sorted(db.session.scalars(select(QuestionVersion.state)))
    assert states == [VersionState.LIVE, *[VersionState.RETIRED] * 3]
    assert browser.post(f"{address}/undo").status_code == 409


def test_clerk_imports_without_seeing_words(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.EXAMINER))
    address = _upload(browser, _sheet()).location
    page = browser.get(address).text
    assert "T002" in page and make_item("T002").stem not in page
    assert make_item("T003").stem in page
    browser.post(f"{address}/confirm")
    authors = set(db.session.scalars(select(QuestionVersion.author_id).where(QuestionVersion.source_file_id > 0)))
    assert authors == {None}


def test_faults_name_row_and_column(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    content = write_xlsx([make_item("T009", options=("甲", "乙"), key=frozenset("AB"))])
    address = _upload(browser, content).location
    page = browser.get(address).text
    assert "第2行“答案”列" in page and "单选题只能有一个答案" in page
    assert browser.post(f"{address}/confirm").status_code == 422
    assert _count(QuestionVersion) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a workbook", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0", "旧版 .xls"),
        (write_xlsx([]), "没有题目"),
    ],
)
def test_wrong_file_is_refused_at_the_form_and_not_kept(
    app: Flask, committee: Committee, content: bytes, words: str
) -> None:
    answer = _upload(browser_of(app, make_account(committee, Role.AUTHOR)), content)
    assert answer.status_code == 200 and words in answer.text
    assert _count(StoredFile) == 0


def test_form_without_a_file_asks_for_one(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.AUTHOR))
    assert "请选择要导入的" in browser.post("/bank/import", data={}).text


def test_file_of_another_committee_is_not_found(app: Flask, committee: Committee) -> None:
    address = _upload(browser_of(app, make_account(committee, Role.AUTHOR)), _sheet()).location
    with transaction():
        other = make_committee("乙市人大常委会")
    browser = browser_of(app, make_account(other, Role.AUTHOR))
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}/confirm").status_code == 404
    assert browser.post(f"{address}/undo").status_code == 404
    assert _count(QuestionVersion) == 1


def test_template_is_an_empty_sheet(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.EXAMINER))
    answer = browser.get("/bank/template.xlsx")
    result = read_xlsx(answer.data)
    assert answer.status_code == 200 and result.items == ()
