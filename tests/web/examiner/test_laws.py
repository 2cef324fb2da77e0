"""tests.web.examiner.test_laws — the register, the text of an edition, loading texts, the article beside a question."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.laws import service
from exam_app.laws.models import Article, Edition, Law
from exam_app.people.states import Role
from question_bank.numerals import article_label
from question_bank.register import Register, load_register
from tests.bank.factories import CITATION, adopt_live, make_item
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee
from tests.laws.factories import NEW, adopt_small_register, law_text, small_register


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee whose live question cites the present edition of a small register with its text."""
    with transaction():
        adopt_small_register()
        service.import_text(law_text(), MACHINE, NINE)
        found = make_committee()
        cited = replace(CITATION, law="supervision-law", edition=NEW, article="2-1")
        adopt_live(found, make_item(citations=(cited,)))
    return found


@pytest.fixture
def browser(app: Flask, committee: Committee) -> FlaskClient:
    """A browser of an author."""
    return browser_of(app, make_account(committee, Role.AUTHOR))


def _edition() -> Edition:
    return db.session.scalars(select(Edition).where(Edition.adopted_on == NEW)).one()


def test_laws_are_shown_with_their_standing_and_use(browser: FlaskClient) -> None:
    page = browser.get("/laws").text
    for words in ("监察法", "现行有效", "已被新版取代", "立法法", "尚未施行", "已载入", "未载入"):
        assert words in page
    assert "立法法" not in browser.get("/laws?q=监察").text
    assert "没有名称含" in browser.get("/laws?q=没有的法").text


@pytest.mark.parametrize("rows", [1, 2])
def test_laws_take_the_same_statements_for_any_number(
    app: Flask, count_statements: Callable[[], Any], rows: int
) -> None:
    with transaction():
        service.adopt_register(Register(small_register().laws[:rows]), NINE)
        browser_account = make_account(make_committee(), Role.AUTHOR)
    browser = browser_of(app, browser_account)
    browser.get("/laws")
    with count_statements() as statements:
        assert browser.get("/laws").status_code == 200
    assert len(statements) == 5


def test_edition_shows_its_articles_and_who_cites_them(browser: FlaskClient) -> None:
    page = browser.get(f"/laws/{_edition().id}").text
    assert "第二条之一" in page and "第一章　总则" in page
    assert "1 道启用的试题引用本条" in page
    found = browser.get(f"/laws/{_edition().id}?q=调查").text
    assert "<mark>调查</mark>" in found and "第三条" not in found
    assert browser.get("/laws/999").status_code == 404


def test_edition_without_text_says_so(browser: FlaskClient) -> None:
    older = db.session.scalars(select(Edition.id).where(Edition.text_hash == "")).first()
    assert "原文尚未载入" in browser.get(f"/laws/{older}").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"edition=supervision-law@{NEW}&number=第二条", "（二）调查"),
        (f"edition=supervision-law@{NEW}&number=99", "没有这一条"),
        ("edition=legislation-law@2026-02-01&number=1", "尚未载入"),
        ("edition=no-law@2026-02-01&number=1", "选好法律版本"),
        ("edition=&number=", "选好法律版本"),
        ("edition=supervision-law@nonsense&number=1", "选好法律版本"),
    ],
)
def test_article_beside_a_question(browser: FlaskClient, query: str, words: str) -> None:
    answer = browser.get(f"/laws/article?{query}")
    assert words in answer.text and "<html" not in answer.text


def test_bad_file_does_not_hold_up_the_others(browser: FlaskClient) -> None:
    before = db.session.scalar(select(func.count()).select_from(Article)) or 0
    files = [
        (io.BytesIO(b"\xff\xff"), "坏.txt"),
        (io.BytesIO(law_text(line="2010年4月1日通过", numbers=("1", "2", "3")).encode()), "旧版.txt"),
        (io.BytesIO(law_text(title="中华人民共和国没有的法").encode()), "没有.txt"),
    ]
    page = browser.post("/laws/import", data={"files": files}, follow_redirects=True).text
    assert "“坏.txt”里没有读到法律条文" in page and "没有.txt：法律目录里没有" in page
    assert "旧版.txt：已载入，共 3 条" in page
    assert db.session.scalar(select(func.count()).select_from(Article)) == before + 3
    assert "请选择要载入的文件" in browser.post("/laws/import", data={}).text


def test_text_is_loaded_once_by_a_person(browser: FlaskClient) -> None:
    law = next(law for law in load_register().laws if law.slug == "constitution-oath-decision")
    day, count = law.editions[-1].adopted, law.editions[-1].article_count
    articles = "\n".join(f"{article_label(str(number))}　宣誓场所应当庄重。" for number in range(1, count + 1))
    text = f"{law.title}\n{day.year}年{day.month}月{day.day}日修订\n{articles}".encode()
    for words in (f"决定.txt：已载入，共 {count} 条", "决定.txt：与已载入的文本相同"):
        data = {"files": (io.BytesIO(text), "决定.txt")}
        assert words in browser.post("/laws/import", data=data, follow_redirects=True).text
    loaded = select(func.count()).select_from(Article).where(Article.text == "宣誓场所应当庄重。")
    assert db.session.scalar(loaded) == count


def test_register_is_taken_over_from_the_page(app: Flask) -> None:
    with transaction():
        committee = make_committee()
    browser = browser_of(app, make_account(committee, Role.EXAMINER))
    assert "法律目录还没有载入" in browser.get("/laws").text
    browser.post("/laws/register")
    assert db.session.scalar(select(func.count()).select_from(Law)) == len(load_register().laws)


def test_director_reads_but_does_not_load(app: Flask, committee: Committee) -> None:
    browser = browser_of(app, make_account(committee, Role.DIRECTOR))
    assert "载入法律文本" not in browser.get("/laws").text
    assert browser.get("/laws/import").status_code == 404
    assert browser.post("/laws/register").status_code == 404
