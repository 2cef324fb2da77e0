"""tests.question_bank.samples — questions, law texts and workbooks that the tests start from."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

from question_bank.items import LETTERS, TRUE_FALSE_OPTIONS, Citation, Item
from question_bank.kinds import Kind, OrganType, Part, Use
from question_bank.register import load_register

CONSTITUTION = date(2018, 3, 11)
OATH = Citation("constitution", CONSTITUTION, "27", 3, None, "就职时应当依照法律规定公开进行宪法宣誓")
HEADERS = ["编号", "题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案"]


def an_item(code: str = "GG001", **changes: Any) -> Item:
    """Return a faultless single-choice question, changed as asked."""
    item = Item(
        code=code,
        kind=Kind.SINGLE,
        use=Use.FORMAL,
        part=Part.COMMON,
        organs=(),
        stem="国家工作人员就职时应当依照法律规定公开进行什么活动？",
        options=("就职演说", "宪法宣誓", "述职报告", "财产申报"),
        key=frozenset("B"),
        explanation="国家工作人员就职时应当依照法律规定公开进行宪法宣誓。依据《宪法》第二十七条第三款。",
        difficulty=1,
        citations=(OATH,),
    )
    return replace(item, **changes)


def a_statement(code: str = "GG101", *, is_true: bool = True, **changes: Any) -> Item:
    """Return a faultless true-false question."""
    facts: dict[str, Any] = {"kind": Kind.TRUE_FALSE, "options": TRUE_FALSE_OPTIONS}
    facts |= {"key": frozenset("A" if is_true else "B"), "stem": "国家工作人员就职时应当公开进行宪法宣誓。"}
    return an_item(code, **(facts | changes))


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    """Write sheets cell by cell, as a clerk's Excel would."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return stream.getvalue()


def one_row(**cells: object) -> bytes:
    """Write one good question, with the cells given changed or added (None leaves a cell empty)."""
    usual: dict[str, object] = {
        **{"编号": "A1", "题型": "单选", "题干": "宪法的修改由谁通过？", "选项A": "全国人大", "选项B": "国务院"},
        **{"选项C": "最高人民法院", "选项D": "国家主席", "答案": "A"},
    }
    values = usual | cells
    return workbook(("题目", [list(values), list(values.values())]))


def repacked(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with some bytes of one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            if part == name:
                assert old in content
                content = content.replace(old, new)
            after.writestr(part, content)
    return stream.getvalue()


_SHOWN = st.characters(
    blacklist_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], blacklist_characters="\u200b\u200c\u200d\u2060\ufeff"
)
_EDITIONS = [edition for law in load_register().laws for edition in law.editions]


def _texts(least: int) -> st.SearchStrategy[str]:
    plain = st.text(st.one_of(st.sampled_from("=+-@'_x甲乙，。\n“”A1"), _SHOWN), min_size=least, max_size=30)
    return plain.map(str.strip).filter(lambda text: len(text) >= least)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """Any citation of an edition in the register."""
    edition = draw(st.sampled_from(_EDITIONS))
    article = draw(st.integers(1, 1300))
    inserted = draw(st.integers(0, 20))
    return Citation(
        edition.law,
        edition.adopted,
        f"{article}-{inserted}" if inserted else str(article),
        draw(st.one_of(st.none(), st.integers(1, 20))),
        draw(st.one_of(st.none(), st.integers(1, 30))),
        draw(_texts(0)),
    )


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any question that hangs together."""
    kind = draw(st.sampled_from(Kind))
    options: tuple[str, ...] = TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else ()
    if kind in (Kind.SINGLE, Kind.MULTIPLE):
        # Letters before every option are taken off when a sheet is read; "甲" keeps them from arising.
        options = tuple("甲" + text for text in draw(st.lists(_texts(0), min_size=2, max_size=8)))
    sizes = {Kind.MULTIPLE: (2, len(options)), Kind.SINGLE: (1, 1), Kind.TRUE_FALSE: (1, 1)}.get(kind, (0, 0))
    letters = st.sampled_from(LETTERS[: len(options) or 1])
    organs = draw(st.sets(st.sampled_from(OrganType)))
    return Item(
        code=draw(st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True)),
        kind=kind,
        use=draw(st.sampled_from(Use)),
        part=Part.SPECIAL if organs else Part.COMMON,
        organs=tuple(organ for organ in OrganType if organ in organs),
        stem=draw(_texts(1)),
        options=options,
        key=frozenset(draw(st.sets(letters, min_size=sizes[0], max_size=sizes[1]))),
        explanation=draw(_texts(0)),
        difficulty=draw(st.integers(1, 5)),
        citations=tuple(draw(st.lists(citations(), max_size=3))),
        answer="" if kind.is_objective else draw(_texts(1)),
    )
