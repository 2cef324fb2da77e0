"""laws.queries — reads laws, how their editions stand on a day, and articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select, and_, or_, select

from exam_app.base.db import db
from exam_app.laws.errors import NoSuchEdition
from exam_app.laws.models import Article, Edition, Law
from exam_app.laws.rules import paragraphs, standing
from exam_app.laws.states import Standing
from question_bank.statutes import Article as StatuteArticle
from question_bank.statutes import Statute

Reference = tuple[str, date, str]
"""Slug, day of adoption and number of an article: how citations name it."""


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """An edition of a law and how it stands on the day asked about."""

    id: int
    slug: str
    title: str
    short_title: str
    adopted_on: date
    effective_on: date | None
    repealed_on: date | None
    article_count: int
    has_text: bool
    standing: Standing

    @property
    def in_force(self) -> bool:
        """Whether it is the law on that day."""
        return self.standing is Standing.IN_FORCE


@dataclass(frozen=True, kw_only=True)
class LawView:
    """A law with its editions, newest first."""

    slug: str
    title: str
    short_title: str
    editions: tuple[EditionView, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    """One article as it is shown beside a question."""

    slug: str
    title: str
    adopted_on: date
    edition_id: int
    number: str
    label: str
    chapter: str
    paragraphs: tuple[str, ...]


def list_laws(on: date, words: str = "") -> list[LawView]:
    """Return the laws whose title holds the words, with all editions, in one statement."""
    rows = db.session.execute(
        select(Law, Edition).join(Edition, Edition.law_id == Law.id).order_by(Law.id, Edition.adopted_on)
    ).all()
    laws = []
    for law, pairs in groupby(rows, key=lambda row: row[0]):
        if words in law.title or words in law.short_title:
            laws.append(_law_view(law, [edition for _law, edition in pairs], on))
    return laws


def _law_view(law: Law, editions: Sequence[Edition], on: date) -> LawView:
    """Build the view of a law from its editions, oldest first."""
    starts = [edition.effective_on or edition.adopted_on for edition in editions]
    views = [
        EditionView(
            id=edition.id,
            slug=law.slug,
            title=law.title,
            short_title=law.short_title,
            adopted_on=edition.adopted_on,
            effective_on=edition.effective_on,
            repealed_on=edition.repealed_on,
            article_count=edition.article_count,
            has_text=bool(edition.text_hash),
            standing=standing(starts[place], edition.repealed_on, next(iter(starts[place + 1 :]), None), on),
        )
        for place, edition in enumerate(editions)
    ]
    return LawView(slug=law.slug, title=law.title, short_title=law.short_title, editions=tuple(reversed(views)))


def editions_by_name(on: date) -> dict[tuple[str, date], EditionView]:
    """Return every edition by slug and day of adoption, in one statement."""
    return {(edition.slug, edition.adopted_on): edition for law in list_laws(on) for edition in law.editions}


def get_edition(edition_id: int, on: date) -> tuple[LawView, EditionView]:
    """Return an edition and its law, or raise NoSuchEdition."""
    of_law = select(Edition.law_id).where(Edition.id == edition_id).scalar_subquery()
    rows = db.session.execute(
        select(Law, Edition)
        .join(Edition, Edition.law_id == Law.id)
        .where(Law.id == of_law)
        .order_by(Edition.adopted_on)
    ).all()
    if not rows:
        raise NoSuchEdition(edition=edition_id)
    law = _law_view(rows[0][0], [edition for _law, edition in rows], on)
    return law, next(edition for edition in law.editions if edition.id == edition_id)


def find_edition(slug: str, adopted_on: date, on: date) -> EditionView | None:
    """Return the edition as it stands on a day, None where the register does not know it."""
    return editions_by_name(on).get((slug, adopted_on))


def list_articles(edition_id: int, words: str = "") -> list[ArticleView]:
    """Return the loaded articles of an edition whose number or text holds the words, in order."""
    query = _articles().where(Edition.id == edition_id).order_by(Article.position)
    views = [_article_view(law, edition, article) for law, edition, article in db.session.execute(query)]
    return [view for view in views if _holds(view, words)]


def _holds(view: ArticleView, words: str) -> bool:
    return not words or words in (view.number, view.label) or any(words in text for text in view.paragraphs)


def find_article(slug: str, edition_date: date, number: str) -> ArticleView | None:
    """Return the article, None while its text is not loaded."""
    return find_articles([(slug, edition_date, number)]).get((slug, edition_date, number))


def find_articles(references: Iterable[Reference]) -> dict[Reference, ArticleView]:
    """Return the loaded ones of the articles, in one statement."""
    wanted = set(references)
    if not wanted:
        return {}
    places = [
        and_(Law.slug == slug, Edition.adopted_on == adopted, Article.number == number)
        for slug, adopted, number in sorted(wanted)
    ]
    rows = db.session.execute(_articles().where(or_(*places)))
    views = [_article_view(law, edition, article) for law, edition, article in rows]
    return {(view.slug, view.adopted_on, view.number): view for view in views}


def find_statutes(editions: Iterable[tuple[str, date]]) -> dict[tuple[str, date], Statute]:
    """Return the loaded texts of the editions as the checks of the question bank read them, in one statement."""
    wanted = sorted(set(editions))
    if not wanted:
        return {}
    places = [and_(Law.slug == slug, Edition.adopted_on == adopted) for slug, adopted in wanted]
    query = _articles().where(or_(*places)).order_by(Edition.id, Article.position)
    views = [_article_view(law, edition, article) for law, edition, article in db.session.execute(query)]
    return {
        name: _statute(list(group)) for name, group in groupby(views, key=lambda view: (view.slug, view.adopted_on))
    }


def _statute(views: Sequence[ArticleView]) -> Statute:
    articles = (StatuteArticle(view.number, view.label, view.chapter, view.paragraphs) for view in views)
    return Statute(views[0].title, (), tuple(articles))


def _articles() -> Select[Law, Edition, Article]:
    return (
        select(Law, Edition, Article)
        .join(Edition, Edition.law_id == Law.id)
        .join(Article, Article.edition_id == Edition.id)
    )


def _article_view(law: Law, edition: Edition, article: Article) -> ArticleView:
    return ArticleView(
        slug=law.slug,
        title=law.title,
        adopted_on=edition.adopted_on,
        edition_id=edition.id,
        number=article.number,
        label=article.label,
        chapter=article.chapter,
        paragraphs=paragraphs(article.text),
    )
