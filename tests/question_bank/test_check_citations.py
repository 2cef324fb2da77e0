"""tests.question_bank.test_check_citations — the law cited exists, holds, and says what is quoted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from question_bank.checks import Statutes, check_items
from question_bank.items import Citation
from question_bank.statutes import parse_statute
from tests.question_bank.samples import CONSTITUTION, OATH, an_item

DAY = date(2026, 11, 23)
TEXT = """# 中华人民共和国宪法

第二十六条　国家保护和改善生活环境。

第二十七条　一切国家机关实行精简的原则。

国家机关应当：

（一）依靠人民的支持；

（二）接受人民的监督。

国家工作人员就职时应当依照法律规定公开进行
宪法宣誓。
"""
STATUTES: Statutes = {("constitution", CONSTITUTION): parse_statute(TEXT.replace("进行\n", "进行 "))}


def codes(citation: Citation, on: date | None = DAY, statutes: Statutes | None = None) -> list[str]:
    findings = check_items([an_item(citations=(citation,))], on=on, statutes=statutes)
    return [finding.code for finding in findings]


def cited(**changes: Any) -> Citation:
    return replace(OATH, **changes)


def test_good_citation_has_no_findings() -> None:
    assert codes(OATH) == []
    assert codes(OATH, statutes=STATUTES) == []


@pytest.mark.parametrize(
    ("citation", "code"),
    [
        (cited(law="some-law"), "unknown_law"),
        (cited(edition=date(2004, 3, 14)), "unknown_edition"),
        (cited(article="144"), "no_article"),
        (cited(article="12-1"), "no_article"),
        (Citation("supervision-law", date(2018, 3, 20), "1", evidence="加强对公权力的监督"), "not_in_force"),
        (Citation("environmental-protection-law", date(2014, 4, 24), "1", evidence="保护和改善环境"), "not_in_force"),
    ],
)
def test_citation_that_the_register_contradicts_is_an_error(citation: Citation, code: str) -> None:
    assert codes(citation) == [code]


def test_edition_is_judged_by_the_day_asked_for() -> None:
    old = Citation("supervision-law", date(2018, 3, 20), "1", evidence="加强对公权力的监督")

    assert codes(old, on=date(2025, 5, 31)) == []
    assert codes(old, on=date(2025, 6, 1)) == ["not_in_force"]
    assert codes(old, on=None) == []


def test_finding_names_the_edition_that_holds_now() -> None:
    old = Citation("supervision-law", date(2018, 3, 20), "1", evidence="加强对公权力的监督")

    (finding,) = check_items([an_item(citations=(old,))], on=DAY)

    assert "2024-12-25" in finding.message


@pytest.mark.parametrize(
    ("citation", "code"),
    [
        (cited(article="28"), "no_article"),
        (cited(article="二十七"), "no_article"),
        (cited(evidence="就职时可以公开进行宪法宣誓"), "evidence_not_found"),
        (cited(evidence=""), "no_evidence"),
        (cited(article="26"), "evidence_not_found"),
        (cited(paragraph=4), "no_paragraph"),
        (cited(paragraph=1), "evidence_elsewhere"),
        (cited(paragraph=2, item=3, evidence="接受人民的监督"), "no_item"),
        (cited(paragraph=3, item=1), "no_item"),
        (cited(paragraph=2, item=1, evidence="接受人民的监督"), "evidence_elsewhere"),
        (cited(paragraph=None, evidence="实行精简的原则。国家机关应当"), "evidence_elsewhere"),
    ],
)
def test_citation_that_the_text_contradicts_is_found(citation: Citation, code: str) -> None:
    assert code in codes(citation, statutes=STATUTES)


@pytest.mark.parametrize(
    "citation",
    [
        cited(paragraph=None),
        cited(evidence="公开进行宪法 宣誓"),
        cited(paragraph=2, item=2, evidence="接受人民的监督"),
        cited(paragraph=None, item=2, evidence="接受人民的监督"),
        cited(paragraph=2, evidence="应当：（一）依靠人民"),
    ],
)
def test_evidence_is_found_where_it_stands(citation: Citation) -> None:
    assert codes(citation, statutes=STATUTES) == []


def test_text_of_another_edition_is_not_looked_at() -> None:
    assert (
        codes(cited(evidence="原文里没有的话"), statutes={("constitution", date(2004, 3, 14)): parse_statute(TEXT)})
        == []
    )
