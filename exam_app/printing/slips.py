"""printing.slips — admission slips, three on a page, to be cut apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exam_app.printing.drawing.layout import Span, fit
from exam_app.printing.drawing.sheet import LINE, SOFT_INK, About, Align, Sheet, Stroke, Style
from exam_app.printing.drawing.words import clock_span, grouped_code, spaced_name
from exam_app.printing.typefaces import Face, Fonts

SLIPS_A_PAGE, SLIP_HEIGHT = 3, 99.0
SLIP_LEFT, SLIP_RIGHT = 22.0, 188.0

LABEL = Style(Face.HEI, 10.5, SOFT_INK)
VALUE = Style(Face.SONG, 13)
NOTICE = Style(Face.SONG, 10)


@dataclass(frozen=True, kw_only=True)
class AdmissionSlip:
    """`begins_at` is the wall clock of the place; `exam_code` has eight characters."""

    exam_title: str
    person_name: str
    unit: str
    admission_number: str
    exam_code: str
    seat: str
    begins_at: datetime
    minutes: int
    place: str
    notice: str


def render_admission_slips(slips: Sequence[AdmissionSlip], fonts: Fonts) -> bytes:
    """Return slips of a third of a page each, in the order given, with lines to cut along."""
    author = slips[0].exam_title if slips else ""
    sheet = Sheet(fonts, About(title="准考证", author=author))
    for number, slip in enumerate(slips):
        place = number % SLIPS_A_PAGE
        if number and not place:
            sheet.next_page()
        if place:
            _cut(sheet, place * SLIP_HEIGHT)
        _slip(sheet, slip, place * SLIP_HEIGHT)
    return sheet.finish()


def _cut(sheet: Sheet, y: float) -> None:
    sheet.rule((5, y), (sheet.width - 5, y), Stroke(weight=0.4, colour=LINE, dashes=(3, 3)))


def _slip(sheet: Sheet, slip: AdmissionSlip, top: float) -> None:
    middle = sheet.width / 2
    sheet.fitted(middle, top + 16, slip.exam_title, Style(Face.SONG_BOLD, 14), SLIP_RIGHT - SLIP_LEFT)
    sheet.text(middle, top + 27, "准考证", Style(Face.XIAOBIAOSONG, 22, spread=8), Align.CENTRE)
    _slip_codes(sheet, slip, top + 33)
    lines = (
        ("姓　　名", spaced_name(slip.person_name), Style(Face.KAI, 16)),
        ("单　　位", slip.unit, VALUE),
        ("考试时间", clock_span(slip.begins_at, slip.minutes), VALUE),
        ("考试地点", slip.place, VALUE),
    )
    y = top + 39.0
    for label, value, style in lines:
        y = _labelled(sheet, y, label, value, style)
    _slip_notice(sheet, slip.notice, top)


def _labelled(sheet: Sheet, y: float, label: str, value: str, style: Style) -> float:
    sheet.text(SLIP_LEFT, y, label, LABEL)
    lines, fitting = fit(sheet, Span(value, style), 82, most=2)
    for line in lines:
        sheet.text(SLIP_LEFT + 20, y, line, fitting)
        y += 6.2
    return y + 2.6


def _slip_codes(sheet: Sheet, slip: AdmissionSlip, top: float) -> None:
    left, width = 130.0, SLIP_RIGHT - 130.0
    sheet.box((left, top), (width, 44), Stroke(weight=0.6))
    pairs = (("准考证号", slip.admission_number, 13.0), ("座号", slip.seat, 20.0))
    for row, (label, value, size) in enumerate(pairs):
        y = top + 9 + row * 12
        sheet.text(left + 4, y, label, LABEL)
        sheet.text(SLIP_RIGHT - 4, y, value, Style(Face.HEI, size), Align.RIGHT)
    sheet.rule((left, top + 26), (SLIP_RIGHT, top + 26), Stroke(weight=0.4, colour=LINE))
    sheet.text(left + 4, top + 32, "考试码（登录时输入）", LABEL)
    code = Style(Face.HEI, 19, spread=1)
    sheet.text(left + width / 2, top + 40.5, grouped_code(slip.exam_code), code, Align.CENTRE)


def _slip_notice(sheet: Sheet, notice: str, top: float) -> None:
    lines, style = fit(sheet, Span(notice, NOTICE), SLIP_RIGHT - SLIP_LEFT, most=3)
    for number, line in enumerate(lines):
        sheet.text(SLIP_LEFT, top + 83 + number * 5, line, style)
