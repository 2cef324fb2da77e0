"""tests.question_bank.test_check_spread — habits of a whole list that a guesser could use."""

from collections.abc import Iterable

from question_bank.items import Item
from question_bank.kinds import Kind
from question_bank.lint.spread import spread
from tests.question_bank.samples import a_statement, an_item


def singles(keys: str, **changes: object) -> list[Item]:
    return [an_item(f"S{number}", key=frozenset(key), **changes) for number, key in enumerate(keys)]


def multiples(keys: Iterable[str]) -> list[Item]:
    return [an_item(f"M{number}", kind=Kind.MULTIPLE, key=frozenset(key)) for number, key in enumerate(keys)]


def statements(truths: Iterable[bool]) -> list[Item]:
    return [a_statement(f"T{number}", is_true=truth) for number, truth in enumerate(truths)]


def found(items: list[Item]) -> list[str]:
    return [finding.message for finding in spread(items)]


def test_even_list_has_no_findings() -> None:
    items = singles("ABCD" * 3) + multiples(["AB", "CD", "ABC", "BCD", "AC", "BD", "ABD", "ACD"])

    assert found(items + statements([True, False] * 4)) == []


def test_letter_that_is_right_too_often_is_named() -> None:
    messages = found(singles("AAAAAABBBCCCDDD"))

    assert len(messages) == 1
    assert "单选题答案含 A 的占 40%" in messages[0]


def test_letter_of_multiple_choice_that_is_hardly_right_is_named() -> None:
    messages = found(multiples(["AB", "BC", "ABC", "AC", "AB", "BC", "ABC", "ABD"]))

    assert len(messages) == 1
    assert "多选题答案含 D 的占 12%" in messages[0]


def test_all_options_right_too_often_is_found() -> None:
    assert any("全部选项都对" in message for message in found(multiples(["ABCD", "AB", "CD", "ABCD"] * 2)))


def test_statements_that_are_mostly_true_are_found() -> None:
    messages = found(statements([True] * 7 + [False] * 3))

    assert len(messages) == 1
    assert "正确的占 70%" in messages[0]


def test_right_option_that_is_mostly_the_longest_is_found() -> None:
    long = [an_item(f"S{number}", options=("甲乙丙", "甲", "乙", "丙"), key=frozenset("A")) for number in range(5)]

    messages = found(singles("ABBCCCDDD") + long)

    assert any("36% 的正确选项最长" in message for message in messages)


def test_short_list_says_nothing() -> None:
    assert found(singles("A" * 11) + multiples(["ABCD"] * 7) + statements([True] * 7)) == []
