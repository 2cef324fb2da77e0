"""papers.sealing — the document inside a sealed paper: how it was drawn, and the page as it will be shown.

The document holds the seed, the pool and the plan, so that anyone who may unseal it can repeat the draw.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Protocol

from exam_app.base.chance import rng
from exam_app.base.crypto import canonical, sha256
from exam_app.papers.rules import CellPlan, Drawable, DrawnSlot, SectionPlan, draw
from question_bank.items import LETTERS
from question_bank.kinds import KIND_LABELS, Kind, OrganType, Part
from question_bank.numerals import to_chinese

HOW_TO_ANSWER = {
    Kind.SINGLE: "每题只有一个正确答案。",
    Kind.MULTIPLE: "每题有两个或两个以上正确答案。",
    Kind.TRUE_FALSE: "请判断每题的说法是否正确。",
}
MULTIPLE_RULES = {
    "all_or_nothing": "多选、少选、错选均不得分。",
    "half_if_incomplete": "少选得一半分，多选、错选不得分。",
}


class Wording(Protocol):
    """The words of a version as stored; never its key."""

    @property
    def stem(self) -> str: ...
    @property
    def options(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class OpenedSection:
    """A section as shown; `first` and `last` are its slots."""

    title: str
    note: str
    first: int
    last: int


@dataclass(frozen=True)
class OpenedQuestion:
    """A question as shown to this candidate, options in shown order."""

    slot: int
    kind: Kind
    stem: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class OpenedPaper:
    """A paper as its candidate sees it."""

    paper_id: int
    full_marks: Decimal
    sections: tuple[OpenedSection, ...]
    questions: tuple[OpenedQuestion, ...]


@dataclass(frozen=True)
class PoolRow:
    """A question of the pool as it was when the paper was drawn."""

    version_id: int
    question_id: int
    kind: Kind
    part: Part
    organs: frozenset[OrganType]
    difficulty: int
    laws: frozenset[str]
    option_count: int


def pack(document: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the bytes to seal and the hash that commits to them."""
    plain = canonical(document).encode()
    return zlib.compress(plain, 6), sha256(plain)


def unpack(packed: bytes) -> tuple[dict[str, Any], str]:
    """Return the document and its hash."""
    plain = zlib.decompress(packed)
    document: dict[str, Any] = json.loads(plain)
    return document, sha256(plain)


def pack_page(document: Mapping[str, Any]) -> bytes:
    """Return the slots and the page as it is sent, serialised once, so that a start need not do it in the rush."""
    full_marks = sum((slot.marks for slot in read_slots(document)), Decimal(0))
    page = {"fullMarks": _plain(full_marks), **document["page"]}
    return zlib.compress(f"{canonical(document['slots'])}\n{canonical(page)}".encode(), 6)


def unpack_page(packed: bytes) -> tuple[str, str]:
    """Return the slots and the page, each as JSON."""
    slots, _line, page = zlib.decompress(packed).decode().partition("\n")
    return slots, page


def draw_document(
    seed: str, sections: Sequence[SectionPlan], pool: Sequence[Drawable], excluded: Sequence[int]
) -> dict[str, Any]:
    """Draw, and return everything that it takes to repeat the draw, with what was drawn."""
    slots = draw(sections, pool, rng(seed), frozenset(excluded))
    return {
        "seed": seed,
        "sections": [_section_record(section) for section in sections],
        "pool": [_pool_record(question) for question in sorted(pool, key=lambda each: each.version_id)],
        "excluded": sorted(excluded),
        "slots": [_slot_record(slot) for slot in slots],
    }


def is_repeatable(document: Mapping[str, Any]) -> bool:
    """Whether the recorded seed, pool and plan give the recorded slots again."""
    again = draw_document(
        document["seed"], read_sections(document), [_read_pool(row) for row in document["pool"]], document["excluded"]
    )
    return bool(again["slots"] == document["slots"])


def page_of(
    sections: Sequence[SectionPlan], slots: Sequence[DrawnSlot], words: Mapping[int, Wording], multiple_choice: str
) -> dict[str, Any]:
    """Return what will be shown: titles, notes, stems, and options in their shown order."""
    shown, first = [], 1
    for number, section in enumerate(sections, 1):
        title = f"{to_chinese(number)}、{KIND_LABELS[section.kind]}"
        note = section_note(section, multiple_choice)
        shown.append({"title": title, "note": note, "first": first, "last": first + section.count - 1})
        first += section.count
    questions = [
        {
            "slot": slot.position,
            "kind": slot.kind.value,
            "stem": words[slot.version_id].stem,
            "options": [words[slot.version_id].options[LETTERS.index(letter)] for letter in slot.option_order],
        }
        for slot in slots
    ]
    return {"sections": shown, "questions": questions}


def section_note(section: SectionPlan, multiple_choice: str) -> str:
    """Return the line under a section's title."""
    each, total = _plain(section.marks_each), _plain(section.marks_each * section.count)
    rule = MULTIPLE_RULES.get(multiple_choice, "") if section.kind is Kind.MULTIPLE else ""
    return f"每题{each}分，共{section.count}题，计{total}分。{HOW_TO_ANSWER[section.kind]}{rule}"


def read_page(paper_id: int, document: Mapping[str, Any]) -> OpenedPaper:
    """Return the page of a document."""
    page = document["page"]
    return OpenedPaper(
        paper_id,
        sum((slot.marks for slot in read_slots(document)), Decimal(0)),
        tuple(OpenedSection(**section) for section in page["sections"]),
        tuple(
            OpenedQuestion(each["slot"], Kind(each["kind"]), each["stem"], tuple(each["options"]))
            for each in page["questions"]
        ),
    )


def read_slots(document: Mapping[str, Any]) -> list[DrawnSlot]:
    """Return the slots of a document."""
    return [
        DrawnSlot(position, version, Kind(kind), Decimal(marks), order)
        for position, version, kind, marks, order in document["slots"]
    ]


def read_sections(document: Mapping[str, Any]) -> tuple[SectionPlan, ...]:
    """Return the plan of a document."""
    return tuple(
        SectionPlan(
            kind=Kind(section["kind"]),
            marks_each=Decimal(section["marks_each"]),
            cells=tuple(CellPlan(**{**cell, "part": Part(cell["part"])}) for cell in section["cells"]),
        )
        for section in document["sections"]
    )


def _section_record(section: SectionPlan) -> dict[str, Any]:
    return {
        "kind": section.kind.value,
        "marks_each": _plain(section.marks_each),
        "cells": [{**asdict(cell), "part": cell.part.value} for cell in section.cells],
    }


def _slot_record(slot: DrawnSlot) -> list[Any]:
    return [slot.position, slot.version_id, slot.kind.value, _plain(slot.marks), slot.option_order]


def _pool_record(question: Drawable) -> list[Any]:
    return [
        question.version_id,
        question.question_id,
        question.kind.value,
        question.part.value,
        sorted(organ.value for organ in question.organs),
        question.difficulty,
        sorted(question.laws),
        question.option_count,
    ]


def _read_pool(row: Sequence[Any]) -> PoolRow:
    version, question, kind, part, organs, difficulty, laws, options = row
    whose = frozenset(OrganType(organ) for organ in organs)
    return PoolRow(version, question, Kind(kind), Part(part), whose, difficulty, frozenset(laws), options)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
