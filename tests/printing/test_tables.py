"""tests.printing.test_tables — a list leaves as a workbook that spreadsheet programs read as it was meant."""

from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from exam_app.printing.tables import write_table

HEAD = ("姓名", "成绩")


def read(content: bytes) -> list[list[object]]:
    """Return the rows of the only sheet."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert len(book.sheet_names) == 1
    return book.get_sheet_by_index(0).to_python()


def test_rows_come_back_as_they_were() -> None:
    assert read(write_table("成绩", HEAD, [("王强", Decimal("86.5")), ("李芳", None)])) == [
        ["姓名", "成绩"],
        ["王强", 86.5],
        ["李芳", ""],
    ]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert read(write_table("名单", ("内容",), [("=HYPERLINK(1)",), ("0012",)]))[1:] == [["=HYPERLINK(1)"], ["0012"]]


def test_empty_list_keeps_its_head() -> None:
    assert read(write_table("名单", HEAD, [])) == [list(HEAD)]


def test_title_that_no_sheet_may_bear_is_cleaned() -> None:
    content = write_table("甲/乙:[" + "长" * 40, ("内容",), [])
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == ["甲乙" + "长" * 29]


def test_equal_rows_give_equal_bytes() -> None:
    rows = [("王强", 1)]
    assert write_table("成绩", HEAD, rows) == write_table("成绩", HEAD, rows)
