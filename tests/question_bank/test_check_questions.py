"""tests.question_bank.test_check_questions — what one question can have wrong with it."""

from typing import Any

import pytest

from question_bank.checks import Severity, check_items
from question_bank.items import Item
from question_bank.kinds import Kind, OrganType, Part
from tests.question_bank.samples import OATH, a_statement, an_item


def found(*items: Item) -> set[tuple[str, str]]:
    return {(finding.code, finding.item_code) for finding in check_items(items)}


def codes(item: Item) -> set[str]:
    return {finding.code for finding in check_items([item])}


def test_good_questions_have_no_findings() -> None:
    assert check_items([an_item(), a_statement(stem="一切法律都不得同宪法相抵触。")]) == []


def test_empty_list_has_no_findings() -> None:
    assert check_items([]) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": " "}, "code_missing"),
        ({"difficulty": 0}, "difficulty"),
        ({"difficulty": 6}, "difficulty"),
        ({"part": Part.SPECIAL}, "part_and_organs"),
        ({"organs": (OrganType.COURT,)}, "part_and_organs"),
        ({"part": Part.SPECIAL, "organs": (OrganType.COURT, OrganType.COURT)}, "part_and_organs"),
        ({"citations": ()}, "no_citation"),
        ({"options": ("甲",), "key": frozenset("A")}, "options"),
        ({"options": tuple("甲乙丙丁戊己庚辛壬")}, "options"),
        ({"options": ("甲", " ", "丙")}, "empty_option"),
        ({"options": ("甲", "乙", "甲　")}, "equal_options"),
        ({"key": frozenset("E")}, "key_beyond_options"),
        ({"key": frozenset()}, "key_size"),
        ({"key": frozenset("AB")}, "key_size"),
        ({"kind": Kind.MULTIPLE}, "key_size"),
        ({"kind": Kind.TRUE_FALSE}, "options"),
        ({"kind": Kind.TRUE_FALSE, "options": ("正确", "错误"), "key": frozenset("AB")}, "key_size"),
        ({"answer": "甲"}, "answer_not_expected"),
        ({"kind": Kind.ESSAY, "answer": "要点"}, "options"),
        ({"kind": Kind.ESSAY, "options": (), "key": frozenset()}, "answer_missing"),
        ({"kind": Kind.ESSAY, "options": (), "answer": "要点"}, "answer_missing"),
    ],
)
def test_broken_question_is_an_error(changes: dict[str, Any], code: str) -> None:
    findings = [finding for finding in check_items([an_item(**changes)]) if finding.code == code]

    assert [finding.severity for finding in findings] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stem": "何事？"}, "stem_length"),
        ({"stem": "长" * 401}, "stem_length"),
        ({"explanation": "略"}, "explanation_length"),
        ({"options": ("甲" * 121, "乙" * 121), "key": frozenset("A")}, "option_length"),
        ({"citations": (OATH, OATH.__class__(OATH.law, OATH.edition, "1", None, None, "短"))}, "evidence_length"),
        ({"options": ("就职演说", "国家工作人员的宪法宣誓", "述职报告")}, "key_much_longer"),
        ({"options": ("一律作报告", "宪法宣誓", "述职报告")}, "absolute_word"),
        ({"options": ("就职演说", "宪法宣誓", "以上都对")}, "all_of_above"),
        ({"options": ("就职演说", "宪法宣誓", "上述三项")}, "all_of_above"),
        ({"options": ("就职演说", "宪法宣誓", "A和B")}, "all_of_above"),
        ({"options": ("就职演说", "宪法宣誓", "C、述职")}, "label_in_option"),
        ({"stem": "国家工作人员就职时不得不进行什么？"}, "double_negative"),
        ({"stem": "关于宣誓，下列哪项不属于不得委托他人的事项？"}, "double_negative"),
        ({"stem": "关于宣誓，下列未规定在宪法中的不包括哪项？"}, "double_negative"),
    ],
)
def test_weak_wording_is_a_warning(changes: dict[str, Any], code: str) -> None:
    findings = [finding for finding in check_items([an_item(**changes)]) if finding.code == code]

    assert findings
    assert {finding.severity for finding in findings} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"options": ("一律作报告", "一律宪法宣誓", "述职报告")}, "absolute_word"),
        ({"options": ("就职演说", "宪法宣誓", "以上一级法院为准")}, "all_of_above"),
        ({"options": ("十日", "三十日内", "五日"), "key": frozenset("B")}, "key_much_longer"),
        ({"stem": "下列哪项不属于宪法宣誓的内容？"}, "double_negative"),
        ({"stem": "下列哪项不属于不动产登记的范围？"}, "double_negative"),
        ({"stem": "国家工作人员未宣誓的，下列处理中正确的是哪项？"}, "double_negative"),
        ({"kind": Kind.CASE, "stem": "案" * 2000, "options": (), "key": frozenset(), "answer": "略"}, "stem_length"),
    ],
)
def test_sound_wording_is_left_alone(changes: dict[str, Any], code: str) -> None:
    assert code not in codes(an_item(**changes))


def test_errors_come_first() -> None:
    findings = check_items(
        [an_item("A", explanation="略"), an_item("B", stem="国家主席由谁选举产生呢？", citations=())]
    )

    assert [finding.severity for finding in findings] == [Severity.ERROR, Severity.WARNING]


def test_equal_codes_are_found_once() -> None:
    items = [an_item("A"), an_item("A", stem="国家主席由谁选举产生呢？")]

    assert [(finding.code, finding.item_code) for finding in check_items(items)] == [("duplicate_code", "A")]


def test_stem_that_differs_in_marks_alone_is_a_duplicate() -> None:
    again = an_item("B", stem="国家工作人员，就职时应当依照法律规定 公开进行什么活动（　　）。")

    assert found(an_item("A"), again) == {("duplicate_stem", "B")}


def test_equal_stem_with_other_options_is_only_a_warning() -> None:
    same, other = an_item("B"), an_item("C", options=("甲", "乙", "丙", "丁"))

    findings = {finding.item_code: finding.severity for finding in check_items([an_item("A"), same, other])}

    assert findings == {"B": Severity.ERROR, "C": Severity.WARNING}


def test_stems_that_are_nearly_equal_are_found() -> None:
    again = an_item("B", stem="国家机关工作人员就职时应当依照法律规定公开进行什么活动？")

    assert found(an_item("A"), again) == {("near_duplicate", "B")}


def test_different_stems_are_left_alone() -> None:
    assert found(an_item("A"), an_item("B", stem="全国人民代表大会每届任期几年？")) == set()
