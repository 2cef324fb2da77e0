"""printing.drawing.flow — fills pages from strips of known height: the number of pages is known before drawing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from exam_app.printing.drawing.sheet import Sheet, Style

AT = 4.9
"""Where the baseline of a line stands below the top of its strip."""
UNTIL = 7.5
"""The height of a strip that holds one boxed line."""


@dataclass(frozen=True)
class Strip:
    """A piece of a column that is never broken: its height in millimetres, and how it is drawn from its top."""

    height: float
    draw: Callable[[Sheet, float], None]


Block = tuple[Strip, ...]
"""Strips that belong together and are parted only where a page cannot hold them."""
Page = list[tuple[float, Strip]]


def flow(blocks: Iterable[Block], top: float, bottom: float) -> list[Page]:
    """Return the pages, each strip with its top; a block that fits a page is not broken."""
    pages: list[Page] = [[]]
    y = top
    for block in blocks:
        high = sum(strip.height for strip in block)
        fits_a_page = high <= bottom - top
        if pages[-1] and fits_a_page and y + high > bottom:
            pages.append([])
            y = top
        for strip in block:
            if pages[-1] and y + strip.height > bottom:
                pages.append([])
                y = top
            pages[-1].append((y, strip))
            y += strip.height
    return pages


def gap(height: float) -> Strip:
    """Return an empty strip."""
    return Strip(height, lambda _sheet, _y: None)


def lines_block(lines: Sequence[str], style: Style, left: float, pitch: float) -> Block:
    """Return a strip for each line of text."""
    return tuple(_line(line, style, left, pitch) for line in lines)


def _line(text: str, style: Style, left: float, pitch: float) -> Strip:
    return Strip(pitch, lambda sheet, y: sheet.text(left, y + AT, text, style))
