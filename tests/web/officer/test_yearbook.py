"""tests.web.officer.test_yearbook — the year on its pages: numbers that open their lists, figures by hand, files."""

import re
from collections.abc import Callable
from io import BytesIO
from time import perf_counter
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from exam_app.appointments.states import Form
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.people.states import Role
from exam_app.proceedings.models import Oath
from exam_app.yearbook.models import HandFigure
from question_bank.kinds import OrganType
from tests.appointments.factories import make_foreign, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.factories import browser_of, make_account, make_person
from tests.printing.reading import lines
from tests.yearbook.factories import (
    DAY,
    at_china,
    make_decided,
    make_letter,
    make_meeting,
    make_oath,
    make_report,
    person_of,
)

YEAR = DAY.year
PAGES = ("/yearbook", f"/yearbook/{YEAR}/list/total", f"/yearbook/{YEAR}/laws", f"/yearbook/{YEAR}/report")
FILES = ("report.pdf", "report.docx", "report.xlsx", "list/total.xlsx", "laws.xlsx")
BY_ELECTION = {"offered": "by_election", "label": "", "value": "17", "sentence": ""}


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee that decided, examined, heard and swore in somebody in the year."""
    with transaction():
        committee = make_office()
        meeting = make_meeting(committee)
        item = make_decided(committee, Form.DECIDE_APPOINT)
        make_decided(committee, Form.REMOVE, organ_type=OrganType.COURT)
        make_report(item, meeting)
        make_letter(item, committee)
        make_oath(item)
        make_result(make_entry(make_exam(committee, opens_at=at_china(YEAR, 6, 20)), person_of(item)))
        return committee


@pytest.fixture
def officer(app: Flask, office: Committee) -> FlaskClient:
    """The officer's browser."""
    return browser_of(app, make_account(office, Role.OFFICER))


@pytest.fixture
def director(app: Flask, office: Committee) -> FlaskClient:
    """The director's browser."""
    return browser_of(app, make_account(office, Role.DIRECTOR))


def stored() -> list[HandFigure]:
    db.session.rollback()
    return list(db.session.scalars(select(HandFigure).order_by(HandFigure.id)))


def test_newest_year_with_anything_is_shown_with_its_paragraph(officer: FlaskClient) -> None:
    page = officer.get("/yearbook").text
    paragraph = re.search(r'<p class="yearbook__words">(.*?)</p>', page)

    assert paragraph is not None
    assert re.sub("<[^>]*>", "", paragraph[1]) == (
        "全年常委会任免国家工作人员2人次，其中决定任命1人，免职1人。为使常委会依法行使好人事任免权，我们严格按照有关法律和办法的规定，"
        "认真审查人事任免案，对1名拟任命人员进行任前法律知识考试，组织拟任人员1人到会作供职报告，安排被任命人员1人接受任命书和宪法宣誓。"
    )


@pytest.mark.parametrize(
    "key", ["total", "decide_appoint", "appoint", "remove", "accept_resignation", "examined", "reported", "sworn"]
)
def test_every_number_opens_a_list_as_long_as_itself(officer: FlaskClient, key: str) -> None:
    page = officer.get(f"/yearbook?year={YEAR}").text
    number = re.search(rf'href="/yearbook/{YEAR}/list/{key}"[^>]*>\s*<span[^>]*>[^<]*</span>\s*<span[^>]*>(\d+)', page)
    listed = officer.get(f"/yearbook/{YEAR}/list/{key}")

    assert number is not None
    assert listed.status_code == 200
    assert listed.text.count('<th scope="row"') == int(number[1])


def test_list_leads_from_the_person_to_the_item(officer: FlaskClient) -> None:
    item_id = db.session.scalars(select(Oath.item_id)).one()

    assert f'href="/items/{item_id}"' in officer.get(f"/yearbook/{YEAR}/list/sworn").text


def test_other_years_and_what_changed_are_shown(officer: FlaskClient, office: Committee) -> None:
    with transaction():
        make_decided(office, day=DAY.replace(year=YEAR - 1))
    page = officer.get(f"/yearbook?year={YEAR}").text

    assert "比上年增加1" in page
    assert f'href="/yearbook/{YEAR - 1}/list/total"' in page
    assert "<desc>" in page


def test_running_year_says_that_it_is_not_over(officer: FlaskClient) -> None:
    assert "本年度尚未结束" in officer.get("/yearbook?year=2026").text
    assert "本年度尚未结束" not in officer.get(f"/yearbook?year={YEAR}").text


@pytest.mark.parametrize("address", ["/yearbook?year=1900", "/yearbook?year=2027", f"/yearbook/{YEAR}/list/nothing"])
def test_year_or_figure_that_is_none_is_not_found(officer: FlaskClient, address: str) -> None:
    assert officer.get(address).status_code == 404


def test_figure_by_hand_is_entered_shown_apart_changed_and_dropped(officer: FlaskClient) -> None:
    officer.post(f"/yearbook/{YEAR}/figures", data=BY_ELECTION)
    [figure] = stored()
    assert (figure.label, figure.value, figure.sentence) == (
        "增选补选人大代表（名）",
        "17",
        "增选补选省、市人大代表17名。",
    )
    page = officer.get(f"/yearbook?year={YEAR}&edit={figure.id}").text
    assert "手工填报" in page
    assert 'value="17"' in page

    officer.post(f"/yearbook/{YEAR}/figures", data={**BY_ELECTION, "value": "18"})
    assert [one.value for one in stored()] == ["18"]
    officer.post(f"/yearbook/{YEAR}/figures/{figure.id}/drop")
    assert stored() == []


def test_own_figure_needs_a_name(officer: FlaskClient) -> None:
    nameless = {"offered": "own", "label": "", "value": "3", "sentence": ""}
    answer = officer.post(f"/yearbook/{YEAR}/figures", data=nameless, follow_redirects=True)
    assert "没有保存" in answer.text
    assert stored() == []

    officer.post(f"/yearbook/{YEAR}/figures", data={**nameless, "label": "接待来访（批）"})
    assert [(one.label, one.value) for one in stored()] == [("接待来访（批）", "3")]


@pytest.mark.parametrize(
    "change", [{"offered": "nothing"}, {"value": "9" * 41}, {"sentence": "长" * 401}, {"value": "", "sentence": ""}]
)
def test_unreadable_figure_changes_nothing(officer: FlaskClient, change: dict[str, str]) -> None:
    answer = officer.post(f"/yearbook/{YEAR}/figures", data=BY_ELECTION | change, follow_redirects=True)

    assert answer.status_code in (200, 400, 422)
    assert stored() == []


def test_figure_of_another_committee_cannot_be_dropped(officer: FlaskClient, app: Flask) -> None:
    with transaction():
        foreign = make_foreign()
        stranger = make_account(foreign, Role.OFFICER)
    browser_of(app, stranger).post(f"/yearbook/{YEAR}/figures", data=BY_ELECTION)
    [figure] = stored()

    assert officer.post(f"/yearbook/{YEAR}/figures/{figure.id}/drop").status_code == 404
    assert len(stored()) == 1


def test_director_reads_but_does_not_enter(director: FlaskClient) -> None:
    assert [director.get(address).status_code for address in PAGES] == [200] * 4
    assert "填报一项" not in director.get("/yearbook").text
    assert director.post(f"/yearbook/{YEAR}/figures", data=BY_ELECTION).status_code in (403, 404)
    assert stored() == []


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.INVIGILATOR, Role.SYSTEM_ADMINISTRATOR])
def test_others_may_not_look(app: Flask, office: Committee, role: Role) -> None:
    browser = browser_of(app, make_account(office, role))

    assert {browser.get(address).status_code for address in PAGES} <= {403, 404}


def test_report_comes_as_pdf_word_and_workbook(officer: FlaskClient) -> None:
    officer.post(f"/yearbook/{YEAR}/figures", data=BY_ELECTION)
    pdf, word, book = (officer.get(f"/yearbook/{YEAR}/report.{kind}").data for kind in ("pdf", "docx", "xlsx"))

    told = "".join(lines(pdf))
    assert "全年常委会任免国家工作人员2人次" in told
    assert "增选补选省、市人大代表17名。（手工填报）" in told
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(word)).paragraphs]
    assert "增选补选省、市人大代表17名。（手工填报）" in paragraphs
    sheets = CalamineWorkbook.from_filelike(BytesIO(book))
    assert sheets.sheet_names[-2:] == ["手工填报事项", "任免事项名单"]
    assert len(sheets.get_sheet_by_name("任免事项名单").to_python()) == 3


def test_list_and_laws_come_as_workbooks(officer: FlaskClient) -> None:
    for address in ("list/total.xlsx", "laws.xlsx"):
        answer = officer.get(f"/yearbook/{YEAR}/{address}")
        assert answer.status_code == 200
        assert CalamineWorkbook.from_filelike(BytesIO(answer.data)).sheet_names


def test_empty_year_has_pages_and_files(app: Flask) -> None:
    with transaction():
        committee = make_office()
        account = make_account(committee, Role.OFFICER)
    officer = browser_of(app, account)

    assert "这一年还没有公布的任免事项" in officer.get("/yearbook").text
    for address in (*PAGES[1:], *(f"/yearbook/{YEAR}/{name}" for name in FILES)):
        assert officer.get(address).status_code == 200, address


def test_page_asks_the_same_few_statements_whatever_the_year_held(
    officer: FlaskClient, office: Committee, count_statements: Callable[[], Any]
) -> None:
    asked = []
    for _ in range(2):
        officer.get("/yearbook")
        with count_statements() as statements:
            began = perf_counter()
            assert officer.get("/yearbook").status_code == 200
            took = perf_counter() - began
        asked.append(len(statements))
        with transaction():
            person = make_person(office, "李芳")
            for number in range(500):
                make_decided(office, (Form.APPOINT, Form.REMOVE)[number % 2], person=person)

    assert asked[0] == asked[1] <= 12
    assert took < 1
    with count_statements() as statements:
        officer.get(f"/yearbook/{YEAR}/list/total?page=3&size=100")
    assert len(statements) <= 12
