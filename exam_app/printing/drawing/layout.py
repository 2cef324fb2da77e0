"""printing.drawing.layout — breaks text into lines by the rules of Chinese setting, and writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from exam_app.printing.drawing.sheet import Sheet, Style, scaled

NEVER_FIRST = set("，。、；：？！）》〉」』”’…—％%·")
NEVER_LAST = set("（《〈「『“‘")
DATE, COUNTED, LATIN, TO_FILL = (
    r"\d{4}年\d{1,2}月\d{1,2}日",
    r"\d[\d.]*[年月日分人号%]",
    r"[A-Za-z0-9][A-Za-z0-9.,:-]*",
    r"（[ \u3000]+）",
)
WORDS = re.compile(f"{DATE}|{COUNTED}|{LATIN}|{TO_FILL}|.", re.DOTALL)
ROUNDING = 0.01
SMALLER = 0.95


@dataclass(frozen=True)
class Span:
    """A piece of text in one style."""

    text: str
    style: Style


@dataclass(frozen=True)
class Atom:
    """A piece that is never broken: one character, or one number or Latin word."""

    text: str
    style: Style
    width: float


@dataclass(frozen=True, kw_only=True)
class Block:
    """Where a paragraph goes: millimetres; `top` is the first baseline."""

    left: float
    top: float
    width: float
    leading: float
    indent: float = 0.0
    most: int = 0  # lines there is room for; a longer text is set smaller


def write_paragraph(sheet: Sheet, spans: Sequence[Span], block: Block) -> float:
    """Write the spans, both edges straight but for the last line; return the baseline after it."""
    lines = break_lines(_atoms(sheet, spans, block.width), block.width, block.indent)
    if 0 < block.most < len(lines):
        return write_paragraph(sheet, [_smaller(span) for span in spans], block)
    y = block.top
    for number, line in enumerate(lines):
        indent = 0.0 if number else block.indent
        last = number == len(lines) - 1
        slack = 0.0 if last else block.width - indent - sum(atom.width for atom in line)
        _write_line(sheet, line, (block.left + indent, y), slack)
        y += block.leading
    return y


def _smaller(span: Span) -> Span:
    return Span(span.text, scaled(span.style, SMALLER))


def fit(sheet: Sheet, span: Span, width: float, most: int) -> tuple[list[str], Style]:
    """Return at most so many lines, and the style, smaller where it had to be."""
    lines = wrap(sheet, span.text, span.style, width)
    if len(lines) <= most:
        return lines, span.style
    return fit(sheet, _smaller(span), width, most)


def wrap(sheet: Sheet, text: str, style: Style, width: float) -> list[str]:
    """Return the lines of a plain text; a line feed begins a new one."""
    lines = []
    for part in text.split("\n"):
        broken = break_lines(_atoms(sheet, [Span(part, style)], width), width)
        lines += ["".join(atom.text for atom in line) for line in broken]
    return lines


def break_lines(atoms: Sequence[Atom], width: float, indent: float = 0.0) -> list[list[Atom]]:
    """Fill lines; closing marks never begin one, opening marks never end one."""
    lines: list[list[Atom]] = []
    line: list[Atom] = []
    room = width - indent
    for atom in atoms:
        if line and sum(each.width for each in line) + atom.width > room + ROUNDING:
            kept, carried = _part(line, atom)
            lines.append(kept)
            line, room = carried, width
        line.append(atom)
    return [*lines, line]


def _part(line: list[Atom], following: Atom) -> tuple[list[Atom], list[Atom]]:
    at = len(line)
    while at > 1 and (_begins_badly([*line[at:], following][0]) or line[at - 1].text[-1] in NEVER_LAST):
        at -= 1
    return line[:at], line[at:]


def _begins_badly(atom: Atom) -> bool:
    return atom.text[0] in NEVER_FIRST


def _atoms(sheet: Sheet, spans: Sequence[Span], width: float) -> list[Atom]:
    atoms: list[Atom] = []
    for span in spans:
        for word in WORDS.findall(span.text):
            whole = Atom(word, span.style, sheet.measure(word, span.style))
            atoms += [whole] if whole.width <= width else _letters(sheet, whole)
    return atoms


def _letters(sheet: Sheet, atom: Atom) -> list[Atom]:
    return [Atom(letter, atom.style, sheet.measure(letter, atom.style)) for letter in atom.text]


def _write_line(sheet: Sheet, line: list[Atom], at: tuple[float, float], slack: float) -> None:
    x, y = at
    gaps = sum(len(atom.text) for atom in line) - 1
    spread = slack * mm / gaps if gaps > 0 else 0.0
    for text, style in _joined(line):
        spaced = replace(style, spread=spread)
        sheet.text(x, y, text, spaced)
        x += sheet.measure(text, spaced) + spread / mm


def _joined(line: list[Atom]) -> list[tuple[str, Style]]:
    """Put neighbours of one style together again, so that the text can be searched as it reads."""
    joined: list[tuple[str, Style]] = []
    for atom in line:
        if joined and joined[-1][1] == atom.style:
            joined[-1] = (joined[-1][0] + atom.text, atom.style)
        else:
            joined.append((atom.text, atom.style))
    return joined
