"""question_bank.formats.workbook — opens an .xlsx file of unknown origin without trusting it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from question_bank.formats.words import DoubtError

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_MAX_UNPACKED = 200 * 1024 * 1024
_CHUNK = 1024 * 1024
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_FILLED_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]{1,7})(\d{1,9})["'][^<>]*(?<!/)>""",
)
_LONGEST_TAG = 200
_BROKEN_PACKAGE = (ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows[0] is row 1 of the sheet."""

    name: str
    rows: list[list[object]]


def open_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of the file, or raise one doubt that says what is wrong with it."""
    _refuse_other_files(data)
    _refuse_bombs(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return list(_sheets(workbook))
    except CalamineError as error:
        raise DoubtError("unreadable", "文件已损坏，请用 Excel 打开后另存为 .xlsx 再上传") from error


def _sheets(workbook: CalamineWorkbook) -> Iterator[Sheet]:
    for number, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ is SheetTypeEnum.WorkSheet:
            cells = workbook.get_sheet_by_index(number).to_python(skip_empty_area=False)
            yield Sheet(sheet.name, [list(row) for row in cells])


def _refuse_other_files(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise DoubtError("too_large", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请分成几个文件")
    if data.startswith(_OLD_OR_ENCRYPTED):
        raise DoubtError("unreadable", "这是旧版 .xls 或加了密码的文件，请去掉密码并另存为 .xlsx")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise DoubtError("unreadable", "这不是 Excel 的 .xlsx 文件，请用 Excel 另存为 .xlsx 再上传")


def _refuse_bombs(data: bytes) -> None:
    """Look at the places of the cells first: the reader lays out every row and column up to the last."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "xl/workbook.xml" not in package.namelist():
                raise DoubtError("unreadable", "这不是 Excel 的 .xlsx 文件，请用 Excel 另存为 .xlsx 再上传")
            unpacked = 0
            for chunk in _chunks(package):
                unpacked += len(chunk)
                if unpacked > _MAX_UNPACKED:
                    raise DoubtError("too_large", "文件解压后过大，请只保留题目，另存后再上传")
                _refuse_far_cells(chunk)
    except DoubtError:
        raise
    except _BROKEN_PACKAGE as error:
        raise DoubtError("unreadable", "文件已损坏，请用 Excel 打开后另存为 .xlsx 再上传") from error


def _chunks(package: zipfile.ZipFile) -> Iterator[bytes]:
    for member in package.infolist():
        tail = b""
        with package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                yield tail + chunk
                tail = chunk[-_LONGEST_TAG:]


def _refuse_far_cells(xml: bytes) -> None:
    for column, row in set(_FILLED_CELL.findall(xml)):
        if int(row) > MAX_ROWS:
            raise DoubtError("too_large", f"表格超过 {MAX_ROWS} 行（第{int(row)}行有内容），请分表，或删去下面的空行")
        if _column_number(column) > MAX_COLUMNS:
            raise DoubtError("too_large", f"{column.decode()} 列也有内容，请删去右边不用的列")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
