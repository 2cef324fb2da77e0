"""bank.queries — reads questions: for papers and pages. Contents and keys are separate reads on purpose."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager

from exam_app.bank.errors import NoSuchQuestion
from exam_app.bank.models import CitationRow, Question, QuestionOrgan, QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.db import db
from exam_app.committees.queries import lineage
from question_bank.items import Citation, Item
from question_bank.kinds import Kind, OrganType, Part, Use

CHUNK = 500
"""So many ids go into one statement; SQLite bounds the number of parameters."""


@dataclass(frozen=True)
class PoolQuestion:
    """A live question as the drawing of papers sees it: no words, no key."""

    version_id: int
    question_id: int
    code: str
    kind: Kind
    part: Part
    organs: frozenset[OrganType]
    difficulty: int
    laws: frozenset[str]
    option_count: int


@dataclass(frozen=True)
class Content:
    """What a candidate sees of a version: no key."""

    version_id: int
    kind: Kind
    stem: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """Why the key is right, and by which law."""

    explanation: str
    citations: tuple[Citation, ...]


def pool(committee_id: int, use: Use = Use.FORMAL) -> list[PoolQuestion]:
    """Return the live questions of the committee and of those above it, in a lasting order."""
    where = (Question.committee_id.in_(lineage(committee_id)), Question.use == use)
    live = QuestionVersion.state == VersionState.LIVE
    organs: dict[int, set[OrganType]] = defaultdict(set)
    for question_id, organ in db.session.execute(
        select(QuestionOrgan.question_id, QuestionOrgan.organ_type).join(Question).where(*where)
    ):
        organs[question_id].add(organ)
    laws: dict[int, set[str]] = defaultdict(set)
    for version_id, slug in db.session.execute(
        select(CitationRow.version_id, CitationRow.law_slug).join(QuestionVersion).join(Question).where(live, *where)
    ):
        laws[version_id].add(slug)
    columns = (QuestionVersion.id, QuestionVersion.difficulty, func.json_array_length(QuestionVersion.options))
    rows = db.session.execute(
        select(Question.id, Question.code, Question.kind, Question.part, *columns)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(live, *where)
        .order_by(QuestionVersion.id)
    )
    return [
        PoolQuestion(
            version_id, question_id, code, kind, part, frozenset(organs[question_id]), difficulty,
            frozenset(laws[version_id]), option_count,
        )
        for question_id, code, kind, part, version_id, difficulty, option_count in rows
    ]  # fmt: skip


def contents(version_ids: Iterable[int]) -> dict[int, Content]:
    """Return what candidates see of the versions."""
    found = {}
    for ids in _chunks(version_ids):
        query = select(QuestionVersion.id, Question.kind, QuestionVersion.stem, QuestionVersion.options)
        for version_id, kind, stem, options in db.session.execute(
            query.join(Question).where(QuestionVersion.id.in_(ids))
        ):
            found[version_id] = Content(version_id, kind, stem, tuple(options))
    return found


def keys_of(version_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the right letters of the versions, as stored; for marking alone."""
    found: dict[int, frozenset[str]] = {}
    for ids in _chunks(version_ids):
        query = select(QuestionVersion.id, QuestionVersion.key).where(QuestionVersion.id.in_(ids))
        found |= {version_id: frozenset(key) for version_id, key in db.session.execute(query)}
    return found


def explanations(version_ids: Iterable[int]) -> dict[int, Explanation]:
    """Return why the keys of the versions are right."""
    found = {}
    for ids in _chunks(version_ids):
        for version in db.session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(ids))):
            found[version.id] = Explanation(version.explanation, citations_of(version))
    return found


def _chunks(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    wanted = sorted(set(ids))
    return (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))


def citations_of(version: QuestionVersion) -> tuple[Citation, ...]:
    """Return the citations of a version as values."""
    return tuple(
        Citation(row.law_slug, row.edition, row.article, row.paragraph, row.item, row.evidence)
        for row in version.citations
    )


def item_of(version: QuestionVersion) -> Item:
    """Return a version as the question bank's value."""
    question = version.question
    named = {row.organ_type for row in question.organs}
    return Item(
        code=question.code,
        kind=question.kind,
        use=question.use,
        part=question.part,
        organs=tuple(organ for organ in OrganType if organ in named),
        stem=version.stem,
        options=tuple(version.options),
        key=frozenset(version.key),
        explanation=version.explanation,
        difficulty=version.difficulty,
        citations=citations_of(version),
        answer=version.answer,
    )


def get_question(question_id: int, committee_id: int) -> Question:
    """Return the committee's question, or raise NoSuchQuestion."""
    question = db.session.get(Question, question_id)
    if question is None or question.committee_id != committee_id:
        raise NoSuchQuestion(question=question_id)
    return question


def get_version(version_id: int, committee_id: int, *, lock: bool = False) -> QuestionVersion:
    """Return a version of the committee's question, or raise NoSuchQuestion; `lock` holds it until the act ends."""
    query = (
        select(QuestionVersion)
        .join(QuestionVersion.question)
        .options(contains_eager(QuestionVersion.question))
        .where(QuestionVersion.id == version_id, Question.committee_id == committee_id)
    )
    if lock:
        query = query.with_for_update(of=QuestionVersion).execution_options(populate_existing=True)
    version = db.session.scalar(query)
    if version is None:
        raise NoSuchQuestion(version=version_id)
    return version


def list_versions(question_id: int) -> list[QuestionVersion]:
    """Return all versions of a question, newest first."""
    query = select(QuestionVersion).where(QuestionVersion.question_id == question_id)
    return list(db.session.scalars(query.order_by(QuestionVersion.number.desc())))


def live_count(committee_ids: Sequence[int]) -> int:
    """Return how many live questions the committees have together."""
    query = select(func.count()).select_from(QuestionVersion).join(Question)
    live = query.where(Question.committee_id.in_(committee_ids), QuestionVersion.state == VersionState.LIVE)
    return db.session.scalar(live) or 0


def count_in_review(committee_id: int, not_by: int) -> int:
    """Return how many of the committee's drafts wait for a reviewer who is not their author."""
    waiting = QuestionVersion.state == VersionState.IN_REVIEW
    return _count(committee_id, waiting, QuestionVersion.author_id.is_distinct_from(not_by))


def count_sent_back(committee_id: int, author_id: int) -> int:
    """Return how many drafts of the author a reviewer has sent back."""
    returned = (QuestionVersion.state == VersionState.DRAFT) & (QuestionVersion.review_note != "")
    return _count(committee_id, returned, QuestionVersion.author_id == author_id)


def _count(committee_id: int, *conditions: ColumnElement[bool]) -> int:
    query = (
        select(func.count())
        .select_from(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.committee_id == committee_id, *conditions)
    )
    return db.session.scalar(query) or 0


def cited_editions(committee_id: int) -> dict[tuple[str, date], int]:
    """Return how many live questions, shared ones included, cite each edition."""
    query = _citing(committee_id).with_only_columns(
        CitationRow.law_slug, CitationRow.edition, func.count(QuestionVersion.id.distinct())
    )
    rows = db.session.execute(query.group_by(CitationRow.law_slug, CitationRow.edition))
    return {(slug, edition): count for slug, edition, count in rows}


def cited_articles(committee_id: int, slug: str, edition: date) -> dict[str, int]:
    """Return how many live questions cite each article of an edition."""
    query = _citing(committee_id).with_only_columns(CitationRow.article, func.count(QuestionVersion.id.distinct()))
    of_edition = query.where(CitationRow.law_slug == slug, CitationRow.edition == edition)
    return {article: count for article, count in db.session.execute(of_edition.group_by(CitationRow.article))}


def _citing(committee_id: int) -> Select[CitationRow]:
    return (
        select(CitationRow)
        .join(QuestionVersion, CitationRow.version_id == QuestionVersion.id)
        .join(Question, QuestionVersion.question_id == Question.id)
        .where(QuestionVersion.state == VersionState.LIVE, Question.committee_id.in_(lineage(committee_id)))
    )
