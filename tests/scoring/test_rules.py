"""tests.scoring.test_rules — every kind, every answer, both rules."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.scoring.rules import FULL, HALF, NONE, fraction, marks
from question_bank.kinds import Kind

RULES = ("all_or_nothing", "half_if_incomplete")
OBJECTIVE = [kind for kind in Kind if kind.is_objective]
letters = st.frozensets(st.sampled_from("ABCDEFGH"))
keys = st.frozensets(st.sampled_from("ABCDEFGH"), min_size=1)


@pytest.mark.parametrize(
    ("given_", "strict", "lenient"),
    [
        ("AC", FULL, FULL),
        ("A", NONE, HALF),
        ("", NONE, NONE),
        ("B", NONE, NONE),
        ("AB", NONE, NONE),
        ("ABC", NONE, NONE),
    ],
)
def test_multiple_choice_by_both_rules(given_: str, strict: Decimal, lenient: Decimal) -> None:
    assert fraction(Kind.MULTIPLE, set("AC"), set(given_), "all_or_nothing") == strict
    assert fraction(Kind.MULTIPLE, set("AC"), set(given_), "half_if_incomplete") == lenient


@given(st.sampled_from([Kind.SINGLE, Kind.TRUE_FALSE]), keys, letters, st.sampled_from(RULES))
def test_one_answer_is_right_or_wrong(kind: Kind, key: frozenset[str], chosen: frozenset[str], rule: str) -> None:
    assert fraction(kind, key, chosen, rule) == (FULL if chosen == key else NONE)


@given(st.sampled_from(OBJECTIVE), keys, letters, st.sampled_from(RULES))
def test_a_wrong_option_never_earns(kind: Kind, key: frozenset[str], chosen: frozenset[str], rule: str) -> None:
    if chosen - key:
        assert fraction(kind, key, chosen, rule) == NONE


@given(st.sampled_from(OBJECTIVE), letters, st.sampled_from(RULES))
def test_nothing_chosen_never_earns(kind: Kind, key: frozenset[str], rule: str) -> None:
    assert fraction(kind, key, frozenset(), rule) == NONE


@given(keys, letters)
def test_the_lenient_rule_never_gives_less(key: frozenset[str], chosen: frozenset[str]) -> None:
    strict, lenient = (fraction(Kind.MULTIPLE, key, chosen, rule) for rule in RULES)
    assert strict is not None and lenient is not None
    assert strict <= lenient


@pytest.mark.parametrize("kind", [kind for kind in Kind if not kind.is_objective])
def test_written_answers_need_a_person(kind: Kind) -> None:
    assert fraction(kind, set(), set(), RULES[0]) is None


@given(
    st.decimals(0, 1, places=4, allow_nan=False),
    st.decimals("0.01", 1000, places=2, allow_nan=False),
)
def test_marks_never_leave_the_worth(share: Decimal, worth: Decimal) -> None:
    earned = marks(share, worth)
    assert 0 <= earned <= worth
    assert abs(earned - share * worth) <= Decimal("0.005")


def test_halves_round_upwards() -> None:
    assert marks(HALF, Decimal("0.25")) == Decimal("0.13")
