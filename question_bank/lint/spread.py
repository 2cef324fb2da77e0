"""question_bank.lint.spread — whether a guesser who knows the habits of the list would gain by them."""

from collections.abc import Iterable, Iterator, Sequence

from question_bank.items import LETTERS, TRUE_KEY, Item
from question_bank.kinds import Kind
from question_bank.lint.finding import Finding, warning
from question_bank.lint.wording import is_key_longest

USUAL_OPTIONS = 4
FEWEST_SINGLE, FEWEST_OTHER = 12, 8  # below that a spread says nothing
SINGLE_SHARE = (0.17, 0.33)
MULTIPLE_SHARE = (0.40, 0.92)
TRUE_SHARE = (0.40, 0.60)
ALL_RIGHT_SHARE = 1 / 6
LONGEST_SHARE = 0.34


def spread(items: Sequence[Item]) -> Iterator[Finding]:
    """Check how keys and lengths are spread over the whole list."""
    single = [item for item in items if item.kind is Kind.SINGLE and len(item.options) == USUAL_OPTIONS]
    multiple = [item for item in items if item.kind is Kind.MULTIPLE and len(item.options) == USUAL_OPTIONS]
    true_false = [item for item in items if item.kind is Kind.TRUE_FALSE]
    if len(single) >= FEWEST_SINGLE:
        yield from _letters("单选题", single, SINGLE_SHARE)
        yield from _longest_keys(single)
    if len(multiple) >= FEWEST_OTHER:
        yield from _letters("多选题", multiple, MULTIPLE_SHARE)
        yield from _all_right(multiple)
    if len(true_false) >= FEWEST_OTHER:
        share = _share(item.key == TRUE_KEY for item in true_false)
        if _is_outside(share, TRUE_SHARE):
            yield warning("key_spread", "", f"判断题中正确的占 {share:.0%}，应当约为一半，请调整")


def _letters(name: str, items: Sequence[Item], bounds: tuple[float, float]) -> Iterator[Finding]:
    for letter in LETTERS[:USUAL_OPTIONS]:
        share = _share(letter in item.key for item in items)
        if _is_outside(share, bounds):
            low, high = bounds
            yield warning(
                "key_spread",
                "",
                f"{name}答案含 {letter} 的占 {share:.0%}，应当在 {low:.0%} 与 {high:.0%} 之间，请调整选项次序",
            )


def _longest_keys(items: Sequence[Item]) -> Iterator[Finding]:
    share = _share(is_key_longest(item) for item in items)
    if share > LONGEST_SHARE:
        yield warning("length_bias", "", f"单选题中 {share:.0%} 的正确选项最长，容易被猜中；请把错误选项写得同样完整")


def _all_right(items: Sequence[Item]) -> Iterator[Finding]:
    share = _share(len(item.key) == len(item.options) for item in items)
    if share > ALL_RIGHT_SHARE:
        yield warning("all_right", "", f"多选题中 {share:.0%} 全部选项都对，应当不超过六分之一，请调整")


def _share(truths: Iterable[bool]) -> float:
    counted = list(truths)
    return sum(counted) / len(counted)


def _is_outside(share: float, bounds: tuple[float, float]) -> bool:
    return not bounds[0] <= share <= bounds[1]
