"""printing.official.text — what an official document says: title, number and blocks, before it takes any shape.

The same text becomes PDF, DOCX, XLSX and a page; frozen as JSON when it is issued, and compared block by block after.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


class Told:
    """What every block has: its kind, by which it is stored and shown."""

    @property
    def kind(self) -> str:
        return type(self).__name__


@dataclass(frozen=True)
class Heading(Told):
    """一、 in level 1, （一） in level 2; the words carry their own number."""

    words: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph(Told):
    """A paragraph, indented by two characters unless it is flush."""

    words: str
    is_flush: bool = False


@dataclass(frozen=True)
class Cue(Told):
    """What the host does rather than says; set apart in brackets."""

    words: str


@dataclass(frozen=True)
class NameLine(Told):
    """One line of a list of names: 任命张三为市财政局局长; the name is set to the width of three characters."""

    before: str
    name: str
    after: str


@dataclass(frozen=True)
class Grid(Told):
    """A table. `shares` are the widths of the columns in parts; a column named in `wide` is set flush left."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    wide: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ballot(Told):
    """A table to vote by hand: a row an item, after its words one empty box for each choice."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    choices: tuple[str, ...] = ("赞成", "反对", "弃权")


@dataclass(frozen=True)
class Figure(Told):
    """A chart: `style` is one of charts.figures.Style, each of the series (label, a value for each label)."""

    title: str
    style: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str = ""


@dataclass(frozen=True)
class Signature(Told):
    """Who signs, and the day in full."""

    organ: str
    day: str = ""


@dataclass(frozen=True)
class Oath(Told):
    """The words of the oath in large type, the lead taker's line under it."""

    words: str


@dataclass(frozen=True)
class Letter(Told):
    """One letter of appointment on a page of its own; signed by hand over the line."""

    number: str
    words: str
    signer: str
    day: str


@dataclass(frozen=True)
class PageBreak(Told):
    """What follows begins on a new page."""


Block = Heading | Paragraph | Cue | NameLine | Grid | Ballot | Figure | Signature | Oath | Letter | PageBreak
KINDS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in Told.__subclasses__()}


@dataclass(frozen=True, kw_only=True)
class OfficialText:
    """A whole document. `mark` stands at the top of what must be kept inside the house before the vote.

    A long title is broken into lines when it is set; a line feed in it says where.
    """

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    salutation: str = ""
    subtitle: str = ""
    mark: str = ""
    lying: bool = False


def to_content(text: OfficialText) -> dict[str, Any]:
    """Return the text as what JSON can hold."""
    return {**vars(text), "blocks": [{"kind": block.kind, **vars(block)} for block in text.blocks]}


def from_content(content: Mapping[str, Any]) -> OfficialText:
    """Return the text that `to_content` made it from."""
    blocks = tuple(_block(block) for block in content["blocks"])
    return OfficialText(**{**content, "blocks": blocks})


def digest(text: OfficialText) -> str:
    """Return the SHA-256 of the text, as 64 hexadecimal digits."""
    canonical = json.dumps(to_content(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def full_day(day: date) -> str:
    """Return 2018年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def lines(text: OfficialText) -> list[str]:
    """Return the document line by line, as words alone; what two of them differ in is found by these."""
    head = [text.mark, text.title, text.number, text.subtitle, text.salutation]
    return [line for line in [*head, *(line for block in text.blocks for line in _lines(block))] if line]


def _lines(block: Block) -> list[str]:
    match block:
        case Grid():
            return ["\t".join(block.heads), *("\t".join(row) for row in block.rows)]
        case Ballot():
            return ["\t".join((*block.heads, *block.choices)), *("\t".join(row) for row in block.rows)]
        case Figure():
            return [block.title, *(_told(block, label, values) for label, values in block.series)]
        case NameLine():
            return [f"{block.before}{block.name}{block.after}"]
        case Signature():
            return [block.organ, block.day]
        case Letter():
            return [block.number, block.words, block.signer, block.day]
        case PageBreak():
            return []
        case _:
            return [block.words]


def _told(figure: Figure, label: str, values: Sequence[float]) -> str:
    pairs = "，".join(f"{each}{value:g}{figure.unit}" for each, value in zip(figure.labels, values, strict=True))
    return f"{label}：{pairs}" if label else pairs


def _block(stored: Mapping[str, Any]) -> Block:
    values = {name: _frozen(value) for name, value in stored.items() if name != "kind"}
    made: Block = KINDS[stored["kind"]](**values)
    return made


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, Sequence) and not isinstance(value, str) else value
