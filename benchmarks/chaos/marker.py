"""benchmarks.chaos.marker — an independent marker: whole hundredths of a mark in integers, and nothing of the product.

A multiple-choice answer that holds only right options but not all of them earns half where the rules say so; everything
else is all or nothing. Half a hundredth goes up.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from benchmarks.chaos.reader import Slot


class Worth(NamedTuple):
    """What an answer earned: in halves of the question, and in hundredths of a mark."""

    halves: int
    hundredths: int


def hundredths(written: str) -> int:
    """Return a decimal number as whole hundredths; more than two decimals must be zeros."""
    whole, _point, part = written.partition(".")
    assert not part[2:].strip("0"), written
    return int(whole) * 100 + int((part + "00")[:2])


def stored(shown: str, order: str) -> set[str]:
    """Translate the letters a person saw into those of the bank: with the order CABD, A on the screen is C."""
    return {order["ABCDEFGH".find(letter)] for letter in shown} if order else set(shown)


def judge_answer(question: Slot, shown: str, rules: Mapping[str, Any]) -> Worth:
    """Return what the answer is worth."""
    chosen, right = stored(shown, question.order), set(question.key)
    halves = 0
    if chosen == right:
        halves = 2
    elif question.kind == "multiple" and rules["multiple_choice"] == "half_if_incomplete" and chosen:
        halves = 0 if chosen - right else 1
    return Worth(halves, (hundredths(question.worth) * halves + 1) // 2)


def judge_paper(questions: Iterable[Slot], shown: Mapping[int, str], rules: Mapping[str, Any]) -> dict[int, Worth]:
    """Return what each slot of a paper is worth."""
    return {each.slot: judge_answer(each, shown.get(each.slot, ""), rules) for each in questions}
