"""printing.official.workbook — the tables of an official text as an XLSX workbook, a sheet each."""

import re
from collections.abc import Iterator, Sequence

from exam_app.printing.official.text import Ballot, Block, Figure, Grid, Heading, OfficialText, Paragraph, lines
from exam_app.printing.tables import MEDIA_TYPE, Cell, Listed, write_tables

__all__ = ["MEDIA_TYPE", "render"]

NUMBER = re.compile(r"(0|[1-9]\d{0,8})(\.\d{1,4})?")
ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")


def render(text: OfficialText) -> bytes:
    """Return the workbook; equal texts give equal bytes. A text without tables becomes one sheet of its lines."""
    title = text.title.replace("\n", "")
    sheets = list(_sheets(text.blocks, title))
    return write_tables(title, sheets or [Listed(title, ("内容",), [(line,) for line in lines(text)])])


def _sheets(blocks: Sequence[Block], title: str) -> Iterator[Listed]:
    """A sheet bears the name of what stands over its table."""
    over = title
    for block in blocks:
        match block:
            case Heading():
                over = ORDINAL.sub("", block.words)
            case Paragraph() if block.is_flush and len(block.words) <= 31:
                over = block.words.rstrip("：:")
            case Grid():
                yield Listed(over, block.heads, told(block.rows))
            case Ballot():
                blank = ("",) * len(block.choices)
                yield Listed(over, (*block.heads, *block.choices), told([(*row, *blank) for row in block.rows]))
            case Figure():
                yield Listed(block.title, _figure_head(block), _figure_rows(block))


def told(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """Return the rows with numbers as numbers: only where a whole column holds nothing else."""
    numeric = [
        any(cells) and all(not cell or NUMBER.fullmatch(cell) for cell in cells) for cells in zip(*rows, strict=True)
    ]
    return [
        [float(cell) if is_number and cell else cell for cell, is_number in zip(row, numeric, strict=True)]
        for row in rows
    ]


def _figure_head(figure: Figure) -> tuple[str, ...]:
    unit = f"（{figure.unit}）" if figure.unit else ""
    return ("", *(f"{label}{unit}" or "数量" for label, _ in figure.series))


def _figure_rows(figure: Figure) -> list[tuple[Cell, ...]]:
    return [(label, *(values[row] for _, values in figure.series)) for row, label in enumerate(figure.labels)]
