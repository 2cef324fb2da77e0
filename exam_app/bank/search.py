"""bank.search — finds questions for the list, the export and the counts above it.

Words are looked for with LIKE over the stored search text: word indexes miss Chinese words of two characters. Whoever
may not read formal questions finds them by code only, or the search itself would tell what they say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from exam_app.bank.models import CitationRow, Question, QuestionOrgan, QuestionVersion
from exam_app.bank.rules import like_pattern
from exam_app.bank.states import VersionState
from exam_app.base.db import db
from question_bank.kinds import Kind, OrganType, Part, Use

SORTS: Mapping[str, Any] = {
    "code": Question.code,
    "kind": Question.kind,
    "difficulty": QuestionVersion.difficulty,
    "created": QuestionVersion.created_at,
}
USUAL_SORT = "code"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list of versions is narrowed to; what is None or empty does not narrow."""

    words: str = ""
    kind: Kind | None = None
    part: Part | None = None
    organ: OrganType | None = None
    law: str = ""
    difficulty: int | None = None
    use: Use | None = None
    state: VersionState | None = None
    sort: str = USUAL_SORT
    reads_formal: bool = False


def find(committee_id: int, wanted: Filter) -> Select[QuestionVersion]:
    """Return the query for the versions wanted; retired ones only when they are asked for."""
    name = wanted.sort.removeprefix("-")
    column = SORTS.get(name, SORTS[USUAL_SORT])
    return (
        select(QuestionVersion)
        .join(QuestionVersion.question)
        .options(contains_eager(QuestionVersion.question))
        .where(Question.committee_id == committee_id, *_narrow(wanted), _in_state(wanted.state))
        .order_by(column.desc() if wanted.sort.startswith("-") else column, Question.code, QuestionVersion.number)
    )


def count_states(committee_id: int, wanted: Filter) -> dict[VersionState, int]:
    """Return how many of the versions wanted are in each state, whatever state is asked for."""
    query = (
        select(QuestionVersion.state, func.count())
        .join(QuestionVersion.question)
        .where(Question.committee_id == committee_id, *_narrow(wanted))
        .group_by(QuestionVersion.state)
    )
    return {state: count for state, count in db.session.execute(query)}


def laws_cited(committee_id: int) -> list[str]:
    """Return the slugs of the laws that the committee's questions cite."""
    query = select(CitationRow.law_slug).distinct().join(QuestionVersion).join(Question)
    return sorted(db.session.scalars(query.where(Question.committee_id == committee_id)))


def _in_state(state: VersionState | None) -> ColumnElement[bool]:
    return QuestionVersion.state != VersionState.RETIRED if state is None else QuestionVersion.state == state


def _narrow(wanted: Filter) -> list[ColumnElement[bool]]:
    columns = (
        (Question.kind, wanted.kind),
        (Question.part, wanted.part),
        (Question.use, wanted.use),
        (QuestionVersion.difficulty, wanted.difficulty),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in columns if value is not None]
    if wanted.organ is not None:
        of_question = QuestionOrgan.question_id == Question.id
        conditions.append(exists().where(of_question, QuestionOrgan.organ_type == wanted.organ))
    if wanted.law:
        of_version = CitationRow.version_id == QuestionVersion.id
        conditions.append(exists().where(of_version, CitationRow.law_slug == wanted.law))
    if wanted.words.strip():
        conditions.append(_holds(wanted))
    return conditions


def _holds(wanted: Filter) -> ColumnElement[bool]:
    pattern = like_pattern(wanted.words)
    in_words = QuestionVersion.search_text.like(pattern, escape="\\")
    if wanted.reads_formal:
        return in_words
    in_code = func.lower(Question.code).like(pattern, escape="\\")
    return or_(in_code, and_(Question.use == Use.PRACTICE, in_words))
