"""question_bank.numerals — Chinese numbers, and the numbers of articles, 款 and 项."""

import re
import unicodedata

DIGITS = "零一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二两三四五六七八九十百千]"
_NUMBER = rf"(?:{NUMERAL}+|\d{{1,4}})"
_ARTICLE = re.compile(rf"第?({_NUMBER})条?(?:(?:之|-)({_NUMBER}))?")
_PARAGRAPH = re.compile(rf"第?({_NUMBER})款?")
_ITEM = re.compile(rf"第?\(?({_NUMBER})\)?项?")


def chinese_number(text: str) -> int:
    """Read 一百二十 (also 十二, 一百零五, 百二十); anything else is a ValueError."""
    total, digit, last_unit = 0, None, 10_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= last_unit or digit == 0:
                raise ValueError(f"不是中文数字：{text}")
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif char in _VALUES and not digit:
            digit = _VALUES[char]
        else:
            raise ValueError(f"不是中文数字：{text}")
    if not text:
        raise ValueError("不是中文数字：空白")
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """Write 0 to 9999 as statutes do: 十二, 一百一十, 一千零五."""
    if not 0 <= number <= 9999:
        raise ValueError(f"超出范围：{number}")
    if number == 0:
        return DIGITS[0]
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = digit == 0
    return words.removeprefix("一") if 10 <= number <= 19 else words


def parse_article_reference(text: str) -> str:
    """Read 47, 第四十七条, 120-1 or 第一百二十条之一 as "47" or "120-1"; else a ValueError."""
    match = _ARTICLE.fullmatch(_plain(text))
    if not match or not _any_number(match[1]):
        raise ValueError(f"不是条文序号：{text}")
    number = str(_any_number(match[1]))
    return f"{number}-{_any_number(match[2])}" if match[2] else number


def parse_paragraph_reference(text: str) -> int:
    """Read 2, 二 or 第二款."""
    return _positive(_PARAGRAPH.fullmatch(_plain(text)), text)


def parse_item_reference(text: str) -> int:
    """Read 3, 三, （三） or 第三项."""
    return _positive(_ITEM.fullmatch(_plain(text)), text)


def article_label(number: str) -> str:
    """Name article "120-1" as 第一百二十条之一."""
    main, _, inserted = number.partition("-")
    label = f"第{to_chinese(int(main))}条"
    return f"{label}之{to_chinese(int(inserted))}" if inserted else label


def article_order(number: str) -> tuple[int, int]:
    """Sort key: 120, 120-1, 120-2, 121."""
    main, _, inserted = number.partition("-")
    return int(main), int(inserted or 0)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _any_number(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_number(text)


def _positive(match: re.Match[str] | None, text: str) -> int:
    number = _any_number(match[1]) if match else 0
    if number < 1:
        raise ValueError(f"不是序号：{text}")
    return number
