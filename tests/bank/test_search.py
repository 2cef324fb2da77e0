"""tests.bank.test_search — finding questions by words of two characters, by every filter, in every order."""

from typing import Any

import pytest
from flask import Flask

from exam_app.bank import search
from exam_app.bank.search import Filter
from exam_app.bank.states import VersionState
from exam_app.base.paging import fetch_page
from exam_app.committees.models import Committee
from exam_app.people.states import Role
from question_bank.items import Item
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.bank.factories import CITATION, adopt_live, make_item, make_version
from tests.factories import make_account, make_committee


def _items() -> tuple[Item, ...]:
    return (
        make_item("A1", stem="国家工作人员就职时应当公开进行什么仪式？", options=("宪法宣誓", "述职", "演讲", "体检")),
        make_item("A2", Kind.MULTIPLE, part=Part.SPECIAL, organs=(OrganType.COURT,), difficulty=5),
        make_item("A3", Kind.TRUE_FALSE, use=Use.PRACTICE, stem="预算收入占 100% 的说法_a 是对的。"),
    )


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee with three live questions and a retired one."""
    found = make_committee()
    adopt_live(found, *_items())
    make_version(found, make_account(found, Role.AUTHOR), make_item("A4"), VersionState.RETIRED)
    adopt_live(make_committee("乙市人大常委会"), make_item("B1", stem="别的常委会关于宣誓的题也不能被看到？"))
    return found


def _codes(committee: Committee, **wanted: Any) -> list[str]:
    page = fetch_page(search.find(committee.id, Filter(**{"reads_formal": True, **wanted})), 1, 20)
    return [version.question.code for version in page.rows]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({}, ["A1", "A2", "A3"]),
        ({"words": "宣誓"}, ["A1"]),
        ({"words": " a1 "}, ["A1"]),
        ({"words": "100%"}, ["A3"]),
        ({"words": "_a"}, ["A3"]),
        ({"words": "%"}, ["A3"]),
        ({"words": "\\"}, []),
        ({"words": "没有的词"}, []),
        ({"kind": Kind.MULTIPLE}, ["A2"]),
        ({"part": Part.SPECIAL}, ["A2"]),
        ({"organ": OrganType.COURT}, ["A2"]),
        ({"organ": OrganType.CONGRESS}, []),
        ({"law": "constitution"}, ["A1", "A2", "A3"]),
        ({"law": "civil-code"}, []),
        ({"difficulty": 5}, ["A2"]),
        ({"use": Use.PRACTICE}, ["A3"]),
        ({"state": VersionState.RETIRED}, ["A4"]),
        ({"state": VersionState.DRAFT}, []),
        ({"sort": "-code"}, ["A3", "A2", "A1"]),
        ({"sort": "nonsense"}, ["A1", "A2", "A3"]),
    ],
)
def test_filter_finds(committee: Committee, wanted: dict[str, Any], codes: list[str]) -> None:
    assert _codes(committee, **wanted) == codes


def test_who_may_not_read_formal_questions_finds_them_by_code_only(committee: Committee) -> None:
    assert _codes(committee, words="宣誓", reads_formal=False) == []
    assert _codes(committee, words="A1", reads_formal=False) == ["A1"]
    assert _codes(committee, words="预算", reads_formal=False) == ["A3"]


def test_states_are_counted_under_the_other_filters(committee: Committee) -> None:
    wanted = Filter(kind=Kind.SINGLE, state=VersionState.LIVE, reads_formal=True)
    assert search.count_states(committee.id, wanted) == {VersionState.LIVE: 1, VersionState.RETIRED: 1}


def test_laws_cited_are_those_of_the_committee(committee: Committee) -> None:
    assert search.laws_cited(committee.id) == [CITATION.law]
