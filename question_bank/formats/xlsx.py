"""question_bank.formats.xlsx — reads the product's own Excel template as clerks fill it in.

A question is one row. A further citation of a question is a row of its own below it that repeats the
code and fills in nothing but the columns of the citation.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from question_bank.formats import columns
from question_bank.formats.cells import Row, read_citation
from question_bank.formats.questions import read_question
from question_bank.formats.template import EXAMPLE_CODES, template_xlsx, write_xlsx
from question_bank.formats.words import DoubtError, is_blank
from question_bank.formats.workbook import Sheet, open_sheets
from question_bank.items import Fault, Item, ReadResult
from question_bank.register import Register, load_register

__all__ = ["read_xlsx", "template_xlsx", "write_xlsx"]

_HEADER_WITHIN_ROWS = 20


def read_xlsx(data: bytes, source: str = "", *, register: Register | None = None, on: date | None = None) -> ReadResult:
    """Read every sheet that has the template's header row.

    Where a row names no edition, it means the one that holds `on` that day (by default: that has no end).
    """
    try:
        sheets = [sheet for sheet in open_sheets(data) if sheet.name != columns.GUIDE_SHEET and _has_content(sheet)]
    except DoubtError as doubt:
        return ReadResult((), (Fault(source, "文件", doubt.code, doubt.message),))
    if not sheets:
        return ReadResult((), (Fault(source, "文件", "empty", "文件里没有题目，请按模板填写后再上传"),))
    readings = [_SheetReading(sheet, source, register or load_register(), on) for sheet in sheets]
    for reading in readings:
        reading.read()
    return ReadResult(
        tuple(item for reading in readings for item in reading.items),
        tuple(fault for reading in readings for fault in reading.faults),
    )


def _has_content(sheet: Sheet) -> bool:
    return any(not is_blank(cell) for row in sheet.rows for cell in row)


class _SheetReading:
    def __init__(self, sheet: Sheet, source: str, register: Register, on: date | None) -> None:
        self.sheet, self.source, self.register, self.on = sheet, source, register, on
        self.faults: list[Fault] = []
        self._questions: list[Item | None] = []
        self._last_place: dict[str, int] = {}

    @property
    def items(self) -> list[Item]:
        return [item for item in self._questions if item]

    def read(self) -> None:
        header = self._header()
        if header is None or self.faults:
            return
        top, names = header
        rows = [(number, cells) for number, cells in enumerate(self.sheet.rows, start=1) if number > top]
        for number, cells in rows:
            values = {names[place]: cell for place, cell in enumerate(cells) if not is_blank(cell)}
            if values:
                self._read_row(Row(self.source, self.sheet.name, number, values, self.faults))

    def _read_row(self, row: Row) -> None:
        code = row.text(columns.CODE)
        if code in EXAMPLE_CODES:
            return
        if not any(row.has(name) for name in columns.QUESTION):
            self._read_further_citation(row, code)
            return
        if code:
            self._last_place[code] = len(self._questions)
        self._questions.append(read_question(row, code, self.register, self.on))

    def _read_further_citation(self, row: Row, code: str) -> None:
        place = self._last_place.get(code)
        if not code or place is None:
            row.fault(
                columns.CODE,
                "no_question",
                "这一行没有题目；如果是上面某题的另一条依据，请在“编号”栏填那道题的编号，否则请删去这一行",
            )
            return
        citation = read_citation(row, self.register, self.on)
        question = self._questions[place]
        if citation is None:
            self._questions[place] = None
        elif question:
            self._questions[place] = replace(question, citations=(*question.citations, citation))

    def _header(self) -> tuple[int, Mapping[int, str]] | None:
        """Find the header row and the name of each column."""
        for number, cells in enumerate(self.sheet.rows[:_HEADER_WITHIN_ROWS], start=1):
            names = {place: columns.header_name(str(cell)) for place, cell in enumerate(cells) if not is_blank(cell)}
            if {columns.STEM, columns.KEY} <= set(names.values()):
                self._check_header(number, names)
                return number, names
        self._fault(
            "", "no_header", f"没有找到表头（前 {_HEADER_WITHIN_ROWS} 行内应有一行写着 题干、答案 等），请使用模板"
        )
        return None

    def _check_header(self, number: int, names: Mapping[int, str]) -> None:
        found = list(names.values())
        row = f"第{number}行"
        for name in columns.REQUIRED:
            if name not in found:
                self._fault(row, "missing_column", f"缺少“{name}”列，请按模板补上")
        for name in dict.fromkeys(found):
            if found.count(name) > 1:
                self._fault(row, "duplicate_column", f"有 {found.count(name)} 个“{name}”列，请只留一个")
            if name not in columns.KNOWN:
                self._fault(row, "unknown_column", f"不认识“{name}”列，请改成模板中的列名，或删去这一列")
        self._check_unnamed_columns(number, names)

    def _check_unnamed_columns(self, top: int, names: Mapping[int, str]) -> None:
        for number, cells in enumerate(self.sheet.rows[top:], start=top + 1):
            for place, cell in enumerate(cells):
                if place not in names and not is_blank(cell):
                    self._fault(
                        f"第{number}行第{place + 1}列",
                        "unknown_column",
                        "这一列没有列名，请在表头写上列名，或清空这一列",
                    )
                    return

    def _fault(self, where: str, code: str, message: str) -> None:
        self.faults.append(Fault(self.source, f"工作表“{self.sheet.name}”{where}", code, message))
