"""printing.answer_table — the last page of a paper sheet: a box for each question, and where the sheet is signed."""

from collections.abc import Iterator, Mapping, Sequence

from exam_app.printing.drawing.flow import Block, Strip, gap, lines_block
from exam_app.printing.drawing.layout import wrap
from exam_app.printing.drawing.sheet import LINE, SOFT_INK, Align, Sheet, Stroke, Style
from exam_app.printing.typefaces import Face

HOW_TO_FILL = (
    "请接着作答：已在电脑上保存的答案都已印出（题下标“已存答案”，选项前圆圈涂黑），不改的不必再写。",
    "答案一律写在最后的答题表中，写选项字母；题目旁边的记号不作为答案。",
    "要改已存的答案，在该题方框内写新的字母；要撤销已存的答案，在方框内写“空”。",
    "方框内写错的，划去后在旁边重写；单选题、判断题只写一个字母，多选题写全所选字母。",
    "到交卷时间停笔，在答题表下方签名，试题和答题表一并交回，不得带出考场。",
)
IN_SHORT = "每题方框内写选项字母。印有“已存”的，不改不用写；要改的写新字母，要撤销的写“空”。"
COLUMNS, HIGH, SIGNING = 5, 13.5, 34.0

TITLE = Style(Face.XIAOBIAOSONG, 18, spread=6)
RULES = Style(Face.KAI, 11)
SECTION = Style(Face.HEI, 11)
NUMBER = Style(Face.HEI, 12)
SAVED = Style(Face.HEI, 9)
TEXT = Style(Face.SONG, 12)
SMALL = Style(Face.SONG, 9, SOFT_INK)
THIN, EDGE = Stroke(weight=0.4, colour=LINE), Stroke(weight=1.0)

Sections = Sequence[tuple[str, Sequence[int]]]
"""Titles with the numbers of their questions."""


def table_blocks(
    sheet: Sheet, edges: tuple[float, float], sections: Sections, saved: Mapping[int, str]
) -> Iterator[Block]:
    """Yield the table: title, boxes five in a row by section, and the places to sign."""
    left, right = edges
    middle = (left + right) / 2
    title = Strip(12.0, lambda onto, y: onto.text(middle, y + 7, "答题表", TITLE, Align.CENTRE))
    yield (title, *lines_block(wrap(sheet, IN_SHORT, RULES, right - left), RULES, left, 5.8), gap(1))
    for name, numbers in sections:
        head = lines_block([name], SECTION, left, 7.0)
        for at in range(0, len(numbers), COLUMNS):
            row = _row(edges, numbers[at : at + COLUMNS], saved)
            yield (*head, row) if head else (row,)
            head = ()
        yield (gap(1.5),)
    yield (_signing(edges),)


def _row(edges: tuple[float, float], numbers: Sequence[int], saved: Mapping[int, str]) -> Strip:
    left, right = edges
    wide = (right - left) / COLUMNS

    def draw(sheet: Sheet, y: float) -> None:
        for place, number in enumerate(numbers):
            _cell(sheet, (left + place * wide, y), wide, number, saved.get(number, ""))

    return Strip(HIGH, draw)


def _cell(sheet: Sheet, corner: tuple[float, float], wide: float, number: int, saved: str) -> None:
    x, y = corner
    sheet.box((x, y), (wide, HIGH), THIN)
    sheet.box((x + wide - 19, y + 1.6), (17.4, HIGH - 3.2), EDGE)
    sheet.text(x + 2, y + (6 if saved else 8.4), str(number), NUMBER)
    if saved:
        words = f"已存 {saved}"
        sheet.text(x + 2, y + 11, words, sheet.shrunk(words, SAVED, wide - 22))


def _signing(edges: tuple[float, float]) -> Strip:
    left, right = edges
    middle = (left + right) / 2 + 4

    def draw(sheet: Sheet, y: float) -> None:
        sheet.text(left, y + 8, "本人确认以上为本人作答。", SMALL)
        for number, (signer, time) in enumerate((("考　　生", "交卷时间"), ("监考人员", "收卷时间"))):
            at = y + 18 + number * 12
            sheet.text(left, at, f"{signer}（签名）：", TEXT)
            sheet.rule((left + 36, at + 1.5), (middle - 6, at + 1.5), THIN)
            sheet.text(middle, at, f"{time}：", TEXT)
            sheet.rule((middle + 22, at + 1.5), (right, at + 1.5), THIN)

    return Strip(SIGNING, draw)
