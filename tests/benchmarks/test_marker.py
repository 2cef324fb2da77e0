"""tests.benchmarks.test_marker — the independent marker: letters back to the bank's, halves, rounding."""

import pytest

from benchmarks.chaos.marker import Worth, hundredths, judge_answer
from benchmarks.chaos.reader import Slot

STRICT, LENIENT = {"multiple_choice": "all_or_nothing"}, {"multiple_choice": "half_if_incomplete"}


def slot(kind: str = "multiple", worth: str = "5.00", order: str = "CABD", key: str = "AC") -> Slot:
    return Slot(1, 1, kind, worth, order, key)


def test_shown_letters_are_those_of_the_bank_in_another_order() -> None:
    assert judge_answer(slot(), "AB", STRICT) == Worth(2, 500)  # shown A and B are stored C and A
    assert judge_answer(slot(), "AC", STRICT) == Worth(0, 0)


@pytest.mark.parametrize(("shown", "halves"), [("A", 1), ("AB", 2), ("ABC", 0), ("", 0), ("D", 0)])
def test_half_for_right_and_incomplete_where_the_rules_say_so(shown: str, halves: int) -> None:
    assert judge_answer(slot(), shown, LENIENT).halves == halves
    assert judge_answer(slot(), shown, STRICT).halves == (2 if halves == 2 else 0)


def test_half_a_hundredth_goes_up() -> None:
    assert judge_answer(slot(worth="0.05"), "A", LENIENT) == Worth(1, 3)


@pytest.mark.parametrize(("written", "value"), [("7.5", 750), ("20", 2000), ("0.5000", 50), ("99.99", 9999)])
def test_decimals_are_whole_hundredths(written: str, value: int) -> None:
    assert hundredths(written) == value
