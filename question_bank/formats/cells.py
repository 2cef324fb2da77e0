"""question_bank.formats.cells — one row of a sheet: its cells as words, its doubts as faults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from question_bank.formats import columns
from question_bank.formats.words import DoubtError, clean_text, understand_date
from question_bank.items import Citation, Fault
from question_bank.numerals import parse_article_reference, parse_item_reference, parse_paragraph_reference
from question_bank.register import Edition, Law, Register

Value = TypeVar("Value")


@dataclass(frozen=True)
class Row:
    """The filled cells of one row by the name of their column; `number` is the sheet's own."""

    source: str
    sheet: str
    number: int
    cells: Mapping[str, object]
    faults: list[Fault]

    def has(self, column: str) -> bool:
        """Whether the cell is filled."""
        return column in self.cells

    def fault(self, column: str, code: str, message: str) -> None:
        """Note what is wrong with a cell."""
        where = f"工作表“{self.sheet}”第{self.number}行“{column}”列"
        self.faults.append(Fault(self.source, where, code, message))

    def take(self, column: str, understand: Callable[[str], Value], default: Value) -> Value:
        """Understand a filled cell; a doubt becomes a fault and the default stands in."""
        if not self.has(column):
            return default
        try:
            return understand(_words(self.cells[column]))
        except DoubtError as doubt:
            self.fault(column, doubt.code, doubt.message)
            return default

    def text(self, column: str) -> str:
        """Return the cell's words, "" where it is empty."""
        return self.take(column, clean_text, "")

    def needed_text(self, column: str) -> str:
        """Return the cell's words; an empty one is a fault."""
        if not self.has(column):
            self.fault(column, "missing", f"没有填写，请补上{column}")
        return self.text(column)


def _words(cell: object) -> str:
    """Return what stands in the cell, where Excel has not made something else of it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if cell != int(cell):
            raise DoubtError("number", f"单元格里是数字 {cell}（也可能显示为百分数），请把单元格设为“文本”后重填")
        return str(int(cell))
    if isinstance(cell, str):
        return cell
    raise DoubtError("number", "Excel 把这里变成了日期或时间，请把单元格设为“文本”后重填")


def read_citation(row: Row, register: Register, on: date | None) -> Citation | None:
    """Read the columns of the legal basis; None where there is none or it is doubtful."""
    if not any(row.has(column) for column in columns.CITATION):
        return None
    before = len(row.faults)
    law = row.take(columns.LAW, lambda text: _find_law(text, register), None)
    article = row.take(columns.ARTICLE, _numbered(parse_article_reference, "47、第四十七条或第一百二十条之一"), "")
    for column in (columns.LAW, columns.ARTICLE):
        if not row.has(column):
            row.fault(column, "missing", f"填了依据，但没有填写{column}，请补上，或清空这一行的依据")
    edition = _edition(row, law, register, on) if law else None
    paragraph = row.take(columns.PARAGRAPH, _numbered(parse_paragraph_reference, "2 或第二款"), 0)
    item = row.take(columns.ITEM, _numbered(parse_item_reference, "3 或（三）"), 0)
    evidence = row.text(columns.EVIDENCE)
    if law is None or edition is None or len(row.faults) > before:
        return None
    return Citation(law.slug, edition.adopted, article, paragraph or None, item or None, evidence)


def _numbered(parse: Callable[[str], Value], example: str) -> Callable[[str], Value]:
    def understand(text: str) -> Value:
        try:
            return parse(text)
        except ValueError as error:
            raise DoubtError("unknown_value", f"不认识“{text.strip()}”，请写成 {example} 的样子") from error

    return understand


def _find_law(text: str, register: Register) -> Law | None:
    law = register.find(text)
    if law is None:
        raise DoubtError("unknown_law", f"法律目录中没有“{text.strip()}”，请写全称，例如《中华人民共和国宪法》")
    return law


def _edition(row: Row, law: Law, register: Register, on: date | None) -> Edition | None:
    known = "、".join(str(edition.adopted) for edition in law.editions)
    if not row.has(columns.EDITION):
        current = register.current(law.slug, on)
        if current is None:
            row.fault(columns.EDITION, "no_edition", f"《{law.title}》没有现行版本，请核对依据；目录中的版本：{known}")
        return current
    day = _day(row)
    edition = register.edition(law.slug, day) if day else None
    if day and edition is None:
        row.fault(columns.EDITION, "no_edition", f"《{law.title}》没有 {day} 通过的版本；目录中的版本：{known}")
    return edition


def _day(row: Row) -> date | None:
    cell = row.cells[columns.EDITION]
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else row.take(columns.EDITION, understand_date, None)
