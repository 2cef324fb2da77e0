"""printing.sheets — the papers of an exam day: admission slips, roster, score sheet, score summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from exam_app.printing.drawing.layout import Block, Span, write_paragraph
from exam_app.printing.drawing.sheet import BOTTOM, LEFT, RIGHT, SOFT_INK, TOP, About, Align, Sheet, Style
from exam_app.printing.drawing.table import Column, Table, TableWriter
from exam_app.printing.drawing.words import (
    chinese_date,
    clock_span,
    percentage,
    plain_number,
    spaced_name,
)
from exam_app.printing.slips import AdmissionSlip, render_admission_slips
from exam_app.printing.typefaces import Face, Fonts

__all__ = [
    "AdmissionSlip",
    "RosterFacts",
    "RosterRow",
    "ScorePart",
    "ScoreSheetFacts",
    "ScoreSummaryFacts",
    "SummaryRow",
    "render_admission_slips",
    "render_roster",
    "render_score_sheet",
    "render_score_summary",
]

NOT_DISCLOSED = "—"
CENTRE = (LEFT + RIGHT) / 2

TITLE = Style(Face.XIAOBIAOSONG, 22)
SUBTITLE = Style(Face.KAI, 14)
TEXT = Style(Face.FANGSONG, 12)
NAME = Style(Face.KAI, 13)
NUMERAL = Style(Face.HEI, 10.5)


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One person on the sign-in sheet."""

    person_name: str
    unit: str
    post: str
    admission_number: str
    seat: str


@dataclass(frozen=True, kw_only=True)
class RosterFacts:
    """All that a sign-in sheet says."""

    committee_name: str
    exam_title: str
    begins_at: datetime
    minutes: int
    place: str
    rows: Sequence[RosterRow]


@dataclass(frozen=True, kw_only=True)
class ScorePart:
    """What one section of the paper earned."""

    label: str
    questions: int
    full_marks: Decimal
    score: Decimal


@dataclass(frozen=True, kw_only=True)
class ScoreSheetFacts:
    """One person's result; `score` None: not disclosed, and `parts` stays empty."""

    committee_name: str
    exam_title: str
    exam_date: date
    person_name: str
    unit: str
    post: str
    nominated_post: str
    admission_number: str
    score: Decimal | None
    full_marks: Decimal
    pass_mark: Decimal
    outcome: str
    parts: Sequence[ScorePart]
    issued_on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """`score` None: absent or not disclosed."""

    person_name: str
    unit: str
    nominated_post: str
    score: Decimal | None
    outcome: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class ScoreSummaryFacts:
    """Rows are printed in the order given: the house makes no ranking."""

    committee_name: str
    exam_title: str
    exam_date: date
    rows: Sequence[SummaryRow]
    expected: int
    present: int
    passed: int
    notice: str


def render_roster(facts: RosterFacts, fonts: Fonts) -> bytes:
    """Return the sign-in sheet, one row a person with room to sign by hand."""
    sheet = _titled(fonts, facts.committee_name, f"{facts.exam_title}签到表")
    sheet.text(LEFT, 51, f"时间：{clock_span(facts.begins_at, facts.minutes)}", TEXT)
    sheet.text(LEFT, 58, f"地点：{facts.place}", TEXT)
    columns = (
        Column("序号", 11, style=NUMERAL),
        Column("姓名", 22, style=NAME),
        Column("单位", 37, Align.LEFT),
        Column("职务", 23, Align.LEFT),
        Column("准考证号", 28, style=NUMERAL),
        Column("座号", 11, style=NUMERAL),
        Column("签名", 24),
    )
    rows = [
        (str(number), spaced_name(row.person_name), row.unit, row.post, row.admission_number, row.seat, "")
        for number, row in enumerate(facts.rows, 1)
    ]
    y = _write_table(sheet, Table(columns=columns, rows=rows, row_height=12), 63)
    return _signed_off(sheet, y, f"共{len(rows)}人", ("监考人员", "监考负责人"))


def render_score_sheet(facts: ScoreSheetFacts, fonts: Fonts) -> bytes:
    """Return one person's result with the marks of each part."""
    sheet = _titled(fonts, facts.committee_name, "任前法律知识考试个人成绩单")
    sheet.fitted(CENTRE, 51, facts.exam_title, SUBTITLE, RIGHT - LEFT)
    about = Table(columns=_pair_columns(), rows=_person_rows(facts), row_height=12, has_head=False)
    y = _write_table(sheet, about, 58)
    if facts.parts:
        y = _write_table(sheet, _part_table(facts.parts), y + 8)
    y = _room_for(sheet, y, 60)
    if facts.note:
        block = Block(left=LEFT, top=y + 11, width=RIGHT - LEFT, leading=7.4, indent=8.5)
        y = write_paragraph(sheet, [Span(facts.note, TEXT)], block)
    sheet.text(RIGHT - 12, y + 22, facts.committee_name, TEXT, Align.RIGHT)
    sheet.text(RIGHT - 12, y + 31, chinese_date(facts.issued_on), TEXT, Align.RIGHT)
    return sheet.finish()


def _pair_columns() -> tuple[Column, ...]:
    label, value = Style(Face.HEI, 11, SOFT_INK), Style(Face.SONG, 12)
    return (
        Column("", 26, style=label),
        Column("", 52, style=value),
        Column("", 26, style=label),
        Column("", 52, style=value),
    )


def _person_rows(facts: ScoreSheetFacts) -> list[tuple[str, str, str, str]]:
    score = NOT_DISCLOSED if facts.score is None else f"{plain_number(facts.score)}分"
    return [
        ("姓　　名", spaced_name(facts.person_name), "准考证号", facts.admission_number),
        ("单　　位", facts.unit, "现任职务", facts.post),
        ("拟任职务", facts.nominated_post or NOT_DISCLOSED, "考试日期", chinese_date(facts.exam_date)),
        ("成　　绩", score, "结　　果", facts.outcome),
        ("满　　分", f"{plain_number(facts.full_marks)}分", "合 格 线", f"{plain_number(facts.pass_mark)}分"),
    ]


def _part_table(parts: Sequence[ScorePart]) -> Table:
    columns = (
        Column("部分", 72, Align.LEFT),
        Column("题数", 28, style=NUMERAL),
        Column("分值", 28, style=NUMERAL),
        Column("得分", 28, style=NUMERAL),
    )
    rows = [
        (part.label, str(part.questions), plain_number(part.full_marks), plain_number(part.score)) for part in parts
    ]
    return Table(columns=columns, rows=rows)


def render_score_summary(facts: ScoreSummaryFacts, fonts: Fonts) -> bytes:
    """Return everybody's result, for those who may see it."""
    sheet = _titled(fonts, facts.committee_name, f"{facts.exam_title}成绩汇总表")
    sheet.text(LEFT, 51, f"考试日期：{chinese_date(facts.exam_date)}", TEXT)
    sheet.text(RIGHT, 51, facts.notice, Style(Face.HEI, 12), Align.RIGHT)
    columns = (
        Column("序号", 11, style=NUMERAL),
        Column("姓名", 22, style=NAME),
        Column("单位", 38, Align.LEFT),
        Column("拟任职务", 35, Align.LEFT),
        Column("成绩", 13, style=NUMERAL),
        Column("结果", 15),
        Column("备注", 22),
    )
    rows = [_summary_cells(number, row) for number, row in enumerate(facts.rows, 1)]
    y = _write_table(sheet, Table(columns=columns, rows=rows, row_height=10), 56)
    share = percentage(facts.passed, facts.present)
    counts = f"应考{facts.expected}人，实考{facts.present}人，合格{facts.passed}人，合格率{share}"
    return _signed_off(sheet, y, counts, ("制表人", "复核人"))


def _summary_cells(number: int, row: SummaryRow) -> tuple[str, ...]:
    score = NOT_DISCLOSED if row.score is None else plain_number(row.score)
    return (
        str(number),
        spaced_name(row.person_name),
        row.unit,
        row.nominated_post,
        score,
        row.outcome,
        row.remark,
    )


def _titled(fonts: Fonts, committee_name: str, title: str) -> Sheet:
    sheet = Sheet(fonts, About(title=title, author=committee_name))
    sheet.fitted(CENTRE, 29, committee_name, Style(Face.SONG, 14), RIGHT - LEFT)
    sheet.fitted(CENTRE, 40, title, TITLE, RIGHT - LEFT)
    return sheet


def _write_table(sheet: Sheet, table: Table, top: float) -> float:
    writer = TableWriter(sheet, table, LEFT)
    y = writer.write(top, BOTTOM)
    while not writer.is_done:
        y = writer.write(_turned(sheet), BOTTOM)
    return y


def _room_for(sheet: Sheet, y: float, height: float) -> float:
    return y if y + height <= BOTTOM else _turned(sheet)


def _turned(sheet: Sheet) -> float:
    sheet.page_number()
    sheet.next_page()
    return TOP


def _signed_off(sheet: Sheet, y: float, counts: str, signers: Sequence[str]) -> bytes:
    """Close with the counts and the places to sign, all of it on one page."""
    y = _room_for(sheet, y, 24)
    sheet.text(LEFT, y + 9, counts, TEXT)
    for number, signer in enumerate(signers):
        sheet.text(LEFT + number * 80, y + 22, f"{signer}（签名）：", TEXT)
    sheet.page_number()
    return sheet.finish()
