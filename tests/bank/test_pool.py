"""tests.bank.test_pool — what papers, marking and results read, and adoption in bulk."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from exam_app.audit.service import MACHINE
from exam_app.bank import queries, service
from exam_app.bank.errors import QuestionInvalid, ReviewedByAuthor
from exam_app.bank.states import VersionState
from exam_app.base.clock import stopwatch
from exam_app.committees.models import Committee
from exam_app.people.states import Role
from question_bank.formats.yaml import read_content
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.bank.factories import CITATION, adopt_live, make_authors, make_item, make_version
from tests.conftest import NINE
from tests.factories import make_account, make_committee


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee."""
    return make_committee()


def test_pool_holds_live_questions_of_the_use_asked_for(committee: Committee) -> None:
    special = make_item("T002", Kind.MULTIPLE, part=Part.SPECIAL, organs=(OrganType.COURT, OrganType.CONGRESS))
    adopt_live(committee, make_item(), special, make_item("T003", use=Use.PRACTICE))
    author, _reviewer = make_authors(committee)
    make_version(committee, author, make_item("T004"))
    common, found = queries.pool(committee.id)
    assert (common.code, common.kind, common.part, common.organs) == ("T001", Kind.SINGLE, Part.COMMON, frozenset())
    assert (found.organs, found.laws, found.option_count) == (
        frozenset({OrganType.COURT, OrganType.CONGRESS}),
        frozenset({"constitution"}),
        4,
    )
    assert [question.code for question in queries.pool(committee.id, Use.PRACTICE)] == ["T003"]


def test_pool_holds_the_banks_above_but_not_beside(committee: Committee) -> None:
    county, neighbour = make_committee("甲县人大常委会", parent=committee), make_committee("乙市人大常委会")
    adopt_live(committee, make_item("T001"))
    adopt_live(county, make_item("T002"))
    adopt_live(neighbour, make_item("T003"))
    assert [question.code for question in queries.pool(county.id)] == ["T001", "T002"]
    assert [question.code for question in queries.pool(committee.id)] == ["T001"]


@pytest.mark.parametrize("rows", [1, 3])
def test_pool_takes_the_same_statements_for_any_size(
    committee: Committee, count_statements: Callable[[], Any], rows: int
) -> None:
    adopt_live(committee, *(make_item(f"T{number:03d}") for number in range(rows)))
    with count_statements() as statements:
        assert len(queries.pool(committee.id)) == rows
    assert len(statements) == 4


def test_contents_keys_and_explanations_are_separate_reads(committee: Committee) -> None:
    item = make_item(kind=Kind.MULTIPLE)
    adopt_live(committee, item)
    (question,) = queries.pool(committee.id)
    content = queries.contents([question.version_id])[question.version_id]
    assert (content.kind, content.stem, content.options) == (item.kind, item.stem, item.options)
    assert queries.keys_of([question.version_id]) == {question.version_id: item.key}
    explanation = queries.explanations([question.version_id])[question.version_id]
    assert (explanation.explanation, explanation.citations) == (item.explanation, (CITATION,))
    assert not queries.contents([]) and not queries.keys_of([]) and not queries.explanations([])


def test_shipped_content_is_adopted_fast_and_once(committee: Committee) -> None:
    items = read_content().items
    author, reviewer = make_authors(committee)
    began = stopwatch()
    assert service.adopt(committee.id, items, author.id, reviewer.id, MACHINE, NINE) == len(items)
    assert stopwatch() - began < 2
    assert service.adopt(committee.id, items, author.id, reviewer.id, MACHINE, NINE) == 0


def test_adoption_needs_two_people_and_complete_questions(committee: Committee) -> None:
    author, reviewer = make_authors(committee)
    with pytest.raises(ReviewedByAuthor):
        service.adopt(committee.id, [make_item()], author.id, author.id, MACHINE, NINE)
    with pytest.raises(QuestionInvalid):
        service.adopt(committee.id, [make_item(citations=())], author.id, reviewer.id, MACHINE, NINE)
    assert queries.pool(committee.id) == []


def test_cited_laws_count_live_questions_once(committee: Committee) -> None:
    adopt_live(committee, make_item(citations=(CITATION, CITATION)), make_item("T002"))
    make_version(committee, make_account(committee, Role.AUTHOR), make_item("T003"), VersionState.RETIRED)
    assert queries.cited_editions(committee.id) == {("constitution", CITATION.edition): 2}
    assert queries.cited_articles(committee.id, "constitution", CITATION.edition) == {"104": 2}
    assert queries.live_count([committee.id]) == 2
