"""printing.official.word — an official text as a Word document that leaders edit: the same order, styles and measures.

Tables are written as XML at once: addressing cells one by one takes a time that grows with the square of the rows.
"""

from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Mm

from exam_app.charts.figures import sentence
from exam_app.printing.drawing.picture import picture
from exam_app.printing.drawing.words import spaced_name
from exam_app.printing.official.package import FIXED_DAY, repacked
from exam_app.printing.official.pdf import author, bracketed, is_letters, is_numbered, shared
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
from exam_app.printing.official.wordml import (
    BODY_STYLES,
    DOC_GRID,
    NOT_XML,
    footer,
    page_break,
    paragraph,
    pictured,
    styles,
    table,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STANDING = (37, 28, 35, 26)  # margins in millimetres: top, left, bottom, right
LYING = (28, 36, 28, 36)
PAPER = (210, 297)
BALLOT_SHARE = 0.11
PICTURE = 156  # millimetres: as wide as the text
CHARACTER_TWIPS = 316  # a character of the grid: 156 mm / 28


def render(text: OfficialText) -> bytes:
    """Return the .docx; equal texts give equal bytes."""
    document = Document()
    _about(document, text)
    styles(document, lying=text.lying)
    _section(document, text)
    body = document.element.body
    for element in _elements(text, document.part):
        body.insert(len(body) - 1, parse_xml(element))  # the last child holds the section's measures
    kept = BytesIO()
    document.save(kept)
    return repacked(kept.getvalue())


def _about(document, text: OfficialText) -> None:  # type: ignore[no-untyped-def] # python-docx has no types
    about = document.core_properties
    about.title, about.author, about.last_modified_by = text.title.replace("\n", ""), author(text), author(text)
    about.comments, about.keywords, about.language = "", "", "zh-CN"
    about.created = about.modified = FIXED_DAY


def _section(document, text: OfficialText) -> None:  # type: ignore[no-untyped-def]
    section = document.sections[0]
    wide, high = PAPER if not text.lying else PAPER[::-1]
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.orientation = WD_ORIENT.LANDSCAPE if text.lying else WD_ORIENT.PORTRAIT
    top, left, bottom, right = LYING if text.lying else STANDING
    section.top_margin, section.left_margin = Mm(top), Mm(left)
    section.bottom_margin, section.right_margin = Mm(bottom), Mm(right)
    section.footer_distance = Mm(bottom - 12)
    for old in section._sectPr.xpath("./w:docGrid"):
        section._sectPr.remove(old)
    section._sectPr.append(parse_xml(DOC_GRID))
    if not is_numbered(text):
        return
    document.settings.odd_and_even_pages_header_footer = True
    for part, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        part.is_linked_to_previous = False
        element = part._element
        for old in list(element):
            element.remove(old)
        element.append(parse_xml(footer(side)))


def _elements(text: OfficialText, part) -> list[str]:  # type: ignore[no-untyped-def]
    made = [] if is_letters(text) else _head(text)
    for number, block in enumerate(text.blocks):
        made += _figure(block, part) if isinstance(block, Figure) else _block(block, text, is_first=not number)
    return made or [paragraph("", "OfficialBody")]


def _head(text: OfficialText) -> list[str]:
    made = [paragraph(text.mark, "OfficialMark")] if text.mark else []
    made.append(paragraph("\n".join(break_title(text.title, most=26 if text.lying else 18)), "OfficialTitle"))
    made += [paragraph(text.number, "OfficialNumber")] if text.number else []
    made += [paragraph(text.subtitle, "OfficialSubtitle")] if text.subtitle else []
    made.append(paragraph("", "OfficialFlush"))
    if text.salutation:
        made.append(paragraph(text.salutation.rstrip("：:") + "：", "OfficialFlush"))
    return made


def _block(block: Block, text: OfficialText, *, is_first: bool) -> list[str]:
    assert not isinstance(block, Figure)  # only they need the package, for their pictures
    match block:
        case Heading() | Paragraph() | Cue() | NameLine():
            return _words(block)
        case Grid() | Ballot():
            return _tables(block, text)
        case Signature():
            return _signature(block)
        case Oath():
            return [paragraph(block.words, "OfficialOath"), paragraph(f"宣誓人：{LINE}", "OfficialSigner")]
        case Letter():
            return _letter(block, text, is_first=is_first)
        case PageBreak():
            return [page_break()]


def _words(block: Heading | Paragraph | Cue | NameLine) -> list[str]:
    match block:
        case Heading():
            return [paragraph(block.words, BODY_STYLES.get(block.level, "OfficialBody"))]
        case Paragraph():
            style = "OfficialFlush" if block.is_flush else "OfficialBody"
            return [paragraph(part, style) for part in block.words.split("\n")]
        case Cue():
            return [paragraph(bracketed(block.words), "OfficialCue")]
        case NameLine():
            return [paragraph(f"{block.before}{spaced_name(block.name)}{block.after}", "OfficialBody")]


LINE = "＿" * 8


def _figure(figure: Figure, part) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the chart as a picture under its title, told in words to whoever cannot see it."""
    content = picture(figure)
    if not content:
        return []
    inline = part.new_pic_inline(BytesIO(content), width=Mm(PICTURE))
    inline.docPr.set("descr", NOT_XML.sub("", f"{figure.title}：{sentence(figure)}"))
    return [paragraph(figure.title, "OfficialSubtitle"), pictured(inline.xml), paragraph("", "OfficialGap")]


def _tables(block: Grid | Ballot, text: OfficialText) -> list[str]:
    """Return the table, and a line after it, without which Word would join it to the next one."""
    width = (297.0 - 72 if text.lying else 156.0) * 1440 / 25.4
    match block:
        case Grid():
            widths = shared(block.shares, width)
            made = [table(block.heads, block.rows, widths, wide=block.wide)]
        case Ballot():
            boxes = width * BALLOT_SHARE
            widths = [*shared(block.shares, width - boxes * len(block.choices)), *[boxes] * len(block.choices)]
            rows = [(*row, *[""] * len(block.choices)) for row in block.rows]
            made = [table((*block.heads, *block.choices), rows, widths, height=794)]
    return [*made, paragraph("", "OfficialGap")]


def _signature(block: Signature) -> list[str]:
    """Two lines free, then the organ and the day, ending where the sheet has them: four characters from the right."""
    made = [paragraph("", "OfficialFlush")] * 2
    long = len(block.organ) > 15
    if block.organ:
        made.append(paragraph(block.organ, "OfficialSigned", right=0 if long else 2 * CHARACTER_TWIPS))
    if block.day:
        made.append(paragraph(block.day, "OfficialSigned", right=4 * CHARACTER_TWIPS))
    return made


def _letter(letter: Letter, text: OfficialText, *, is_first: bool) -> list[str]:
    return [
        paragraph(text.title, "LetterTitle", breaks=not is_first),
        paragraph(letter.number, "LetterNumber"),
        *(
            paragraph(part, "LetterFlush" if part.endswith("：") else "LetterWords")
            for part in letter.words.split("\n")
        ),
        paragraph(f"{letter.signer}{LINE}", "LetterSigner"),
        paragraph(letter.day, "LetterDay"),
    ]
