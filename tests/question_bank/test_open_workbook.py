"""tests.question_bank.test_open_workbook — files that are no workbook, broken, or made to do harm."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.formats.workbook import MAX_BYTES, MAX_ROWS
from question_bank.formats.xlsx import read_xlsx
from tests.question_bank.samples import one_row, repacked, workbook

GOOD = one_row()
SHEET = "xl/worksheets/sheet1.xml"


def a_zip(name: str = "word/document.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, "x")
    return stream.getvalue()


def the_code(data: bytes) -> str:
    result = read_xlsx(data, "题库.xlsx")
    assert result.items == ()
    (fault,) = result.faults
    assert (fault.source, fault.where) == ("题库.xlsx", "文件")
    return fault.code


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b,c", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), a_zip(), a_zip("xl/workbook.xml"), GOOD[:900]],
    ids=["empty", "csv", "start of a zip", "old or encrypted", "docx", "no content", "cut off"],
)
def test_what_is_no_workbook_gives_one_fault(data: bytes) -> None:
    assert the_code(data) == "unreadable"


def test_workbook_without_rows_says_so() -> None:
    assert the_code(workbook(("题目", []))) == "empty"


def test_file_that_is_too_large_is_refused() -> None:
    assert the_code(GOOD + bytes(MAX_BYTES)) == "too_large"


def test_sheet_may_have_as_many_rows_as_the_limit() -> None:
    data = repacked(GOOD, SHEET, b'"A2"', f'"A{MAX_ROWS}"'.encode())

    assert the_row_of_the_first_fault(data) == f"第{MAX_ROWS}行"


def the_row_of_the_first_fault(data: bytes) -> str:
    where = read_xlsx(data).faults[-1].where
    return where.removeprefix("工作表“题目”").partition("“")[0]


@pytest.mark.parametrize("place", [f"A{MAX_ROWS + 1}", "A1048576", "XFD2"])
def test_cell_far_out_is_refused_before_it_is_laid_out(place: str) -> None:
    assert the_code(repacked(GOOD, SHEET, b'"A2"', f'"{place}"'.encode())) == "too_large"


def test_file_that_unpacks_too_far_is_refused() -> None:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/media/a", "w") as part:
        for _ in range(201):
            part.write(bytes(1024 * 1024))

    assert the_code(stream.getvalue()) == "too_large"


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_damaged_file_never_fails(damage: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in damage:
        data[place] = byte

    result = read_xlsx(bytes(data))

    assert result.items or result.faults
