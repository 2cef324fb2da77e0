"""printing.official.pdf — an official text as PDF, laid out by GB/T 9704-2012."""

from collections.abc import Sequence
from itertools import pairwise

from exam_app.printing.drawing.chart import chart_height, write_chart
from exam_app.printing.drawing.sheet import About, Align, Sheet, Style
from exam_app.printing.drawing.table import Column, Table, TableWriter
from exam_app.printing.drawing.words import spaced_name
from exam_app.printing.official.ceremonial import write_letter, write_oath
from exam_app.printing.official.pages import BODY, CHARACTER, HEI, KAI, LINE, LYING, STANDING, Pen, flat, pieces
from exam_app.printing.official.text import (
    Ballot,
    Block,
    Cue,
    Figure,
    Grid,
    Heading,
    Letter,
    NameLine,
    Oath,
    OfficialText,
    PageBreak,
    Paragraph,
    Signature,
)
from exam_app.printing.official.titles import break_title
from exam_app.printing.typefaces import Face, Fonts

TITLE = Style(Face.XIAOBIAOSONG, 22)
TITLE_PITCH = 12.4
CELL, CELL_HEAD = Style(Face.FANGSONG, 12), Style(Face.HEI, 12)
ROW, BALLOT_ROW, NARROWEST = 9.0, 14.0, 12.2
BALLOT_SHARE = 0.11  # of the width, for each choice


def render(text: OfficialText, fonts: Fonts) -> bytes:
    """Return the PDF; equal texts give equal bytes."""
    about = About(title=text.title.replace("\n", ""), author=author(text))
    sheet, area = Sheet(fonts, about, lying=text.lying), LYING if text.lying else STANDING
    pen = Pen(sheet, area, is_numbered=is_numbered(text))
    if not is_letters(text):
        _head(pen, text)
    for block, following in pairwise((*text.blocks, None)):
        if block:
            _write(pen, text, block, following)
    pen.close()
    return pen.sheet.finish()


def author(text: OfficialText) -> str:
    """Return who signs the text: the last organ that stands under it."""
    organs = [block.organ for block in text.blocks if isinstance(block, Signature)]
    return organs[-1] if organs else text.title.replace("\n", "")


def is_letters(text: OfficialText) -> bool:
    """Say whether the text is letters alone: then its title stands on each of them, not before them."""
    return bool(text.blocks) and all(isinstance(block, Letter) for block in text.blocks)


def is_numbered(text: OfficialText) -> bool:
    """Say whether pages bear numbers; what is only held in the hand, letters, oaths and ballots, bears none."""
    in_hand = any(isinstance(block, Letter | Oath | Ballot) for block in text.blocks)
    return not in_hand or any(isinstance(block, Heading | Grid) for block in text.blocks)


def _head(pen: Pen, text: OfficialText) -> None:
    if text.mark:
        pen.single(text.mark, HEI)
    pen.skip(0.5)
    for line in break_title(text.title, most=26 if text.lying else 18):
        style = pen.sheet.shrunk(line, TITLE, pen.area.width)
        pen.sheet.text(pen.area.centre, pen.y + TITLE_PITCH * 0.68, line, style, Align.CENTRE)
        pen.y += TITLE_PITCH
    for words, style in ((text.number, BODY), (text.subtitle, KAI)):
        if words:
            pen.single(words, style, Align.CENTRE)
    pen.y = pen.area.top + _grid(pen.y - pen.area.top + 0.5 * LINE)
    if text.salutation:
        pen.paragraph(pieces(text.salutation.rstrip("：:") + "："), BODY, indent=0)


def _grid(height: float) -> float:
    """Return the height that whole lines take, so that the last line of the page is line 22."""
    return -int(-height // LINE) * LINE


def _write(pen: Pen, text: OfficialText, block: Block, following: Block | None) -> None:
    match block:
        case Heading() | Paragraph() | Cue() | NameLine():
            _write_words(pen, block, _kept(pen, block, following))
        case Grid() | Ballot() | Figure():
            _write_drawn(pen, block)
        case Signature():
            _write_signature(pen, block)
        case Oath():
            write_oath(pen, block)
        case Letter():
            pen.need(pen.area.height)
            write_letter(pen, block, text.title)
        case PageBreak():
            pen.need(pen.area.height)


def _kept(pen: Pen, block: Block, following: Block | None) -> float:
    """Return the room that must be left after a block: a heading never ends a page, a signature never begins one."""
    match following:
        case Signature():
            return SIGNATURE_HEIGHT
        case Figure() if isinstance(block, Heading):
            return LINE + chart_height(following, pen.area.width)
        case Heading() | Grid() | Ballot() if isinstance(block, Heading):
            return 3 * LINE
        case None:
            return 0.0
    return 2 * LINE if isinstance(block, Heading) else 0.0


def _write_words(pen: Pen, block: Heading | Paragraph | Cue | NameLine, after: float) -> None:
    match block:
        case Heading():
            style = {1: HEI, 2: KAI}.get(block.level, BODY)
            pen.paragraph(pieces(block.words), style, after=after)
        case Paragraph():
            for part in block.words.split("\n"):
                pen.paragraph(pieces(part), BODY, indent=0 if block.is_flush else 2, after=after)
        case Cue():
            pen.paragraph(pieces(bracketed(block.words)), KAI, after=after)
        case NameLine():
            words = [*pieces(block.before), spaced_name(flat(block.name)), *pieces(block.after)]
            pen.paragraph(words, BODY, after=after)


def bracketed(words: str) -> str:
    """Return the words of a cue in brackets, unless they stand in them."""
    return words if words[:1] in "（〔【" else f"（{words}）"


def _write_drawn(pen: Pen, block: Grid | Ballot | Figure) -> None:
    match block:
        case Grid():
            _write_grid(pen, block)
        case Ballot():
            _write_ballot(pen, block)
        case Figure():
            _write_figure(pen, block)


def _write_grid(pen: Pen, grid: Grid) -> None:
    widths = shared(grid.shares, pen.area.width)
    columns = [
        Column(flat(head), width, Align.LEFT if number in grid.wide else Align.CENTRE, CELL)
        for number, (head, width) in enumerate(zip(grid.heads, widths, strict=True))
    ]
    rows = [[_cell(cell) for cell in row] for row in grid.rows]
    _write_table(pen, Table(columns=columns, rows=rows, row_height=ROW, head=CELL_HEAD))


def _cell(words: str) -> str:
    """Return the words of a cell, in which only line feeds begin a line."""
    return "\n".join(flat(part) for part in words.split("\n"))


def _write_ballot(pen: Pen, ballot: Ballot) -> None:
    boxes = pen.area.width * BALLOT_SHARE
    widths = shared(ballot.shares, pen.area.width - boxes * len(ballot.choices))
    columns = [Column(flat(head), width, style=CELL) for head, width in zip(ballot.heads, widths, strict=True)]
    columns += [Column(flat(choice), boxes, style=CELL) for choice in ballot.choices]
    rows = [(*map(_cell, row), *[""] * len(ballot.choices)) for row in ballot.rows]
    _write_table(pen, Table(columns=columns, rows=rows, row_height=BALLOT_ROW, head=CELL_HEAD))


def shared(shares: Sequence[int], width: float) -> list[float]:
    """Return the widths of columns by their shares, none too narrow for two characters."""
    least = min(NARROWEST, width / len(shares))
    narrow = [share / sum(shares) * width < least for share in shares]
    left = width - least * sum(narrow)
    whole = sum(share for share, is_narrow in zip(shares, narrow, strict=True) if not is_narrow)
    return [least if is_narrow else left * share / whole for share, is_narrow in zip(shares, narrow, strict=True)]


def _write_table(pen: Pen, table: Table) -> None:
    writer = TableWriter(pen.sheet, table, pen.area.left)
    pen.y += 0.0 if pen.is_at_top else 0.3 * LINE
    pen.need(writer.first_height())
    pen.y = writer.write(pen.y, pen.area.bottom)
    while not writer.is_done:
        pen.turn()
        pen.y = writer.write(pen.y, pen.area.bottom)
    pen.y = min(pen.area.top + _grid(pen.y - pen.area.top + 0.3 * LINE), pen.area.bottom)


def _write_figure(pen: Pen, figure: Figure) -> None:
    height = chart_height(figure, pen.area.width)
    pen.need(LINE + height)
    pen.single(figure.title, KAI, Align.CENTRE)
    write_chart(pen.sheet, figure, (pen.area.left, pen.y), pen.area.width)
    pen.y += height
    pen.y = min(pen.area.top + _grid(pen.y - pen.area.top), pen.area.bottom)


SIGNATURE_HEIGHT = 4 * LINE


def _write_signature(pen: Pen, signature: Signature) -> None:
    """The day ends four characters from the right, the organ stands centred over it."""
    pen.need(SIGNATURE_HEIGHT)
    pen.skip(2)
    right = pen.area.right - 4 * CHARACTER
    organ, day = flat(signature.organ), flat(signature.day)
    measured = pen.sheet.measure(day or "2018年10月10日", BODY)
    half = pen.sheet.measure(organ, BODY) / 2
    centre = min(right - measured / 2, pen.area.right - half)
    for words, middle in ((organ, centre), (day, right - measured / 2)):
        if words:
            pen.sheet.text(middle, pen.y + LINE * 0.7, words, BODY, Align.CENTRE)
            pen.y += LINE
