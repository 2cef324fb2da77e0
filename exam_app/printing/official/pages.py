"""printing.official.pages — the type area of GB/T 9704 and a pen that fills it, turning pages as it goes.

22 lines of 28 characters in an area of 156 mm by 225 mm: the grid of a character and a line follows from these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from exam_app.printing.drawing.layout import Atom, break_lines
from exam_app.printing.drawing.sheet import Align, Sheet, Style
from exam_app.printing.typefaces import Face

LINE = 225.0 / 22
CHARACTER = 156.0 / 28
BODY_SIZE = 16.0
TIGHTER = CHARACTER * mm - BODY_SIZE  # 28 characters of 16 points are a little wider than the area
BASELINE = 0.7  # where in its line a text of body size stands
HAIR = 0.01  # millimetres that rounding may take

# A number stays with its unit; a date may part after its year, or lines would stand too far apart.
WHOLE = re.compile(r"\d[\d.]*[年月日分人次名号项件个%]?|[A-Za-z][A-Za-z0-9.,:-]*|.", re.DOTALL)
SPACES = re.compile(r"[\t\n\v\f\r]+")

BODY = Style(Face.FANGSONG, BODY_SIZE, spread=TIGHTER)
HEI = Style(Face.HEI, BODY_SIZE, spread=TIGHTER)
KAI = Style(Face.KAI, BODY_SIZE, spread=TIGHTER)


@dataclass(frozen=True)
class Area:
    """The part of the paper that may be written on, in millimetres from the top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def centre(self) -> float:
        return self.left + self.width / 2


STANDING = Area(28.0, 37.0, 156.0, 225.0)
LYING = Area(36.0, 28.0, 225.0, 15 * LINE)


class Pen:
    """Writes from the top of the area down; `y` is where the next line begins."""

    def __init__(self, sheet: Sheet, area: Area, *, is_numbered: bool) -> None:
        self.sheet, self.area = sheet, area
        self.y = area.top
        self._is_numbered = is_numbered

    @property
    def room(self) -> float:
        return self.area.bottom - self.y + HAIR

    @property
    def is_at_top(self) -> bool:
        return self.y == self.area.top

    def turn(self) -> None:
        """Close the page with its number and begin the next."""
        self.close()
        self.sheet.next_page()
        self.y = self.area.top

    def close(self) -> None:
        if self._is_numbered:
            self.sheet.page_number(self.area.left, self.area.right, self.area.bottom)

    def need(self, height: float) -> None:
        """Turn the page unless so much room is left on it."""
        if height > self.room and not self.is_at_top:
            self.turn()

    def skip(self, lines: float) -> None:
        self.y = min(self.y + lines * LINE, self.area.bottom)

    def single(self, text: str, style: Style, align: Align = Align.LEFT, indent: float = 0.0) -> None:
        """Write one line of body pitch, smaller where it would be wider than the area."""
        self.need(LINE)
        text = flat(text)
        x = {Align.LEFT: self.area.left + indent, Align.CENTRE: self.area.centre}.get(align, self.area.right - indent)
        fitting = self.sheet.shrunk(text, style, self.area.width - indent)
        self.sheet.text(x, self.y + LINE * BASELINE, text, fitting, align)
        self.y += LINE

    def paragraph(self, words: Sequence[str], style: Style, indent: float = 2.0, after: float = 0.0) -> None:
        """Write a paragraph; its last two lines stay with the `after` millimetres that must follow them."""
        lines = broken(self.sheet, words, style, self.area.width, indent * CHARACTER)
        for number, line in enumerate(lines):
            left = len(lines) - number
            self.need(left * LINE + after if left <= 2 else LINE)
            first = 0.0 if number else indent * CHARACTER
            room = self.area.width - first if left > 1 else 0.0
            _write(self.sheet, line, style, (self.area.left + first, self.y + LINE * BASELINE), room)
            self.y += LINE


def pieces(text: str) -> list[str]:
    """Split a text into what is never broken: characters, numbers, Latin words."""
    return WHOLE.findall(flat(text))


def flat(text: str) -> str:
    """Return the text on one line: whatever ends a line or tabs becomes a space."""
    return SPACES.sub(" ", text)


def broken(sheet: Sheet, words: Sequence[str], style: Style, width: float, indent: float = 0.0) -> list[list[Atom]]:
    """Return the lines; every width holds the space after the word, so that 28 characters fill a line."""
    gap = style.spread / mm
    atoms = [Atom(word, style, sheet.measure(word, style) + gap) for word in words]
    split = [part for atom in atoms for part in _within(sheet, atom, width)]
    return break_lines(split, width + max(-gap, 0.0) + HAIR, indent)


def _within(sheet: Sheet, atom: Atom, width: float) -> list[Atom]:
    if atom.width <= width:
        return [atom]
    gap = atom.style.spread / mm
    return [Atom(each, atom.style, sheet.measure(each, atom.style) + gap) for each in atom.text]


def _write(sheet: Sheet, line: Sequence[Atom], style: Style, at: tuple[float, float], room: float) -> None:
    """Write a line; where `room` is given, spread it to that width."""
    text = "".join(atom.text for atom in line)
    gaps = len(text) - 1
    natural = sum(atom.width for atom in line) - style.spread / mm
    more = (room - natural) * mm / gaps if room and gaps else 0.0
    sheet.text(*at, text, replace(style, spread=style.spread + more))
