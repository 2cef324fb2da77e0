"""printing.paper_sheet — a person's own exam paper to go on with by pen: questions, saved answers, a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from exam_app.printing.answer_table import HOW_TO_FILL, table_blocks
from exam_app.printing.drawing.flow import AT, UNTIL, Block, Page, Strip, flow, gap, lines_block
from exam_app.printing.drawing.layout import wrap
from exam_app.printing.drawing.sheet import INK, LINE, SOFT_INK, About, Align, Sheet, Stroke, Style
from exam_app.printing.drawing.words import chinese_date, grouped_code, spaced_name
from exam_app.printing.typefaces import Face, Fonts

LEFT, RIGHT, TOP, BOTTOM = 20.0, 190.0, 31.0, 274.0
WIDTH, CENTRE = RIGHT - LEFT, (LEFT + RIGHT) / 2
HANGING, QR_SIZE = 9.5, 13.0
GETA = "〓"
"""Printed where no font has a character of a question: a paper with a mark in it is better than no paper."""
BLANK_BACK = "（此页无内容）"

HEAD_LABEL = Style(Face.SONG, 9, SOFT_INK)
HEAD_VALUE = Style(Face.HEI, 11)
FOOT = Style(Face.SONG, 9, SOFT_INK)
FOOT_PAGE = Style(Face.SONG, 10.5)
CODE = Style(Face.HEI, 10.5, spread=0.4)
COMMITTEE = Style(Face.SONG, 14)
TITLE = Style(Face.XIAOBIAOSONG, 21)
SUBTITLE = Style(Face.KAI, 15, spread=4)
LABEL = Style(Face.SONG, 10, SOFT_INK)
VALUE = Style(Face.HEI, 11)
RULES = Style(Face.KAI, 11)
SECTION = Style(Face.HEI, 13)
NOTE = Style(Face.KAI, 10.5, SOFT_INK)
STEM = Style(Face.SONG, 12)
NUMBER = Style(Face.HEI, 12)
LETTER, CHOSEN_LETTER = Style(Face.HEI, 8.5), Style(Face.HEI, 8.5, "#ffffff")
CHOSEN = Style(Face.SONG_BOLD, 12)
SAVED = Style(Face.HEI, 10.5)
PITCH = 6.5


@dataclass(frozen=True, kw_only=True)
class PaperQuestion:
    """A question as this person was shown it; `saved` are the letters saved so far, empty where none are."""

    number: int
    stem: str
    options: Sequence[str]
    saved: str


@dataclass(frozen=True, kw_only=True)
class PaperSection:
    """A section with its questions."""

    title: str
    note: str
    questions: Sequence[PaperQuestion]


@dataclass(frozen=True, kw_only=True)
class PaperSheetFacts:
    """One person's paper; instants are the wall clock of the place, `sheet_code` has eight characters."""

    committee_name: str
    exam_title: str
    person_name: str
    unit: str
    admission_number: str
    seat: str
    sheet_code: str
    printed_at: datetime
    ends_at: datetime
    full_marks: str
    sections: Sequence[PaperSection]


def render_paper_sheets(many: Sequence[PaperSheetFacts], fonts: Fonts) -> bytes:
    """Return one PDF with everybody's paper, each beginning on the front of a leaf; equal facts give equal bytes."""
    title = f"{many[0].exam_title}纸质答卷" if many else "纸质答卷"
    sheet = Sheet(fonts, About(title=title, author=many[0].committee_name if many else title))
    for number, facts in enumerate(many):
        if number:
            _next_front(sheet)
        _draw(sheet, facts)
    return sheet.finish()


def _next_front(sheet: Sheet) -> None:
    """Turn to the front of the next leaf, so that printed on both sides no two people share one."""
    if sheet.pages % 2:
        sheet.next_page()
        sheet.text(CENTRE, sheet.height / 2, BLANK_BACK, FOOT, Align.CENTRE)
    sheet.next_page()


def _draw(sheet: Sheet, facts: PaperSheetFacts) -> None:
    blocks = [_title(facts), _rules(sheet), *_questions(sheet, facts)]
    answers = [(question.number, question.saved) for section in facts.sections for question in section.questions]
    sections = [(section.title, [each.number for each in section.questions]) for section in facts.sections]
    table = table_blocks(sheet, (LEFT, RIGHT), sections, dict(answers))
    pages = [*flow(blocks, TOP, BOTTOM), *flow(table, TOP, BOTTOM)]
    for number, page in enumerate(pages, 1):
        if number > 1:
            sheet.next_page()
        _frame(sheet, facts, number, len(pages))
        _write(sheet, page)


def _write(sheet: Sheet, page: Page) -> None:
    for y, strip in page:
        strip.draw(sheet, y)


def _frame(sheet: Sheet, facts: PaperSheetFacts, number: int, total: int) -> None:
    """Name the person and the sheet on every page: a leaf that gets loose finds its place again."""
    x = LEFT
    pairs = (("姓名", spaced_name(facts.person_name)), ("准考证号", facts.admission_number), ("座号", facts.seat))
    for label, value in pairs:
        sheet.text(x, 19, label, HEAD_LABEL)
        x += sheet.measure(label, HEAD_LABEL) + 2
        sheet.text(x, 19, value, HEAD_VALUE)
        x += sheet.measure(value, HEAD_VALUE) + 9
    sheet.qr((RIGHT - QR_SIZE, 8), QR_SIZE, facts.sheet_code)
    sheet.rule((LEFT, 23.5), (RIGHT, 23.5), Stroke(weight=0.6))
    sheet.rule((LEFT, 280), (RIGHT, 280), Stroke(weight=0.4, colour=LINE))
    sheet.text(LEFT, 286, facts.exam_title, sheet.shrunk(facts.exam_title, FOOT, 62))
    sheet.text(CENTRE, 286, f"第 {number} 页　共 {total} 页", FOOT_PAGE, Align.CENTRE)
    code = grouped_code(facts.sheet_code)
    sheet.text(RIGHT, 286, code, CODE, Align.RIGHT)
    sheet.text(RIGHT - sheet.measure(code, CODE) - 2, 286, "答卷编号", FOOT, Align.RIGHT)


def _title(facts: PaperSheetFacts) -> Block:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.fitted(CENTRE, y + 5, facts.committee_name, COMMITTEE, WIDTH)
        sheet.fitted(CENTRE, y + 16, facts.exam_title, TITLE, WIDTH)
        sheet.text(CENTRE, y + 25.5, "纸质答卷", SUBTITLE, Align.CENTRE)
        _about(sheet, facts, y + 30)

    return (Strip(61.0, draw),)


def _about(sheet: Sheet, facts: PaperSheetFacts, top: float) -> None:
    rows = (
        (("姓　　名", spaced_name(facts.person_name)), ("准考证号", facts.admission_number), ("座　　号", facts.seat)),
        (("单　　位", facts.unit), ("满　　分", f"{facts.full_marks}分"), ("答卷编号", grouped_code(facts.sheet_code))),
        (
            ("打印时间", _at(facts.printed_at)),
            ("剩余时间", remaining_words(facts)),
            ("交卷时间", facts.ends_at.strftime("%H:%M:%S")),
        ),
    )
    columns, high = (LEFT, LEFT + 72, LEFT + 122), 9.0
    sheet.box((LEFT, top), (WIDTH, high * len(rows)), Stroke(weight=0.8))
    for number, row in enumerate(rows):
        y = top + high * number
        if number:
            sheet.rule((LEFT, y), (RIGHT, y), Stroke(weight=0.4, colour=LINE))
        for x, (label, value), room in zip(columns, row, (49, 27, 26), strict=True):
            sheet.text(x + 3, y + 6, label, LABEL)
            sheet.text(x + 21, y + 6, value, sheet.shrunk(value, VALUE, room))


def remaining_words(facts: PaperSheetFacts) -> str:
    """Return how much time was left at printing, nothing less than none."""
    seconds = max(0, int((facts.ends_at - facts.printed_at).total_seconds()))
    return f"{seconds // 60}分{seconds % 60:02d}秒"


def _at(moment: datetime) -> str:
    return f"{chinese_date(moment.date())} {moment.strftime('%H:%M:%S')}"


def _rules(sheet: Sheet) -> Block:
    strips: list[Strip] = []
    for number, words in enumerate(HOW_TO_FILL, 1):
        strips += lines_block(wrap(sheet, f"{number}. {words}", RULES, WIDTH), RULES, LEFT, 5.8)
    return (*strips, gap(3))


def _questions(sheet: Sheet, facts: PaperSheetFacts) -> Iterator[Block]:
    for section in facts.sections:
        head = _section(sheet, section)
        for question in section.questions:
            block = _question(sheet, question)
            yield (*head, *block) if head else block  # a heading never stands alone at the foot of a page
            head = ()


def _section(sheet: Sheet, section: PaperSection) -> Block:
    title = lines_block([_legible(sheet.fonts, section.title)], SECTION, LEFT, 8.5)
    note = lines_block(wrap(sheet, _legible(sheet.fonts, section.note), NOTE, WIDTH), NOTE, LEFT, 5.6)
    return (gap(2), *title, *note, gap(1.5))


def _question(sheet: Sheet, question: PaperQuestion) -> Block:
    stem = wrap(sheet, _legible(sheet.fonts, question.stem), STEM, WIDTH - HANGING)
    number = f"{question.number}."

    def first(onto: Sheet, y: float) -> None:
        onto.text(LEFT, y + AT, number, NUMBER)
        onto.text(LEFT + HANGING, y + AT, stem[0], STEM)

    strips = [Strip(PITCH, first), *lines_block(stem[1:], STEM, LEFT + HANGING, PITCH)]
    strips += _options(sheet, question)
    if question.saved:
        strips.append(_saved(question.saved))
    return (*strips, gap(3))


def _options(sheet: Sheet, question: PaperQuestion) -> list[Strip]:
    options = [_legible(sheet.fonts, option) for option in question.options]
    lettered = list(zip("ABCDEFGH", options, strict=False))
    half = (WIDTH - HANGING) / 2
    if all(sheet.measure(option, CHOSEN) < half - 10 and "\n" not in option for option in options):
        return [_option_row(lettered[at : at + 2], question.saved, half) for at in range(0, len(lettered), 2)]
    strips: list[Strip] = []
    for letter, option in lettered:
        lines = wrap(sheet, option, CHOSEN if letter in question.saved else STEM, WIDTH - HANGING - 8)
        strips.append(_option_row([(letter, lines[0])], question.saved, half))
        rest = CHOSEN if letter in question.saved else STEM
        strips += lines_block(lines[1:], rest, LEFT + HANGING + 8, PITCH)
    return strips


def _option_row(row: Sequence[tuple[str, str]], saved: str, step: float) -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        for place, (letter, option) in enumerate(row):
            x, is_saved = LEFT + HANGING + step * place, letter in saved
            sheet.disc((x + 2.6, y + AT - 1.45), 2.3, Stroke(weight=0.7, colour=INK), filled=is_saved)
            sheet.text(x + 2.6, y + AT - 0.4, letter, CHOSEN_LETTER if is_saved else LETTER, Align.CENTRE)
            sheet.text(x + 8, y + AT, option, CHOSEN if is_saved else STEM)

    return Strip(PITCH, draw)


def _saved(letters: str) -> Strip:
    words = f"已存答案　{letters}"

    def draw(sheet: Sheet, y: float) -> None:
        wide = sheet.measure(words, SAVED) + 6
        sheet.block((LEFT + HANGING, y + 0.9), (wide, 5.6), "#e4e6ea")
        sheet.text(LEFT + HANGING + 3, y + 5, words, SAVED)

    return Strip(UNTIL, draw)


def _legible(fonts: Fonts, text: str) -> str:
    missing = fonts.missing(text.replace("\n", ""))
    return text.translate({ord(character): GETA for character in missing}) if missing else text
