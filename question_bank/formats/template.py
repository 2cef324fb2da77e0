"""question_bank.formats.template — writes questions into the Excel template, and the empty template."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from question_bank.formats import columns
from question_bank.formats.words import true_false_word
from question_bank.items import LETTERS, TRUE_FALSE_OPTIONS, TRUE_KEY, Citation, Item
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, USE_LABELS, Kind, OrganType, Part, Use
from question_bank.numerals import article_label
from question_bank.register import load_register

# Equal questions give equal bytes, whenever the file is written.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LONGEST_CELL = 32_767
_LAST_TEMPLATE_ROW = 2_000
_WIDTHS = {columns.STEM: 48, columns.KEY: 12, columns.EXPLANATION: 40, columns.LAW: 30, columns.EVIDENCE: 40}
_CHOICES = {
    columns.KIND: KIND_LABELS.values(),
    columns.USE: USE_LABELS.values(),
    columns.PART: PART_LABELS.values(),
    columns.DIFFICULTY: "12345",
}
_CONSTITUTION = ("constitution", date(2018, 3, 11))

EXAMPLES = (
    Item(
        code="示例1",
        kind=Kind.SINGLE,
        use=Use.FORMAL,
        part=Part.COMMON,
        organs=(),
        stem="国家工作人员就职时应当依照法律规定公开进行什么？",
        options=("就职演说", "宪法宣誓", "述职报告", "财产申报"),
        key=frozenset("B"),
        explanation="国家工作人员就职时应当依照法律规定公开进行宪法宣誓。依据《宪法》第二十七条第三款。",
        difficulty=1,
        citations=(Citation(*_CONSTITUTION, "27", 3, None, "就职时应当依照法律规定公开进行宪法宣誓"),),
    ),
    Item(
        code="示例2",
        kind=Kind.MULTIPLE,
        use=Use.FORMAL,
        part=Part.SPECIAL,
        organs=(OrganType.GOVERNMENT, OrganType.COURT),
        stem="县级以上的地方各级人民代表大会常务委员会监督本级哪些机关的工作？",
        options=("人民政府", "监察委员会", "人民法院", "人民检察院"),
        key=frozenset("ABCD"),
        explanation="地方人大常委会监督本级“一府一委两院”的工作。依据《宪法》第一百零四条。",
        difficulty=2,
        citations=(
            Citation(*_CONSTITUTION, "104", None, None, "监督本级人民政府、监察委员会、人民法院和人民检察院的工作"),
        ),
    ),
    Item(
        code="示例3",
        kind=Kind.TRUE_FALSE,
        use=Use.PRACTICE,
        part=Part.COMMON,
        organs=(),
        stem="一切法律、行政法规和地方性法规都不得同宪法相抵触。",
        options=TRUE_FALSE_OPTIONS,
        key=TRUE_KEY,
        explanation="宪法具有最高的法律效力。依据《宪法》第五条第三款。",
        difficulty=1,
        citations=(Citation(*_CONSTITUTION, "5", 3, None, "一切法律、行政法规和地方性法规都不得同宪法相抵触"),),
    ),
    Item(
        code="示例4",
        kind=Kind.FILL_IN,
        use=Use.PRACTICE,
        part=Part.COMMON,
        organs=(),
        stem="中华人民共和国实行依法治国，建设（　　）。",
        options=(),
        key=frozenset(),
        answer="社会主义法治国家",
        explanation="依据《宪法》第五条第一款。",
        difficulty=1,
        citations=(Citation(*_CONSTITUTION, "5", 1, None, "实行依法治国，建设社会主义法治国家"),),
    ),
)
EXAMPLE_CODES = frozenset(item.code for item in EXAMPLES)

_GUIDE = (
    ("怎样填写", "每行一道题。表头请不要改名，列的先后可以调整，选填的列可以留空。标 * 的列必填。"),
    ("示例行", "编号为“示例1”至“示例4”的行只作示范，上传时会跳过，可以删去。"),
    (columns.CODE + " *", "每题一个，不要重复。"),
    (columns.KIND + " *", "、".join(KIND_LABELS.values())),
    (columns.USE, "正式考试 或 练习；留空为正式考试。练习题不会用于正式考试，正式考试题不会出现在练习中。"),
    (columns.PART, "公共法律 或 专业法律；留空时，填了适用机关的为专业法律，没有填的为公共法律。"),
    (columns.ORGANS, "专业法律题必填，可填几个，用顿号隔开：" + "、".join(ORGAN_LABELS.values())),
    (columns.DIFFICULTY, "1（易）到 5（难）；留空为 3。"),
    (columns.STEM + " *", "题目全文。"),
    ("选项A、选项B……", "单选题、多选题从 A 起依次填写，不要写“A.”。其他题型留空。选项多于六个时可加“选项G”“选项H”列。"),
    (columns.KEY + " *", "单选题写一个字母；多选题写全部字母，如 ACD；判断题写 正确 或 错误；其他题型写参考答案。"),
    (columns.EXPLANATION, "讲清为什么。"),
    (columns.LAW, "依据的法律，写全称或简称，如《中华人民共和国宪法》、宪法。"),
    (columns.EDITION, "该版本通过（修改）的日期，如 2018-03-11；留空为现行版本。"),
    (columns.ARTICLE, "如 47、第四十七条、第一百二十条之一。请不要写成 12-1，Excel 会把它变成日期。"),
    (columns.PARAGRAPH + "、" + columns.ITEM, "第几款、第几项，如 2、（三）。没有则留空。"),
    (columns.EVIDENCE, "条文原文中足以定案的几个字，一字不差。"),
    ("一题几条依据", "在该题下面另起一行，编号填同一个编号，只填法律至依据原文各列，其余留空。"),
)


def template_xlsx() -> bytes:
    """Return the template with examples, drop-down lists and a page that explains it."""
    return _write(EXAMPLES, with_guide=True)


def write_xlsx(items: Sequence[Item]) -> bytes:
    """Return the questions in the form of the template; reading it gives the same questions back."""
    return _write(items, with_guide=False)


def _write(items: Sequence[Item], *, with_guide: bool) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    most = max((len(item.options) for item in items), default=0)
    names = columns.headers(max(columns.USUAL_OPTIONS, most))
    sheet = _question_sheet(book, names)
    number = 0
    for item in items:
        for values in _rows(item):
            number += 1
            for column, text in values.items():
                _write_text(sheet, number, names.index(column), text)
    _offer_choices(sheet, names, max(number, _LAST_TEMPLATE_ROW))
    if with_guide:
        _guide_sheet(book)
    book.close()
    return stream.getvalue()


def _question_sheet(book: Any, names: Sequence[str]) -> Any:
    sheet = book.add_worksheet(columns.SHEET)
    head = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1, "num_format": "@"})
    # Cells set to “text” keep 12-1, 001 and a leading = as they are typed.
    body = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for place, name in enumerate(names):
        sheet.set_column(place, place, _WIDTHS.get(name, 20 if name in columns.OPTIONS else 10), body)
        sheet.write_string(0, place, f"{name}*" if name in columns.REQUIRED else name, head)
    sheet.freeze_panes(1, 1)
    return sheet


def _write_text(sheet: Any, row: int, column: int, text: str) -> None:
    """Write text as text, so that a leading = + - @ never becomes a formula."""
    if len(text) > _LONGEST_CELL:
        raise ValueError(f"第{row + 1}行的文字超过 Excel 单元格的上限（{_LONGEST_CELL} 字），请缩短")
    if text:
        sheet.write_string(row, column, text)


def _offer_choices(sheet: Any, names: Sequence[str], last_row: int) -> None:
    for column, choices in _CHOICES.items():
        place = names.index(column)
        sheet.data_validation(1, place, last_row, place, {"validate": "list", "source": list(choices)})


def _guide_sheet(book: Any) -> None:
    sheet = book.add_worksheet(columns.GUIDE_SHEET)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    for row, (name, explanation) in enumerate(_GUIDE):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, explanation, wrapped)


def _rows(item: Item) -> list[dict[str, str]]:
    question = {
        columns.CODE: item.code,
        columns.KIND: KIND_LABELS[item.kind],
        columns.USE: USE_LABELS[item.use],
        columns.PART: PART_LABELS[item.part],
        columns.ORGANS: "、".join(ORGAN_LABELS[organ] for organ in item.organs),
        columns.DIFFICULTY: str(item.difficulty),
        columns.STEM: item.stem,
        columns.KEY: _answer(item),
        columns.EXPLANATION: item.explanation,
    }
    if item.kind is not Kind.TRUE_FALSE:
        question |= dict(zip(columns.OPTIONS, item.options, strict=False))
    first, *further = [_citation(citation) for citation in item.citations] or [{}]
    return [question | first, *({columns.CODE: item.code} | citation for citation in further)]


def _answer(item: Item) -> str:
    if item.kind is Kind.TRUE_FALSE:
        return true_false_word(item.key)
    return "".join(letter for letter in LETTERS if letter in item.key) if item.kind.is_objective else item.answer


def _citation(citation: Citation) -> dict[str, str]:
    law = load_register().find(citation.law)
    return {
        columns.LAW: f"《{law.title}》" if law else citation.law,
        columns.EDITION: citation.edition.isoformat(),
        columns.ARTICLE: article_label(citation.article),
        columns.PARAGRAPH: str(citation.paragraph or ""),
        columns.ITEM: str(citation.item or ""),
        columns.EVIDENCE: citation.evidence,
    }
