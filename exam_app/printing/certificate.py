"""printing.certificate — the certificate of the exam, one A4 page lying, meant for a wall.

It draws no state emblem and no seal: the one is regulated by law, the other is the committee's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exam_app.printing.drawing.layout import Block, Span, fit, write_paragraph
from exam_app.printing.drawing.sheet import LINE, RED, SOFT_INK, About, Align, Sheet, Stroke, Style
from exam_app.printing.drawing.words import chinese_date, plain_number, spaced_name
from exam_app.printing.typefaces import Face, Fonts

TITLE = "任前法律知识考试合格证"
PASSED = "合格"
CENTRE, INNER_LEFT, INNER_WIDTH = 148.5, 40.0, 217.0
PROOF_WIDTH = 84.0

COMMITTEE = Style(Face.XIAOBIAOSONG, 21, spread=3)
HEADLINE = Style(Face.XIAOBIAOSONG, 42, RED, spread=5)
NUMBER = Style(Face.HEI, 11, SOFT_INK)
NAME = Style(Face.KAI, 32)
BODY = Style(Face.SONG, 18.5)
STRONG = Style(Face.SONG_BOLD, 18.5)
SIGNED = Style(Face.SONG, 16)
SMALL = Style(Face.SONG, 9, SOFT_INK)
CODE = Style(Face.HEI, 11)


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What was certified. `score` None: not disclosed; `nominated_post` may be empty."""

    committee_name: str
    exam_title: str
    number: str
    person_name: str
    unit: str
    post: str
    nominated_post: str
    organ_label: str
    exam_date: date
    score: Decimal | None
    full_marks: Decimal
    grade: str
    issued_on: date
    verify_url: str
    verify_code: str
    laws_note: str


def render_certificate(facts: CertificateFacts, fonts: Fonts) -> bytes:
    """Return the PDF; equal facts give equal bytes."""
    about = About(title=f"{TITLE} {facts.number}", author=facts.committee_name)
    sheet = Sheet(fonts, about, lying=True)
    _draw(sheet, facts)
    return sheet.finish()


def render_certificates(many: Sequence[CertificateFacts], fonts: Fonts) -> bytes:
    """Return one PDF with a page for each certificate, for the printer."""
    about = About(title=TITLE, author=many[0].committee_name if many else TITLE)
    sheet = Sheet(fonts, about, lying=True)
    for number, facts in enumerate(many):
        if number:
            sheet.next_page()
        _draw(sheet, facts)
    return sheet.finish()


def _draw(sheet: Sheet, facts: CertificateFacts) -> None:
    _frame(sheet)
    _head(sheet, facts)
    _body(sheet, facts)
    _proof(sheet, facts)
    _signature(sheet, facts)


def _frame(sheet: Sheet) -> None:
    for inset, weight in ((11.0, 1.4), (13.2, 0.4)):
        size = (sheet.width - 2 * inset, sheet.height - 2 * inset)
        sheet.box((inset, inset), size, Stroke(weight=weight, colour=LINE))


def _head(sheet: Sheet, facts: CertificateFacts) -> None:
    sheet.fitted(CENTRE, 37, facts.committee_name, COMMITTEE, INNER_WIDTH)
    sheet.fitted(CENTRE, 59, TITLE, HEADLINE, INNER_WIDTH)
    sheet.rule((CENTRE - 34, 66.5), (CENTRE + 34, 66.5), Stroke(weight=0.8, colour=RED))
    sheet.text(CENTRE, 74.5, f"证书编号　{facts.number}", NUMBER, Align.CENTRE)


def _body(sheet: Sheet, facts: CertificateFacts) -> None:
    name = spaced_name(facts.person_name)
    style = sheet.shrunk(name, NAME, INNER_WIDTH - 30)
    sheet.text(INNER_LEFT, 95, name, style)
    after = INNER_LEFT + sheet.measure(name, style) + 3
    sheet.text(after, 95, "同志：", BODY)
    block = Block(left=INNER_LEFT, top=111, width=INNER_WIDTH, leading=12.2, indent=13, most=4)
    write_paragraph(sheet, list(_sentence(facts)), block)


def _sentence(facts: CertificateFacts) -> Iterator[Span]:
    yield Span(f"{facts.unit}{facts.post}，", BODY)
    if facts.nominated_post:
        yield Span(f"拟任{facts.nominated_post}，", BODY)
    yield Span(f"于{chinese_date(facts.exam_date)}参加{facts.exam_title}（{facts.organ_label}），", BODY)
    if facts.score is not None:
        yield Span("成绩", BODY)
        yield Span(f"{plain_number(facts.score)}分", STRONG)
        yield Span(f"（满分{plain_number(facts.full_marks)}分），", BODY)
    yield Span("考试", BODY)
    yield Span("合格", STRONG)
    if facts.grade != PASSED:
        yield Span("，等次为", BODY)
        yield Span(facts.grade, STRONG)
    yield Span("，特发此证。", BODY)


def _proof(sheet: Sheet, facts: CertificateFacts) -> None:
    left, top, size = INNER_LEFT, 157.0, 27.0
    sheet.qr((left, top), size, facts.verify_url)
    beside = left + size + 6
    sheet.text(beside, top + 4, "核验码", SMALL)
    sheet.text(beside, top + 10, facts.verify_code, CODE)
    sheet.text(beside, top + 16, "扫描二维码，或在核验页面输入核验码：", SMALL)
    address = facts.verify_url
    sheet.text(beside, top + 20.5, address, sheet.shrunk(address, SMALL, PROOF_WIDTH))
    lines, style = fit(sheet, Span(facts.laws_note, SMALL), PROOF_WIDTH, most=2)
    for number, line in enumerate(lines):
        sheet.text(beside, top + 24.9 + number * 4.4, line, style)


def _signature(sheet: Sheet, facts: CertificateFacts) -> None:
    """Leave the seal a free field: it is pressed over the committee's name and the date."""
    centre = 215.0
    sheet.fitted(centre, 166, facts.committee_name, SIGNED, 84)
    sheet.text(centre, 176, chinese_date(facts.issued_on), SIGNED, Align.CENTRE)
    sheet.text(centre, 187, "（加盖印章）", SMALL, Align.CENTRE)
