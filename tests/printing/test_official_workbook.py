"""tests.printing.test_official_workbook — the tables of a document, opened by a spreadsheet reader."""

from io import BytesIO
from zipfile import ZipFile

from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from exam_app.printing.official.text import Grid, Heading, OfficialText, Paragraph
from exam_app.printing.official.workbook import render
from tests.printing.papers import BALLOT, CHARTED, REPORT, letters, texts


def read(text: OfficialText) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(render(text)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_table_becomes_a_sheet_named_by_what_stands_over_it() -> None:
    [(name, rows)] = read(REPORT).items()

    assert name == "名单"
    assert rows[0] == ["序号", "姓名", "拟任职务", "成绩"]
    assert rows[60] == [60.0, "李㛃堃", "田州市民政局局长", 92.5]


def test_tables_of_one_name_are_told_apart() -> None:
    grid = Grid(("甲",), (("1",),), (1,))
    text = OfficialText(title="表", blocks=(Heading("一、名单"), grid, grid, Paragraph("附：", is_flush=True), grid))

    assert list(read(text)) == ["名单", "名单（2）", "附"]


def test_column_with_anything_but_numbers_stays_text() -> None:
    grid = Grid(("数", "号", "混"), (("1", "007", "3"), ("", "12", "缺考")), (1, 1, 1))

    assert read(OfficialText(title="表", blocks=(grid,)))["表"][1:] == [[1.0, "007", "3"], ["", "12", "缺考"]]


def test_chart_and_ballot_become_tables() -> None:
    assert read(CHARTED)["按方式"] == [
        ["", "2017年（人次）", "2018年（人次）"],
        ["决定任命", 20, 29],
        ["任命", 30, 153],
    ]
    assert read(BALLOT)["表决票"][0] == ["序号", "姓名", "拟任职务", "赞成", "反对", "弃权"]


def test_text_without_tables_becomes_its_lines() -> None:
    assert read(letters(1))["任命书"][:3] == [["内容"], ["任命书"], ["田人常任〔2018〕1号"]]


def test_head_is_printed_on_every_page() -> None:
    with ZipFile(BytesIO(render(REPORT))) as package:
        assert "_xlnm.Print_Titles" in package.read("xl/workbook.xml").decode()


@settings(max_examples=40, deadline=None)
@given(text=texts())
def test_any_text_becomes_the_same_workbook_twice(text: OfficialText) -> None:
    assert render(text) == render(text)
