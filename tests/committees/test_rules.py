"""tests.committees.test_rules — a document of local rules is right, or the field that is wrong is named."""

import json
from dataclasses import fields, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.committees.decision_table import contradictions, gaps
from exam_app.committees.errors import RulesInvalid, TableContradicts, TableHasGaps
from exam_app.committees.limits import CHOICES, LIMITS
from exam_app.committees.rules import USUAL_STEPS, LocalRules, changes, from_document, usual_table
from exam_app.texts import words_for

SWITCHES = (
    "valid_within_term",
    "valid_within_organ",
    "exempt_passed",
    "exempt_continuing",
    "exempt_lateral_move",
    "qualified_skip_special_part",
    "examine_acting_posts",
    "examine_approved_appointments",
)
NAMES = [field.name for field in fields(LocalRules)]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2000) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


def test_defaults_are_valid_and_survive_storage() -> None:
    stored = json.loads(json.dumps(LocalRules().to_document()))
    assert from_document(stored) == LocalRules()


def test_missing_fields_take_the_defaults_and_unknown_ones_are_left_out() -> None:
    assert from_document({"pass_mark": 70, "from_a_later_release": 1}) == LocalRules(pass_mark=70)


@pytest.mark.parametrize(("name", "limits"), LIMITS.items())
def test_number_outside_its_limits_is_named(name: str, limits: tuple[int, int]) -> None:
    low, high = limits
    for value in (low - 1, high + 1):
        with pytest.raises(RulesInvalid) as refused:
            from_document({name: value})
        assert refused.value.facts["field"] == name


@pytest.mark.parametrize("name", CHOICES)
def test_choice_that_is_none_is_named(name: str) -> None:
    with pytest.raises(RulesInvalid) as refused:
        from_document({name: "whatever"})
    assert refused.value.facts["field"] == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pass_mark", 0),
        ("pass_mark", 101),
        ("pass_mark", "60"),
        ("pass_mark", True),
        ("valid_within_term", 1),
        ("exam_title", "  "),
        ("report_label", "长" * 121),
        ("bands", [["合格", 60], ["优秀", 90]]),
        ("bands", [["优秀", 90], ["优秀", 80]]),
        ("bands", [["优秀", 90], ["良好", 90]]),
        ("bands", [["优秀", 101]]),
        ("bands", [["优秀"]]),
        ("bands", 7),
        ("steps", []),
        ("steps", [""]),
        ("steps", [["walk", "散步"]]),
        ("steps", [["exam", "一"], ["exam", "二"]]),
        ("steps", [["exam", ""]]),
        ("letter_number", "{short}任{year}号"),
        ("letter_number", "{serial}号"),
        ("letter_number", "{year}{serial}{name}"),
        ("letter_number", "{year}{serial}{serial}"),
        ("letter_number", "{year}{serial:03d}"),
        ("letter_number", "{year}{serial!r}"),
        ("letter_number", "{year}{serial"),
        ("letter_number", "{}{}"),
        ("grades", ["满意"]),
        ("grades", ["满意", "满意"]),
        ("grades", ["一", "二", "三", "四", "五", "六", "七"]),
        ("grades", [["满意"], "不满意"]),
        ("assessment_lines", [["称职", 1, 1, 2, False]]),
        ("assessment_lines", []),
        ("assessment_lines", [["很好", 1, 1, 2, False]]),
        ("assessment_lines", [["不满意", 3, 1, 2, False]]),
        ("assessment_lines", [["满意", 0, 1, 2, False]]),
        ("assessment_lines", [["满意", 4, 1, 2, False]]),
        ("assessment_lines", [["满意", 1, 0, 2, False]]),
        ("assessment_lines", [["满意", 1, 3, 2, False]]),
        ("assessment_lines", [["满意", 1, 2, 2, True]]),
        ("assessment_lines", [["满意", 1, 1, 200, False]]),
        ("assessment_lines", [["满意", 1, 1, 2, 1]]),
        ("assessment_lines", [["基本满意", 2, 1, 2, True], ["满意", 1, 1, 2, False]]),
        ("assessment_lines", [["满意", 1, 1, 2, False], ["满意", 1, 1, 3, False]]),
        ("assessment_lines", [["满意", 1, 1, 2]]),
        ("year_groups", []),
        ("year_groups", [["walk", "appoint"]]),
        ("requirement_table", [7]),
    ],
)
def test_impossible_value_is_named(name: str, value: Any) -> None:
    with pytest.raises(RulesInvalid) as refused:
        from_document({name: value})
    assert refused.value.facts["field"] == name


REST = {"outcome": "required", "rule": "EVERY_NOMINEE", "basis": "", "when": []}
COURT = {"outcome": "exempt", "rule": "法院免考", "basis": "办法第三条", "when": [["organ", ["court"]]]}


def test_table_of_ones_own_survives_storage_and_takes_the_place_of_the_switches() -> None:
    rules = from_document({"requirement_table": [COURT, REST], "exempt_passed": True})
    assert from_document(json.loads(json.dumps(rules.to_document()))) == rules
    assert [line.rule for line in rules.table()] == ["法院免考", "EVERY_NOMINEE"]
    assert "PASSED_THIS_TERM" in [line.rule for line in LocalRules().table()]


def test_table_with_a_gap_is_refused_with_an_example_in_words() -> None:
    with pytest.raises(TableHasGaps) as refused:
        from_document({"requirement_table": [COURT]})
    assert refused.value.facts == {"field": "requirement_table", "example": "机关为人大、政府、监委、检察院"}
    assert "人大、政府、监委、检察院" in words_for(refused.value)


def test_table_with_a_line_that_never_decides_is_refused_by_number_and_words() -> None:
    later = {**COURT, "outcome": "required", "rule": "法院须考"}
    with pytest.raises(TableContradicts) as refused:
        from_document({"requirement_table": [COURT, later, REST]})
    assert (refused.value.facts["line"], refused.value.facts["by"]) == (2, "1")
    words = words_for(refused.value)
    assert "第 2 行“法院须考”" in words and "第 1 行" in words and "机关为法院 → 应参加考试" in words


def test_redundant_line_may_stay() -> None:
    assert len(from_document({"requirement_table": [COURT, {**COURT, "rule": "再说一遍"}, REST]}).table()) == 3


@pytest.mark.parametrize("switches", list(product((False, True), repeat=len(SWITCHES))))
def test_usual_table_is_complete_and_without_contradiction_whatever_the_switches(switches: tuple[bool, ...]) -> None:
    table = usual_table(LocalRules(**dict(zip(SWITCHES, switches, strict=True))))
    assert (gaps(table), contradictions(table)) == ([], [])


def test_every_form_has_one_group_of_the_years_figures() -> None:
    groups = [list(pair) for pair in LocalRules().year_groups]
    for wrong in (groups[1:], [*groups, ["adopt", "remove"]], [*groups, ["appoint", "remove"]], [["adopt", "x"]]):
        with pytest.raises(RulesInvalid) as refused:
            from_document({"year_groups": wrong})
        assert refused.value.facts["field"] == "year_groups"


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_any_document_is_read_or_refused_by_name(document: dict[str, Any]) -> None:
    try:
        rules = from_document(document)
    except RulesInvalid as refused:
        assert refused.facts["field"] in NAMES
    else:
        assert from_document(json.loads(json.dumps(rules.to_document()))) == rules


def test_document_of_the_first_release_is_read_with_the_kinds_of_its_steps() -> None:
    assert from_document({"steps": [label for _kind, label in USUAL_STEPS]}).steps == USUAL_STEPS
    steps = from_document({"steps": ["提请任免案", "法律考试关", "散步", "供职报告", "表决"]}).steps
    assert steps == (("submission", "提请任免案"), ("exam", "法律考试关"), ("report", "供职报告"), ("vote", "表决"))
    assert from_document({"steps": ["散步"]}).steps == USUAL_STEPS


@given(st.integers(0, 100))
def test_band_agrees_with_the_pass_mark(score: int) -> None:
    rules = LocalRules()
    assert (rules.band(score) == "不合格") == (score < rules.pass_mark)


@pytest.mark.parametrize(("score", "band"), [(59, "不合格"), (60, "合格"), (80, "良好"), (90, "优秀"), (100, "优秀")])
def test_band_changes_at_its_mark(score: int, band: str) -> None:
    assert LocalRules().band(score) == band


def test_changes_name_what_differs_and_nothing_else() -> None:
    earlier = LocalRules()
    assert changes(earlier, earlier) == []
    assert changes(earlier, replace(earlier, pass_mark=70, gate="advise")) == [
        ("pass_mark", 60, 70),
        ("gate", "hard", "advise"),
    ]
