"""printing.drawing.sheet — the paper: millimetres from the top left corner in, PDF bytes out."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from io import BytesIO

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from exam_app.printing.typefaces import Face, Fonts

INK = "#1f2329"
SOFT_INK = "#5c6470"
LINE = "#8a9099"
RED = "#a31515"

# GB/T 9704-2012, 5.2.1: margins above and left; the type area is 156 mm by 225 mm.
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 184.0, 262.0


class Align(StrEnum):
    """Where a line of text stands in its width."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Style:
    """How a text looks; size and spread (added between characters) in points."""

    face: Face
    size: float
    colour: str = INK
    spread: float = 0.0


def scaled(style: Style, scale: float) -> Style:
    """Return the style in another size, with its spread in proportion."""
    return replace(style, size=style.size * scale, spread=style.spread * scale)


@dataclass(frozen=True, kw_only=True)
class About:
    """What the reader's window and an archive show of the document."""

    title: str
    author: str


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """How a line is drawn: weight in points, colour, dashes."""

    weight: float = 0.5
    colour: str = INK
    dashes: tuple[float, ...] = ()


class Sheet:
    """One document being drawn. Equal drawing gives equal bytes: no time, no chance goes in."""

    def __init__(self, fonts: Fonts, about: About, *, lying: bool = False) -> None:
        self.fonts = fonts
        self.pages = 1
        self._widths: dict[tuple[str, Face, float], float] = {}
        size = landscape(A4) if lying else A4
        self.width, self.height = size[0] / mm, size[1] / mm
        self._out = BytesIO()
        # Without a first font of ours every file would name Helvetica, which is not embedded.
        self._canvas = Canvas(self._out, pagesize=size, invariant=1, lang="zh-CN", initialFontName=Face.SONG.value)
        self._canvas.setTitle(about.title)
        self._canvas.setAuthor(about.author)
        self._canvas.setCreator(about.author)
        self._canvas.setSubject(about.title)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def text(self, x: float, y: float, text: str, style: Style, align: Align = Align.LEFT) -> None:
        """Write one line with its baseline at y."""
        if not text:
            return
        wide = self.measure(text, style)
        start = {Align.LEFT: x, Align.CENTRE: x - wide / 2, Align.RIGHT: x - wide}[align]
        line = self._canvas.beginText(start * mm, (self.height - y) * mm)
        line.setFillColor(HexColor(style.colour))
        line.setCharSpace(style.spread)
        for font, piece in self.fonts.runs(text, style.face):
            line.setFont(font, style.size)
            line.textOut(piece)
        self._canvas.drawText(line)

    def fitted(self, x: float, y: float, text: str, style: Style, room: float) -> None:
        """Write one centred line, smaller where it would be wider than the room."""
        self.text(x, y, text, self.shrunk(text, style, room), Align.CENTRE)

    def shrunk(self, text: str, style: Style, room: float) -> Style:
        """Return the style, made smaller if the text would be wider than the room."""
        wide = self.measure(text, style)
        return scaled(style, min(1.0, room / wide) if wide else 1.0)

    def measure(self, text: str, style: Style) -> float:
        """Return the width in millimetres."""
        gaps = max(len(text) - 1, 0) * style.spread
        key = (text, style.face, style.size)
        if key not in self._widths:  # a paper of fifty questions asks for the same characters again and again
            self._widths[key] = self.fonts.width(*key)
        return float((self._widths[key] + gaps) / mm)

    def rule(self, start: tuple[float, float], end: tuple[float, float], stroke: Stroke) -> None:
        self._take(stroke)
        (x1, y1), (x2, y2) = start, end
        self._canvas.line(x1 * mm, (self.height - y1) * mm, x2 * mm, (self.height - y2) * mm)

    def box(self, corner: tuple[float, float], size: tuple[float, float], stroke: Stroke) -> None:
        self._take(stroke)
        (x, y), (wide, high) = corner, size
        self._canvas.rect(x * mm, (self.height - y - high) * mm, wide * mm, high * mm)

    def _take(self, stroke: Stroke) -> None:
        self._canvas.setLineWidth(stroke.weight)
        self._canvas.setStrokeColor(HexColor(stroke.colour))
        self._canvas.setDash(list(stroke.dashes))

    def block(self, corner: tuple[float, float], size: tuple[float, float], colour: str) -> None:
        """Fill a rectangle."""
        (x, y), (wide, high) = corner, size
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(x * mm, (self.height - y - high) * mm, wide * mm, high * mm, stroke=0, fill=1)

    def disc(self, centre: tuple[float, float], radius: float, stroke: Stroke, *, filled: bool = False) -> None:
        """Draw a circle, filled with its own colour where asked."""
        self._take(stroke)
        self._canvas.setFillColor(HexColor(stroke.colour))
        x, y = centre
        self._canvas.circle(x * mm, (self.height - y) * mm, radius * mm, stroke=1, fill=int(filled))

    def qr(self, corner: tuple[float, float], size: float, content: str) -> None:
        """Draw a QR code as one filled path, without the quiet zone: leave four modules around it."""
        rows = qr_matrix(content)
        module = size * mm / len(rows)
        left, top = corner[0] * mm, (self.height - corner[1]) * mm
        path = self._canvas.beginPath()
        for row, cells in enumerate(rows):
            for column, length in dark_stretches(cells):
                path.rect(left + column * module, top - (row + 1) * module, length * module, module)
        self._canvas.setFillColor(HexColor(INK))
        self._canvas.drawPath(path, stroke=0, fill=1)

    def next_page(self) -> None:
        self._canvas.showPage()
        self.pages += 1

    def page_number(self, left: float = LEFT, right: float = RIGHT, bottom: float = BOTTOM) -> None:
        """Write — 1 — as GB/T 9704 has it: 7 mm under the type area, one character from the outer edge."""
        style = Style(Face.SONG, 14)
        odd = self.pages % 2
        x, align = (right - 5, Align.RIGHT) if odd else (left + 5, Align.LEFT)
        self.text(x, bottom + 11, f"— {self.pages} —", style, align)

    def finish(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()


@lru_cache(maxsize=64)
def qr_matrix(content: str) -> tuple[bytearray, ...]:
    """Return the rows of modules, 1 for dark; M outlives a fold or a stain."""
    return tuple(segno.make_qr(content, error="m").matrix)


def dark_stretches(cells: bytearray) -> list[tuple[int, int]]:
    """Return (first column, length) of each unbroken dark stretch of one row."""
    stretches: list[tuple[int, int]] = []
    for column, dark in enumerate(cells):
        if not dark:
            continue
        if stretches and sum(stretches[-1]) == column:
            stretches[-1] = (stretches[-1][0], stretches[-1][1] + 1)
        else:
            stretches.append((column, 1))
    return stretches
