"""printing.official.ceremonial — letters of appointment and the oath: pages that are held in the hand.

No state emblem and no seal is drawn: the one is regulated by law, the other is the committee's own.
The director signs by hand.
"""

from dataclasses import dataclass

from exam_app.printing.drawing.layout import Block, Span, fit, write_paragraph
from exam_app.printing.drawing.sheet import INK, LINE, RED, Align, Sheet, Stroke, Style
from exam_app.printing.official.pages import Pen, flat
from exam_app.printing.official.text import Letter, Oath
from exam_app.printing.typefaces import Face

LETTER_TITLE = Style(Face.XIAOBIAOSONG, 56, RED, spread=16)
LETTER_NUMBER = Style(Face.FANGSONG, 16)
LETTER_WORDS = Style(Face.FANGSONG, 24)
LETTER_SIGNED = Style(Face.FANGSONG, 20)
OATH_WORDS = Style(Face.KAI, 30)
OATH_SIGNED = Style(Face.KAI, 24)
SIGNING_ROOM = 52.0
POINT = 0.3528  # millimetres


@dataclass(frozen=True)
class Places:
    """Where the parts of a letter stand, as shares of the height of the paper; the side margin in millimetres."""

    title: float
    number: float
    words: float
    signed: float
    side: float


STANDING = Places(0.235, 0.325, 0.40, 0.735, 34.0)
LYING = Places(0.24, 0.34, 0.45, 0.76, 40.0)


def write_letter(pen: Pen, letter: Letter, title: str) -> None:
    """Write one letter over the whole page."""
    sheet = pen.sheet
    places = LYING if sheet.width > sheet.height else STANDING
    _frame(sheet)
    room = sheet.width - 2 * places.side
    sheet.fitted(sheet.width / 2 + 2, places.title * sheet.height, flat(title), LETTER_TITLE, room)
    sheet.text(sheet.width - places.side, places.number * sheet.height, flat(letter.number), LETTER_NUMBER, Align.RIGHT)
    _words(sheet, letter.words, places)
    _signed(sheet, letter, places)
    pen.y = pen.area.bottom


def _frame(sheet: Sheet) -> None:
    for inset, weight in ((11.0, 1.4), (13.2, 0.4)):
        size = (sheet.width - 2 * inset, sheet.height - 2 * inset)
        sheet.box((inset, inset), size, Stroke(weight=weight, colour=LINE))


def _words(sheet: Sheet, words: str, places: Places) -> None:
    """Write the paragraphs; one that ends with a colon speaks to someone and stands flush."""
    width = sheet.width - 2 * places.side
    style, pitch = _fitting(sheet, words, width, (places.signed - places.words) * sheet.height - 14)
    y = places.words * sheet.height
    for part in words.split("\n"):
        indent = 0.0 if part.endswith("：") else 2 * sheet.measure("国", style)
        block = Block(left=places.side, top=y, width=width, leading=pitch, indent=indent)
        y = write_paragraph(sheet, [Span(flat(part), style)], block)


def _fitting(sheet: Sheet, words: str, width: float, height: float) -> tuple[Style, float]:
    style = LETTER_WORDS
    while True:
        pitch = style.size * POINT * 1.85
        most = sum(len(fit(sheet, Span(flat(part) + "国国", style), width, 99)[0]) for part in words.split("\n"))
        if most * pitch <= height or style.size < 12:
            return style, pitch
        style = Style(style.face, style.size * 0.93)


def _signed(sheet: Sheet, letter: Letter, places: Places) -> None:
    """Leave room for the name, written by hand over the line, and put the day under it."""
    y, right = places.signed * sheet.height, sheet.width - places.side
    signer, day = flat(letter.signer), flat(letter.day)
    style = sheet.shrunk(signer, LETTER_SIGNED, right - places.side - SIGNING_ROOM)
    sheet.text(right - SIGNING_ROOM - 2, y, signer, style, Align.RIGHT)
    sheet.rule((right - SIGNING_ROOM, y + 1.6), (right, y + 1.6), Stroke(weight=0.6, colour=INK))
    sheet.text(right - SIGNING_ROOM / 2, y + 20, day, LETTER_SIGNED, Align.CENTRE)


def write_oath(pen: Pen, oath: Oath) -> None:
    """Write the oath in type that is read at arm's length, and a line for the name under it."""
    sheet, area = pen.sheet, pen.area
    pen.need(area.height * 0.6)
    pitch = OATH_WORDS.size * POINT * 1.75
    most = int(pen.room / pitch - 1.6)
    block = Block(
        left=area.left,
        top=pen.y + pitch * 0.7,
        width=area.width,
        leading=pitch,
        indent=2 * sheet.measure("国", OATH_WORDS),
        most=most,
    )
    y = write_paragraph(sheet, [Span(flat(oath.words), OATH_WORDS)], block) + pitch * 0.5
    sheet.text(area.right - 62, y, "宣誓人：", OATH_SIGNED, Align.RIGHT)
    sheet.rule((area.right - 60, y + 1.6), (area.right, y + 1.6), Stroke(weight=0.6, colour=INK))
    pen.y = area.bottom
