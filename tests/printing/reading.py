"""tests.printing.reading — reads a PDF back: its lines of text, its rectangles, its embedded glyphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.reader import PdfFileReader

TEXT = re.compile(rb"\bBT (.*?) ET$", re.DOTALL | re.MULTILINE)
SHOWN = re.compile(rb"/(\S+) [\d.]+ Tf|\(((?:[^()\\]|\\.)*)\) Tj", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
NUMBER = rb"(-?[\d.]+) "
RECTANGLE = re.compile(NUMBER * 4 + rb"re")
ENTRY = re.compile(r"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", re.MULTILINE)
PLACE = re.compile(rb"1 0 0 1 " + NUMBER * 2 + rb"Tm")
SIZE = re.compile(rb"/\S+ ([\d.]+) Tf")
SPREAD = re.compile(rb"(-?[\d.]+) Tc")
MILLIMETRE = 25.4 / 72
SINGLE_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Shown:
    """One character on the page, with the embedded font and the code it was shown by."""

    character: str
    font: Any
    code: int


@dataclass(frozen=True)
class Placed:
    """One line of text: page, left end and baseline in millimetres, size and spread in points."""

    page: int
    x: float
    y: float
    size: float
    spread: float
    text: str


def lines(pdf: bytes) -> list[str]:
    return ["".join(shown.character for shown in line) for line in shown_lines(pdf)]


def page_count(pdf: bytes) -> int:
    return len(_pages(pdf))


def shown_lines(pdf: bytes) -> Iterator[list[Shown]]:
    for page in _pages(pdf):
        fonts = page["/Resources"]["/Font"]
        for block in TEXT.findall(page["/Contents"].data):
            yield list(_shown(block, fonts))


def placed_lines(pdf: bytes) -> list[Placed]:
    """Return the lines with their places, in millimetres from the top left corner."""
    return [placed for number, page in enumerate(_pages(pdf), 1) for placed in _placed(number, page)]


def _placed(number: int, page: Any) -> Iterator[Placed]:
    high = float(page["/MediaBox"][3])
    for block in TEXT.findall(page["/Contents"].data):
        x, y = (float(each) for each in PLACE.findall(block)[0])
        text = "".join(shown.character for shown in _shown(block, page["/Resources"]["/Font"]))
        size, spread = float(SIZE.findall(block)[0]), float(SPREAD.findall(block)[0])
        yield Placed(number, x * MILLIMETRE, (high - y) * MILLIMETRE, size, spread, text)


def rectangles(pdf: bytes) -> list[tuple[float, ...]]:
    [page] = _pages(pdf)
    found = RECTANGLE.findall(page["/Contents"].data)
    return [tuple(float(number) for number in numbers) for numbers in found]


def has_outline(shown: Shown) -> bool:
    """Say whether the embedded font draws something other than the empty box for the code."""
    font = TTFont(BytesIO(shown.font["/FontDescriptor"]["/FontFile2"].data))
    [table] = [table for table in font["cmap"].tables if table.platformID == 1]
    glyph = table.cmap[shown.code]
    return bool(font.getGlyphID(glyph) != 0 and font["glyf"][glyph].numberOfContours != 0)


def _pages(pdf: bytes) -> list[Any]:
    return [kid.get_object() for kid in PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"]]


def _shown(block: bytes, fonts: Any) -> Iterator[Shown]:
    font, points = None, {}
    for name, text in SHOWN.findall(block):
        if name:
            font = fonts[f"/{name.decode()}"]
            points = _points(font)
            continue
        for code in ESCAPE.sub(_unescaped, text):
            yield Shown(points[code], font, code)


def _points(font: Any) -> dict[int, str]:
    entries = ENTRY.findall(font["/ToUnicode"].data.decode())
    return {int(code, 16): bytes.fromhex(units).decode("utf-16-be") for code, units in entries}


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if len(code) == 3 else SINGLE_LETTERS.get(code, code)
