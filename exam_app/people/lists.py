"""people.lists — reads lists of people as offices send them: pasted text, .xlsx or .docx tables. Pure.

With a header row the columns may come in any order. Without one a row is 姓名 单位 职务 机关 电话.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from xml.etree.ElementTree import ParseError

import docx

from exam_app.base.errors import Invalid
from exam_app.people.errors import (
    ListedNameMissing,
    ListedTooLong,
    ListedTwice,
    ListEmpty,
    ListHeaderUnclear,
    ListTooLong,
    ListUnreadable,
    NameInvalid,
    PhoneInvalid,
    PhoneListedTwice,
)
from exam_app.people.rules import clean_name, clean_phone
from question_bank.formats.words import DoubtError
from question_bank.formats.workbook import open_sheets
from question_bank.kinds import OrganType

MOST_ROWS = 1000
LONGEST_CELL = 120
MOST_UNPACKED = 60 * 1024 * 1024
NAME, UNIT, POST, NOMINATED, ORGAN, PHONE = "name", "unit", "post", "nominated_post", "organ", "phone"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    NAME: ("姓名", "名字", "人员姓名", "考生姓名"),
    UNIT: ("单位", "工作单位", "所在单位", "现单位", "现工作单位"),
    POST: ("职务", "现任职务", "现职务", "单位职务"),
    NOMINATED: ("拟任职务", "拟任命职务", "拟任", "任命职务", "提请任命职务"),
    ORGAN: ("机关", "机关类别", "机关类型", "任职机关", "类别"),
    PHONE: ("电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "联系方式"),
}
HEADS = {word: column for column, words in COLUMNS.items() for word in words}
CANONICAL_HEADS = {column: words[0] for column, words in COLUMNS.items()}
ORGAN_WORDS: Mapping[OrganType, tuple[str, ...]] = {
    OrganType.CONGRESS: ("人大", "人大机关", "人大常委会", "人大常委会机关", "常委会机关"),
    OrganType.GOVERNMENT: ("政府", "人民政府", "政府部门", "市政府", "县政府", "区政府", "政府组成部门"),
    OrganType.SUPERVISION: ("监委", "监察委", "监察委员会", "监察", "监察机关"),
    OrganType.COURT: ("法院", "人民法院", "中级人民法院", "中院", "审判机关"),
    OrganType.PROCURATORATE: ("检察院", "人民检察院", "检察", "检察机关"),
}
ORGANS = {word: organ for organ, words in ORGAN_WORDS.items() for word in words}
TELLING = ("检察院", "法院", "监察委", "监委", "人大")
Read = TypeVar("Read")
_SERIAL = re.compile(r"[\d０-９]{1,4}[.、．]?")
_PHONE = re.compile(r"(\+86)?[\d\-－— ()（）]{7,20}")
_WIDE = re.compile(r"[ \u00a0]{2,}|\u3000+|\u2003+")


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """One row as understood. `organ` is None where it must be asked; `faults` keep the row from being taken."""

    row: int
    name: str
    unit: str = ""
    post: str = ""
    nominated_post: str = ""
    organ: OrganType | None = None
    organ_words: str = ""
    phone: str = ""
    faults: tuple[Invalid, ...] = ()

    @property
    def likely_organ(self) -> OrganType | None:
        """The organ that unit or post tells of, to be confirmed by a person."""
        words = self.nominated_post + self.unit + self.post
        return self.organ or next((ORGANS[word] for word in TELLING if word in words), None)


def read_pasted(text: str) -> list[ListedPerson]:
    """Read pasted rows: tabs, full-width blanks, commas or two blanks part the columns."""
    return _read([(number, parted(line)) for number, line in numbered_lines(text)])


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of a pasted text that hold anything, under the numbers they have in it."""
    lines = [line.strip("\r \u00a0") for line in text.split("\n")]
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def read_file(data: bytes) -> list[ListedPerson]:
    """Read the first table with people in an .xlsx or .docx file, whatever it is called."""
    tables = _word_tables(data) if is_word(data) else read_sheets(data)
    filled = [table for table in tables if table]
    if not filled:
        raise ListEmpty
    return _read(next((table for table in filled if _header_at(table) is not None), filled[0]))


def is_word(data: bytes) -> bool:
    """Whether an office file is a Word document; refuse what is no office file, or far too large unpacked."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise ListUnreadable(why="not_office")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise ListUnreadable(why="too_large")
    return any(member.filename == "word/document.xml" for member in members)


def write_pasted(people: Iterable[ListedPerson]) -> str:
    """Return the rows as text that reads back to the same people; carries a list from page to page.

    Empty lines keep the row numbers that the office sees in its own file.
    """
    rows = ["\t".join(CANONICAL_HEADS.values())]
    for one in people:
        rows += [""] * (one.row - 1 - len(rows))
        organ = one.organ_words or (ORGAN_WORDS[one.organ][0] if one.organ else "")
        cells = (one.name, one.unit, one.post, one.nominated_post, organ, one.phone)
        rows.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(rows)


Table = list[tuple[int, list[str]]]


def read_sheets(data: bytes) -> list[Table]:
    """Return the filled rows of every sheet of a workbook, or refuse it."""
    try:
        sheets = open_sheets(data)
    except DoubtError as doubt:
        raise ListUnreadable(why="not_office" if doubt.code == "unreadable" else "too_large") from doubt
    return [_table([_cell_words(cell) for cell in row] for row in sheet.rows) for sheet in sheets]


def read_word(data: bytes) -> Table:
    """Return everything a Word document says, in its order: a paragraph is a row of one cell, a table its rows."""
    return _from_word(data, lambda document: _table(_word_rows(document)))


def _word_tables(data: bytes) -> list[Table]:
    return _from_word(data, lambda document: [_table(_cells(row) for row in table.rows) for table in document.tables])


def _word_rows(document: Any) -> Iterator[list[str]]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from (_cells(row) for row in block.rows)
        else:
            yield [block.text]


def _cells(row: Any) -> list[str]:
    return [cell.text for cell in row.cells]


def _from_word(data: bytes, reading: Callable[[Any], Read]) -> Read:
    try:
        return reading(docx.Document(io.BytesIO(data)))
    except (KeyError, ValueError, ParseError, zipfile.BadZipFile, SyntaxError) as broken:
        raise ListUnreadable(why="not_office") from broken


def _table(rows: Iterable[Sequence[str]]) -> Table:
    cleaned = ((number, [" ".join(cell.split()) for cell in row]) for number, row in enumerate(rows, 1))
    return [(number, cells) for number, cells in cleaned if any(cells)]


def _cell_words(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def parted(line: str) -> list[str]:
    """Return the cells of a pasted line, by what parts them."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    if re.search(r"[,，]", line):
        return [cell.strip() for cell in re.split(r"[,，]", line)]
    cells = [cell.strip() for cell in _WIDE.split(line) if cell.strip()]
    if len(cells) == 1 and not re.search(r"[A-Za-z]", line):
        cells = line.split()
    if len(cells) > 1 and all(re.fullmatch(r"[\u3400-\u9fff]", cell) for cell in cells[:2]):
        cells = [cells[0] + cells[1], *cells[2:]]  # 王　强: a name set to the width of three characters
    return cells


def _read(table: Table) -> list[ListedPerson]:
    top = _header_at(table)
    header = _header(table[top][1]) if top is not None else None
    rows = table if top is None else table[top + 1 :]
    if len(rows) > MOST_ROWS:
        raise ListTooLong(rows=len(rows), most=MOST_ROWS)
    has_serials = header is None and bool(rows) and all(_SERIAL.fullmatch(cells[0]) for _number, cells in rows if cells)
    people = [
        _person(number, _by_header(cells, header) if header else by_place(cells[1:] if has_serials else cells))
        for number, cells in rows
    ]
    if not people:
        raise ListEmpty
    return _without_doubles(people)


def _header_at(table: Table) -> int | None:
    for index, (_number, cells) in enumerate(table[:10]):
        words = [head_word(cell) for cell in cells]
        if any(HEADS.get(word) == NAME for word in words):
            return index
    return None


def _header(cells: Sequence[str]) -> dict[int, str]:
    names = {place: HEADS[head_word(cell)] for place, cell in enumerate(cells) if head_word(cell) in HEADS}
    for column in COLUMNS:
        if list(names.values()).count(column) > 1:
            raise ListHeaderUnclear(column=CANONICAL_HEADS[column])
    return names


def head_word(cell: str) -> str:
    """Return the bare word of a column's head."""
    return re.sub(r"[\s\u3000*＊:：]|[(（].*[)）]", "", cell)


def _by_header(cells: Sequence[str], header: Mapping[int, str]) -> dict[str, str]:
    return {header[place]: cell.strip() for place, cell in enumerate(cells) if place in header}


def by_place(cells: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row without a header: 姓名 单位 职务 拟任职务, organ and phone wherever they stand."""
    values = {NAME: cells[0] if cells else ""}
    rest = list(cells[1:])
    for place, cell in enumerate(rest):
        if _PHONE.fullmatch(cell.strip()):
            values[PHONE] = rest.pop(place)
            break
    for place in range(len(rest) - 1, 0, -1):  # never the first: 市政府 may be the unit itself
        if rest[place] in ORGANS or place == 2:
            values[ORGAN] = rest.pop(place)
            break
    return values | dict(zip((UNIT, POST, NOMINATED), rest, strict=False))


def _person(row: int, values: Mapping[str, str]) -> ListedPerson:
    faults: list[Invalid] = []
    name, phone = values.get(NAME, ""), values.get(PHONE, "")
    if not name.strip():
        faults.append(ListedNameMissing(row=row))
    else:
        try:
            name = clean_name(name)
        except NameInvalid as fault:
            faults.append(fault)
    try:
        phone = clean_phone(phone)
    except PhoneInvalid as fault:
        faults.append(fault)
    if any(len(cell) > LONGEST_CELL for cell in values.values()):
        faults.append(ListedTooLong(row=row, most=LONGEST_CELL))
    organ_words = values.get(ORGAN, "")
    return ListedPerson(
        row=row,
        name=name,
        unit=values.get(UNIT, ""),
        post=values.get(POST, ""),
        nominated_post=values.get(NOMINATED, ""),
        organ=ORGANS.get(re.sub(r"\s", "", organ_words)),
        organ_words=organ_words,
        phone=phone,
        faults=tuple(faults),
    )


def _without_doubles(people: Sequence[ListedPerson]) -> list[ListedPerson]:
    """Mark every later row that means a person of an earlier row, and phone numbers of two persons."""
    by_name: dict[str, list[ListedPerson]] = {}
    by_phone: dict[str, ListedPerson] = {}
    marked = []
    for one in people:
        faults = list(one.faults)
        earlier = next((other for other in by_name.get(one.name, []) if are_same(one, other)), None)
        if earlier is not None and one.name:
            faults.append(ListedTwice(row=one.row, first=earlier.row, name=one.name))
        elif one.phone and one.phone in by_phone:
            faults.append(PhoneListedTwice(row=one.row, first=by_phone[one.phone].row))
        by_name.setdefault(one.name, []).append(one)
        by_phone.setdefault(one.phone, one)
        marked.append(replace(one, faults=tuple(faults)))
    return marked


def are_same(one: ListedPerson, other: ListedPerson) -> bool:
    """Whether two rows of one name mean one person: not when phone or unit tell them apart."""
    if one.phone and other.phone:
        return one.phone == other.phone
    return not (one.unit and other.unit) or one.unit == other.unit
