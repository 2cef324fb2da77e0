"""printing.tables — lists as an XLSX workbook: a sheet each, a frozen head, columns as wide as their words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

Cell = str | int | float | Decimal | None
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, SHEET_NAME_LENGTH, CELL_LENGTH = 60, 31, 32_000
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # equal rows give equal bytes


@dataclass(frozen=True)
class Listed:
    """One sheet; `head` and `rows` as they are to be read."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_table(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the workbook of one list. Text stays text, even where it looks like a formula or a number."""
    return write_tables(title, [Listed(title, head, rows)])


def write_tables(title: str, lists: Sequence[Listed]) -> bytes:
    """Return the workbook with a sheet for each list, in the order given."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    book.set_properties({"title": title, "created": CREATED})
    bold = book.add_format({"bold": True, "bg_color": "#EEF1F5", "bottom": 1, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    taken: set[str] = set()
    for listed in lists:
        _write_sheet(book.add_worksheet(_free_name(listed.title, taken)), listed, (bold, plain))
    book.close()
    return kept.getvalue()


def _write_sheet(sheet: Any, listed: Listed, formats: tuple[Any, Any]) -> None:
    bold, plain = formats
    widths = [_width(words) for words in listed.head]
    for column, words in enumerate(listed.head):
        sheet.write_string(0, column, words, bold)
    last = 0
    for last, row in enumerate(listed.rows, 1):
        for column, value in enumerate(row):
            _write(sheet, last, column, value, plain)
            widths[column] = max(widths[column], _width(value))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(listed.head) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:CELL_LENGTH], style)
    else:
        sheet.write_number(row, column, float(value), style)


def _width(value: Cell) -> int:
    """Return the width of the longest line; a Chinese character takes two."""
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(2 if east_asian_width(one) in "WF" else 1 for one in line) for line in lines)


def _free_name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may bear and no other one bears; Excel does not tell case apart."""
    wanted = "".join(one for one in title if one not in "[]:*?/\\'\n")[:SHEET_NAME_LENGTH] or "1"
    name, number = wanted, 1
    while name.lower() in taken:
        number += 1
        ending = f"（{number}）"
        name = wanted[: SHEET_NAME_LENGTH - len(ending)] + ending
    taken.add(name.lower())
    return name
