"""question_bank.formats.questions — one row of the template as a question."""

import re
import unicodedata
from datetime import date

from question_bank.formats import columns
from question_bank.formats.cells import Row, read_citation
from question_bank.formats.words import (
    clean_text,
    understand_difficulty,
    understand_key,
    understand_kind,
    understand_organs,
    understand_part,
    understand_use,
)
from question_bank.items import LETTERS, TRUE_FALSE_OPTIONS, USUAL_DIFFICULTY, Item
from question_bank.kinds import Kind, OrganType, Part, Use
from question_bank.register import Register

_LETTERED = re.compile(r"\(?([A-H])\)?[.、:)]\s*(?=\S)")


def read_question(row: Row, code: str, register: Register, on: date | None) -> Item | None:
    """Understand a row in full, or note its faults and return None."""
    before = len(row.faults)
    if not row.has(columns.CODE):
        row.needed_text(columns.CODE)
    stem = row.needed_text(columns.STEM)
    part, organs = _part_and_organs(row)
    kind = _kind(row)
    given = _options(row)
    key, answer = _answer(row, kind, given) if kind else (frozenset[str](), "")
    citation = read_citation(row, register, on)
    use = row.take(columns.USE, understand_use, Use.FORMAL)
    difficulty = row.take(columns.DIFFICULTY, understand_difficulty, USUAL_DIFFICULTY)
    explanation = row.text(columns.EXPLANATION)
    if kind is None or not code or len(row.faults) > before:
        return None
    return Item(
        code=code,
        kind=kind,
        use=use,
        part=part,
        organs=organs,
        stem=stem,
        options=TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else given,
        key=key,
        explanation=explanation,
        difficulty=difficulty,
        citations=(citation,) if citation else (),
        answer=answer,
    )


def _kind(row: Row) -> Kind | None:
    row.needed_text(columns.KIND)
    return row.take(columns.KIND, understand_kind, None) if row.has(columns.KIND) else None


def _part_and_organs(row: Row) -> tuple[Part, tuple[OrganType, ...]]:
    """Organs make a question special; saying the opposite of that is a doubt."""
    nobody: tuple[OrganType, ...] = ()
    organs = row.take(columns.ORGANS, understand_organs, nobody)
    implied = Part.SPECIAL if organs else Part.COMMON
    part = row.take(columns.PART, understand_part, implied)
    if part is Part.COMMON and organs:
        row.fault(columns.ORGANS, "part_and_organs", "公共法律题面向所有机关，请清空适用机关，或把部分改为专业法律")
    if part is Part.SPECIAL and not row.has(columns.ORGANS):
        row.fault(columns.ORGANS, "part_and_organs", "专业法律题要写明适用机关，例如 政府、法院")
    return part, organs


def _options(row: Row) -> tuple[str, ...]:
    filled = [name for name in columns.OPTIONS if row.has(name)]
    for name, expected in zip(filled, columns.OPTIONS, strict=False):
        if name != expected:
            row.fault(expected, "missing", f"填了{name}，但没有填写{expected}，请补上或依次前移")
            break
    return _without_letters(tuple(row.take(name, clean_text, "") for name in filled))


def _without_letters(options: tuple[str, ...]) -> tuple[str, ...]:
    """Drop “A.” “B、” … where every option carries its own letter; otherwise they belong to the text."""
    marks = [_LETTERED.match(unicodedata.normalize("NFKC", option)) for option in options]
    if options and all(mark and mark[1] == letter for mark, letter in zip(marks, LETTERS, strict=False)):
        return tuple(re.sub(r"^[（(]?.[)）]?[.．、:：)）]\s*", "", option) for option in options)
    return options


def _answer(row: Row, kind: Kind, options: tuple[str, ...]) -> tuple[frozenset[str], str]:
    nothing: frozenset[str] = frozenset()
    answer = row.needed_text(columns.KEY)
    if not kind.is_objective:
        if options:
            row.fault(columns.OPTIONS[0], "options_not_expected", "这种题型没有选项，请清空选项，或改题型")
        return nothing, answer
    if kind is not Kind.TRUE_FALSE and len(options) < 2:
        row.fault(columns.OPTIONS[0], "missing", "选择题至少要有两个选项，请补上")
        return nothing, ""
    if not answer:
        return nothing, ""
    return row.take(columns.KEY, lambda text: understand_key(kind, text, options), nothing), ""
