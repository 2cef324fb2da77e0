"""printing.drawing.table — ruled tables that run over pages and repeat their head."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exam_app.printing.drawing.layout import wrap
from exam_app.printing.drawing.sheet import INK, LINE, Align, Sheet, Stroke, Style
from exam_app.printing.typefaces import Face

PADDING = 1.6
HEAD = Style(Face.HEI, 10.5)
BODY = Style(Face.SONG, 10.5)
LINE_PITCH = 1.3 * 0.3528  # leading of 1.3, points to millimetres
ASCENT = 0.86 * 0.3528

THIN = Stroke(weight=0.4, colour=LINE)
EDGE = Stroke(weight=1.0, colour=INK)


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, its alignment."""

    title: str
    width: float
    align: Align = Align.CENTRE
    style: Style = BODY


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table as it is printed, its head repeated on every page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    row_height: float = 9.0
    has_head: bool = True
    head: Style = HEAD


@dataclass(frozen=True)
class _Row:
    cells: tuple[tuple[str, ...], ...]
    height: float


class TableWriter:
    """Writes a table piece by piece; the caller turns the pages."""

    def __init__(self, sheet: Sheet, table: Table, left: float) -> None:
        self._sheet, self._table, self._left = sheet, table, left
        self._waiting = deque(self._measured(row) for row in table.rows)
        self._head = self._measured([column.title for column in table.columns], table.head)

    @property
    def is_done(self) -> bool:
        return not self._waiting

    def first_height(self) -> float:
        """Return the room that the head and the first row take: less than that is not worth beginning in."""
        head = self._head.height if self._table.has_head else 0.0
        return head + (self._waiting[0].height if self._waiting else 0.0)

    def write(self, top: float, bottom: float) -> float:
        """Write the head and the rows that fit, at least one, if need be a part of it; return where the piece ends."""
        start = y = self._row(self._head, top, self._table.head) if self._table.has_head else top
        while self._waiting and (self._waiting[0].height + y <= bottom or y == start):
            row = self._waiting.popleft()
            if row.height + y > bottom:
                row, rest = self._parted(row, bottom - y)
                self._waiting.extendleft(rest)
            y = self._row(row, y, None)
        self._lines(top, y)
        return y

    def _measured(self, texts: Sequence[str], style: Style | None = None) -> _Row:
        return self._sized(
            tuple(
                tuple(wrap(self._sheet, text, style or column.style, column.width - 2 * PADDING))
                for column, text in zip(self._table.columns, texts, strict=True)
            )
        )

    def _sized(self, cells: tuple[tuple[str, ...], ...]) -> _Row:
        needed = max(
            len(lines) * column.style.size * LINE_PITCH
            for column, lines in zip(self._table.columns, cells, strict=True)
        )
        return _Row(cells, max(self._table.row_height, needed + 2 * PADDING))

    def _parted(self, row: _Row, room: float) -> tuple[_Row, list[_Row]]:
        """Part a row that is higher than a page after the lines that fit."""
        pitch = max(column.style.size for column in self._table.columns) * LINE_PITCH
        most = max(int((room - 2 * PADDING) / pitch), 1)
        rest = tuple(lines[most:] for lines in row.cells)
        upper = self._sized(tuple(lines[:most] for lines in row.cells))
        return upper, [self._sized(rest)] if any(rest) else []

    def _row(self, row: _Row, top: float, style: Style | None) -> float:
        for left, column, lines in zip(self._lefts(), self._table.columns, row.cells, strict=True):
            self._cell((left, top, row.height), column, lines, style or column.style)
        bottom = top + row.height
        self._sheet.rule((self._left, bottom), (self._left + self._width(), bottom), THIN)
        return bottom

    def _cell(self, place: tuple[float, float, float], column: Column, lines: Sequence[str], style: Style) -> None:
        left, top, height = place
        pitch = style.size * LINE_PITCH
        slack = (pitch - style.size * 0.3528) / 2
        y = top + (height - len(lines) * pitch) / 2 + slack + style.size * ASCENT
        centred = style is self._table.head or column.align is Align.CENTRE
        align = Align.CENTRE if centred else column.align
        x = {Align.LEFT: left + PADDING, Align.RIGHT: left + column.width - PADDING}.get(align, left + column.width / 2)
        for number, line in enumerate(lines):
            self._sheet.text(x, y + number * pitch, line, style, align)

    def _lines(self, top: float, bottom: float) -> None:
        for left in list(self._lefts())[1:]:
            self._sheet.rule((left, top), (left, bottom), THIN)
        self._sheet.box((self._left, top), (self._width(), bottom - top), EDGE)

    def _lefts(self) -> Iterator[float]:
        x = self._left
        for column in self._table.columns:
            yield x
            x += column.width

    def _width(self) -> float:
        return sum(column.width for column in self._table.columns)
