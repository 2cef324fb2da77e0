"""question_bank.formats.words — what the words in a file mean; whatever is not certain is a doubt."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from question_bank.items import EASIEST, FALSE_KEY, HARDEST, LETTERS, TRUE_FALSE_OPTIONS, TRUE_KEY
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, USE_LABELS, Kind, OrganType, Part, Use

Word = TypeVar("Word", bound=StrEnum)

_KIND_WORDS = {
    Kind.SINGLE: ("单选", "单项选择", "单项选择题"),
    Kind.MULTIPLE: ("多选", "多项选择", "多项选择题"),
    Kind.TRUE_FALSE: ("判断", "是非题"),
    Kind.FILL_IN: ("填空",),
    Kind.SHORT_ANSWER: ("简答", "问答题", "问答"),
    Kind.ESSAY: ("论述",),
    Kind.CASE: ("案例", "案例题", "案例分析"),
}
_USE_WORDS = {Use.FORMAL: ("正式", "考试"), Use.PRACTICE: ("练习题", "练习用")}
_PART_WORDS = {Part.COMMON: ("公共", "公共部分", "公共题"), Part.SPECIAL: ("专业", "专业部分", "专业题")}
_ORGAN_WORDS = {
    OrganType.CONGRESS: ("人大机关", "人大常委会", "人民代表大会"),
    OrganType.GOVERNMENT: ("人民政府", "政府机关"),
    OrganType.SUPERVISION: ("监察委", "监察委员会"),
    OrganType.COURT: ("人民法院",),
    OrganType.PROCURATORATE: ("人民检察院", "检察"),
}
_TRUE_WORDS = ("正确", "对", "√", "✓", "✔", "TRUE", "T")
_FALSE_WORDS = ("错误", "错", "×", "✗", "✘", "X", "FALSE", "F")
_SEPARATORS = r"[\s,，、;；/|&+.。]+"
_UNSEEN = "[\u200b\u200c\u200d\u2060\ufeff]"
_UNSHOWABLE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]"
_DATE = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")


class DoubtError(ValueError):
    """A value that cannot be understood for certain; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def _lexicon(labels: Mapping[Word, str], words: Mapping[Word, tuple[str, ...]]) -> dict[str, Word]:
    return {word: member for member in labels for word in (member.value, labels[member], *words[member])}


_KINDS = _lexicon(KIND_LABELS, _KIND_WORDS)
_USES = _lexicon(USE_LABELS, _USE_WORDS)
_PARTS = _lexicon(PART_LABELS, _PART_WORDS)
_ORGANS = _lexicon(ORGAN_LABELS, _ORGAN_WORDS)


def clean_text(text: str) -> str:
    """Drop what nobody sees (zero-width marks, outer blanks); refuse what no page can show."""
    text = re.sub(_UNSEEN, "", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if re.search(_UNSHOWABLE, text):
        raise DoubtError("unreadable_character", "含有不能显示的字符（乱码），请重新录入")
    return text


def is_blank(cell: object) -> bool:
    """Whether a person sees nothing in the cell."""
    return isinstance(cell, str) and not re.sub(_UNSEEN, "", cell).strip()


def plain(text: str) -> str:
    """Make full-width letters and digits half-width and drop blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def understand_kind(text: str) -> Kind:
    """Read 单选, 单选题, single …"""
    return _look_up(text, _KINDS, KIND_LABELS)


def understand_use(text: str) -> Use:
    """Read 正式考试 or 练习."""
    return _look_up(text, _USES, USE_LABELS)


def understand_part(text: str) -> Part:
    """Read 公共法律 or 专业法律."""
    return _look_up(text, _PARTS, PART_LABELS)


def understand_organs(text: str) -> tuple[OrganType, ...]:
    """Read a list such as 政府、法院, in the order of the list of organs."""
    words = [word for word in re.split(_SEPARATORS, text) if word]
    named = {_look_up(word, _ORGANS, ORGAN_LABELS) for word in words}
    return tuple(organ for organ in OrganType if organ in named)


def understand_difficulty(text: str) -> int:
    """Read 1 to 5."""
    found = plain(text)
    if not re.fullmatch(rf"[{EASIEST}-{HARDEST}]", found):
        raise DoubtError("unknown_value", f"不认识“{text}”，难度请填 {EASIEST} 到 {HARDEST} 的整数")
    return int(found)


def understand_date(text: str) -> date:
    """Read 2018-03-11, 2018/3/11, 2018.3.11, 2018年3月11日 or 20180311."""
    match = _DATE.fullmatch(plain(text))
    try:
        if match:
            year, month, day = (int(part) for part in match.groups() if part)
            return date(year, month, day)
    except ValueError:
        pass
    raise DoubtError("unknown_value", f"不认识日期“{text}”，请写成 2018-03-11 的样子")


def understand_key(kind: Kind, text: str, options: tuple[str, ...]) -> frozenset[str]:
    """Read ABCD, A,C, ａ、ｃ, or for true-false questions 正确, 错, √, × …"""
    if kind is Kind.TRUE_FALSE:
        return _true_or_false(text, options)
    letters = re.sub(_SEPARATORS, "", unicodedata.normalize("NFKC", text)).upper()
    if not re.fullmatch(f"[{LETTERS}]+", letters):
        raise DoubtError("unknown_value", f"不认识答案“{text}”，请只写选项字母，例如 A 或 ACD")
    if len(set(letters)) != len(letters):
        raise DoubtError("doubtful_key", f"答案“{text}”中有重复的字母，请核对")
    beyond = [letter for letter in letters if letter not in LETTERS[: len(options)]]
    if beyond:
        raise DoubtError("key_beyond_options", f"答案中有 {'、'.join(beyond)}，但没有这个选项，请补上选项或改答案")
    if kind is Kind.SINGLE and len(letters) > 1:
        raise DoubtError("doubtful_key", f"单选题只能有一个答案，这里是“{text}”；请改答案，或把题型改为多选题")
    if kind is Kind.MULTIPLE and len(letters) < 2:
        raise DoubtError("doubtful_key", f"多选题至少有两个答案，这里是“{text}”；请补答案，或把题型改为单选题")
    return frozenset(letters)


def _true_or_false(text: str, options: tuple[str, ...]) -> frozenset[str]:
    words = [_truth(option) for option in options]
    if options and sorted(words, key=str) != [False, True]:
        raise DoubtError("options_not_expected", "判断题的选项只能是“正确”和“错误”，也可以不填；请改选项或题型")
    letter = plain(text).upper()
    truth = words[LETTERS.index(letter)] if letter in ("A", "B") and options else _truth(text)
    if truth is None:
        raise DoubtError("unknown_value", f"不认识判断题的答案“{text}”，请填“正确”或“错误”")
    return TRUE_KEY if truth else FALSE_KEY


def _truth(text: str) -> bool | None:
    word = plain(text).upper().rstrip("。")
    return True if word in _TRUE_WORDS else False if word in _FALSE_WORDS else None


def true_false_word(key: frozenset[str]) -> str:
    """Write the key of a true-false question as a word."""
    return TRUE_FALSE_OPTIONS[0] if key == TRUE_KEY else TRUE_FALSE_OPTIONS[1]


def _look_up(text: str, lexicon: Mapping[str, Word], labels: Mapping[Word, str]) -> Word:
    found = lexicon.get(plain(text).lower())
    if found is None:
        raise DoubtError("unknown_value", f"不认识“{text}”，请填：{'、'.join(labels.values())}")
    return found
