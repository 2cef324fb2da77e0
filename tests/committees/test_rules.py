"""tests.committees.test_rules — a document of local rules is right, or the field that is wrong is named."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.committees.errors import RulesInvalid
from exam_app.committees.rules import CHOICES, LIMITS, LocalRules, changes, from_document

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
        ("steps", ["提请", "提请"]),
        ("steps", [""]),
    ],
)
def test_impossible_value_is_named(name: str, value: Any) -> None:
    with pytest.raises(RulesInvalid) as refused:
        from_document({name: value})
    assert refused.value.facts["field"] == name


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_any_document_is_read_or_refused_by_name(document: dict[str, Any]) -> None:
    try:
        rules = from_document(document)
    except RulesInvalid as refused:
        assert refused.facts["field"] in NAMES
    else:
        assert from_document(json.loads(json.dumps(rules.to_document()))) == rules


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
