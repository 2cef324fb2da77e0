"""question_bank.lint.wording — wording that gives the answer away or trips the reader."""

import re
from collections.abc import Iterator

from question_bank.items import Item
from question_bank.kinds import Kind
from question_bank.lint.finding import Finding, warning

KEY_TOO_LONG = 1.5
_SLACK = 2  # characters; between options of two or three characters a ratio says nothing
ABSOLUTE_WORDS = (
    "一律",
    "绝对",
    "任何情况",
    "所有情况",
    "无论如何",
    "完全",
    "永远",
    "从不",
    "必然",
    "唯一",
    "只能",
    "一切",
    "毫无",
)
_ALL_OF_ABOVE = re.compile(
    r"^(?:以上|上述|前述)(?:各项|选项|几项|三项|说法)?(?:都|均|全|皆|全部)"
    r"|^(?:以上|上述)(?:各项|选项|三项|说法)$"
    r"|^[A-H](?:项)?[和与、及][A-H]"
    r"|^(?:全部|都|均)(?:正确|对|错误|不对|不正确|是|不是)$"
)
_LABEL = re.compile(r"^[（(]?[A-HＡ-Ｈ][）)]?[.．、:：]")
_TWICE_NEGATIVE = re.compile(r"不得不|不能不|不可不|不应不|不是不|并非不|并非没有|不是没有|没有不|无不得|未必不")
_ASKS_FOR_EXCEPTION = re.compile(r"不属于|不包括|不正确|错误的|不符合|不是|不得|不能|不应|不需要|除外")
_NEGATION = re.compile(r"不|未|没有|无需|无须|错误")
_NO_NEGATION = re.compile(
    r"不动产|不同|不服|不足|不仅|不断|不良|不法|不当|不满|不少于|不超过|不设区|未成年|未遂|不定期"
)


def wording(item: Item) -> Iterator[Finding]:
    """Check the words of one question."""
    yield from _giveaways(item)
    for letter, option in item.lettered_options:
        if _ALL_OF_ABOVE.search(option.rstrip("。")):
            yield warning("all_of_above", item.code, f"选项{letter}“{option}”概括其他选项，请换成具体内容")
        if _LABEL.match(option):
            yield warning("label_in_option", item.code, f"选项{letter}的文字里带有字母标号，请删去")
    yield from _negatives(item)


def is_key_longest(item: Item) -> bool:
    """Whether the right option of a single-choice question is longer than each wrong one."""
    return _longest(item.right_options) > _longest(item.wrong_options)


def _giveaways(item: Item) -> Iterator[Finding]:
    if item.kind not in (Kind.SINGLE, Kind.MULTIPLE) or not item.wrong_options:
        return
    if item.kind is Kind.SINGLE and _longest(item.right_options) > KEY_TOO_LONG * _longest(item.wrong_options) + _SLACK:
        yield warning("key_much_longer", item.code, "正确选项比其他选项长得多，容易被猜中；请把错误选项写得同样完整")
    for word in ABSOLUTE_WORDS:
        in_wrong = sum(word in option for option in item.wrong_options)
        if in_wrong and not any(word in option for option in item.right_options):
            yield warning("absolute_word", item.code, f"“{word}”只出现在错误选项里，容易被看出；请换个说法")


def _negatives(item: Item) -> Iterator[Finding]:
    last_clause = re.split("[，。；：]", item.stem.rstrip("？?。"))[-1]
    negations = _NEGATION.findall(_NO_NEGATION.sub("", last_clause))
    asks_for_exception = item.kind is not Kind.TRUE_FALSE and _ASKS_FOR_EXCEPTION.search(last_clause)
    if _TWICE_NEGATIVE.search(item.stem) or (asks_for_exception and len(negations) > 1):
        yield warning("double_negative", item.code, "题干有双重否定，容易读错；请改成肯定的问法")


def _longest(options: tuple[str, ...]) -> int:
    return max((len(option) for option in options), default=0)
