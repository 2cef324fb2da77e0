"""tests.laws.test_import_text — a law text finds its edition, or is refused whole."""

import io

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.laws import errors, service
from exam_app.laws.files import read_words
from exam_app.laws.models import Article, Edition
from exam_app.laws.queries import find_article, find_articles, find_statutes, get_edition, list_articles
from tests.conftest import NINE
from tests.laws.factories import NEW, OLD, adopt_small_register, law_text


@pytest.fixture(autouse=True)
def _register(app: Flask) -> None:
    with transaction():
        adopt_small_register()


def _articles() -> int:
    return db.session.scalar(select(func.count()).select_from(Article)) or 0


def test_text_is_loaded_into_the_edition_it_names() -> None:
    edition = service.import_text(law_text(), MACHINE, NINE)
    assert edition.adopted_on == NEW
    assert edition.imported_at == NINE
    assert [article.label for article in list_articles(edition.id)] == [
        "第一条",
        "第二条",
        "第二条之一",
        "第三条",
    ]


def test_older_text_is_loaded_into_the_older_edition() -> None:
    text = law_text(line="2010年4月1日通过　自2010年5月1日起施行", numbers=("1", "2", "3"))
    assert service.import_text(text, MACHINE, NINE).adopted_on == OLD


def test_same_text_again_changes_nothing() -> None:
    service.import_text(law_text(), MACHINE, NINE)
    before = list(db.session.scalars(select(Article.id)))
    assert not service.load_text(law_text() + "\n", MACHINE, NINE).is_new
    assert list(db.session.scalars(select(Article.id))) == before


def test_corrected_text_replaces_the_former() -> None:
    service.import_text(law_text(), MACHINE, NINE)
    assert service.load_text(law_text().replace("依法治国", "全面依法治国"), MACHINE, NINE).is_new
    assert _articles() == 4
    found = find_article("supervision-law", NEW, "1")
    assert found is not None and "全面依法治国" in found.paragraphs[0]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", errors.LawTextUnreadable),
        ("一封信\n没有条文", errors.LawTextUnreadable),
        (law_text(title="中华人民共和国没有的法"), errors.LawUnknown),
        (law_text(title="中华人民共和国刑法"), errors.LawUnknown),
        (law_text(line="没有日期的一行"), errors.LawUndated),
        (law_text(line="2015年3月15日通过"), errors.EditionUnknown),
        (law_text(numbers=("1", "2", "3")), errors.ArticleCountDiffers),
    ],
)
def test_doubtful_text_is_refused_whole(text: str, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal), transaction():
        service.import_text(text, MACHINE, NINE)
    assert _articles() == 0
    assert set(db.session.scalars(select(Edition.text_hash))) == {""}


def test_article_keeps_paragraphs_and_items_apart() -> None:
    service.import_text(law_text(), MACHINE, NINE)
    article = find_article("supervision-law", NEW, "2")
    assert article is not None
    assert article.paragraphs == ("监察机关履行下列职责：\n（一）监督；\n（二）调查。", "监察机关依法独立行使职权。")
    assert article.chapter == "第一章　总则"
    assert find_article("supervision-law", OLD, "2") is None
    assert find_articles([]) == {}


def test_statute_is_what_the_checks_read() -> None:
    service.import_text(law_text(), MACHINE, NINE)
    statutes = find_statutes([("supervision-law", NEW), ("supervision-law", OLD)])
    assert list(statutes) == [("supervision-law", NEW)]
    assert statutes["supervision-law", NEW].find_article("2-1") is not None


def test_search_inside_an_edition_finds_words_and_numbers() -> None:
    edition = service.import_text(law_text(), MACHINE, NINE)
    assert [article.number for article in list_articles(edition.id, "调查")] == ["2"]
    assert [article.number for article in list_articles(edition.id, "第二条之一")] == ["2-1"]
    assert list_articles(edition.id, "宣誓") == []


def test_edition_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(errors.NoSuchEdition):
        get_edition(999, NINE.date())


def test_word_file_and_old_encodings_are_read() -> None:
    document = Document()
    for line in law_text().split("\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    assert service.import_text(read_words(stream.getvalue(), "监察法.docx"), MACHINE, NINE).adopted_on == NEW
    assert read_words(law_text().encode("gb18030"), "监察法.txt") == law_text()


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"\xff\xff\xff\xff"])
def test_unreadable_file_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(errors.LawTextUnreadable) as refusal:
        read_words(content, "监察法.doc")
    assert refusal.value.facts == {"name": "监察法.doc"}
