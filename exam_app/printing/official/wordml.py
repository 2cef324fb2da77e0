"""printing.official.wordml — the pieces of a Word document: styles with East Asian fonts, paragraphs, tables."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FANGSONG, XIAOBIAOSONG, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
BODY = 32  # half points
PITCH = 580  # twips: 225 mm / 22 lines
DOC_GRID = f'<w:docGrid {W} w:type="lines" w:linePitch="{PITCH}"/>'
TIGHTER = -5  # twips between characters of body size: 28 of them fill the line
BODY_STYLES = {1: "OfficialHeading1", 2: "OfficialHeading2"}
LYING_SHARE = 0.4  # of the space between the parts of a letter, where the paper is lower
NOT_XML = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
MARGIN = 90  # twips inside a cell, left and right

# Name, name shown in Word, font, half points, alignment, indent in hundredths of a character; in twips exact line
# and space before and after.
STYLES: tuple[tuple[str, str, str, int, str, int, int, int, int], ...] = (
    ("OfficialMark", "公文密级标识", HEI, 32, "left", 0, PITCH, 0, 0),
    ("OfficialTitle", "公文标题", XIAOBIAOSONG, 44, "center", 0, 700, 0, 0),
    ("OfficialNumber", "公文文号", FANGSONG, 32, "center", 0, PITCH, 0, 0),
    ("OfficialSubtitle", "公文题注", KAI, 32, "center", 0, PITCH, 0, 0),
    ("OfficialFlush", "公文顶格", FANGSONG, 32, "both", 0, PITCH, 0, 0),
    ("OfficialBody", "公文正文", FANGSONG, 32, "both", 200, PITCH, 0, 0),
    ("OfficialHeading1", "公文一级标题", HEI, 32, "both", 200, PITCH, 0, 0),
    ("OfficialHeading2", "公文二级标题", KAI, 32, "both", 200, PITCH, 0, 0),
    ("OfficialCue", "公文提示", KAI, 32, "both", 200, PITCH, 0, 0),
    ("OfficialSigned", "公文落款", FANGSONG, 32, "right", 0, PITCH, 0, 0),
    ("OfficialOath", "誓词", KAI, 60, "both", 200, 1050, 240, 480),
    ("OfficialSigner", "签名", KAI, 44, "right", 0, 800, 0, 0),
    ("OfficialGap", "表后", FANGSONG, 12, "left", 0, 200, 0, 0),
    ("OfficialCell", "表格文字", FANGSONG, 24, "center", 0, 320, 0, 0),
    ("OfficialWideCell", "表格文字左齐", FANGSONG, 24, "left", 0, 320, 0, 0),
    ("OfficialHeadCell", "表头", HEI, 24, "center", 0, 320, 0, 0),
    ("LetterTitle", "任命书标题", XIAOBIAOSONG, 112, "center", 0, 1400, 900, 500),
    ("LetterNumber", "任命书编号", FANGSONG, 32, "right", 0, PITCH, 0, 500),
    ("LetterFlush", "任命书称谓", FANGSONG, 48, "both", 0, 880, 0, 0),
    ("LetterWords", "任命书正文", FANGSONG, 48, "both", 200, 880, 0, 0),
    ("LetterSigner", "任命书签署", FANGSONG, 40, "right", 0, 800, 1200, 0),
    ("LetterDay", "任命书日期", FANGSONG, 40, "right", 0, 800, 300, 0),
)
HEADINGS = {"OfficialTitle": 0, "OfficialHeading1": 1, "OfficialHeading2": 2}
RED_STYLES = {"LetterTitle"}


def styles(document: Any, *, lying: bool) -> None:
    """Put the styles of official documents in, and their font under everything else."""
    element = document.styles.element
    for fonts in element.xpath("./w:docDefaults//w:rFonts | ./w:style[@w:styleId='Normal']//w:rFonts"):
        fonts.getparent().replace(fonts, parse_xml(_fonts(FANGSONG, declared=True)))
    for language in element.xpath("./w:docDefaults//w:lang"):
        language.getparent().remove(language)
    for style in STYLES:
        element.append(parse_xml(_style(*style, LYING_SHARE if lying else 1.0)))


def _fonts(east_asian: str, *, declared: bool = False) -> str:
    names = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{east_asian}"'
    return f"<w:rFonts {W if declared else ''} {names}/>"


def _style(  # noqa: PLR0913 - one row of the table above
    name: str,
    shown: str,
    font: str,
    size: int,
    align: str,
    indent: int,
    line: int,
    before: int,
    after: int,
    share: float,
) -> str:
    level = f'<w:outlineLvl w:val="{HEADINGS[name]}"/>' if name in HEADINGS else ""
    keep = "<w:keepNext/>" if name in HEADINGS else ""
    colour = '<w:color w:val="A31515"/>' if name in RED_STYLES else ""
    tight = f'<w:spacing w:val="{TIGHTER}"/>' if size == BODY else ""
    space = f'w:before="{round(before * share)}" w:after="{round(after * share)}"'
    first = f' w:firstLineChars="{indent}" w:firstLine="{indent * size // 20}"' if indent else ""
    return (
        f'<w:style {W} w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{shown}"/>'
        f'<w:qFormat/><w:pPr>{keep}<w:overflowPunct w:val="1"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing {space} w:line="{line}" w:lineRule="exact"/>'
        f'<w:ind{first} w:left="0" w:right="0"/><w:jc w:val="{align}"/>{level}</w:pPr>'
        f'<w:rPr>{_fonts(font)}{colour}{tight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def paragraph(words: str, style: str, *, right: int = 0, breaks: bool = False) -> str:
    """Return a paragraph; `right` moves it in from the right, in twips; `breaks` begins a page with it."""
    inside = f'<w:pStyle w:val="{style}"/>' + ("<w:pageBreakBefore/>" if breaks else "")
    inside += f'<w:ind w:right="{right}"/>' if right else ""
    return f"<w:p {W}><w:pPr>{inside}</w:pPr>{run(words)}</w:p>"


def pictured(inline: str) -> str:
    """Return a paragraph that holds a picture; its line is as high as the picture, not one of the grid."""
    inside = '<w:pStyle w:val="OfficialFlush"/><w:spacing w:line="240" w:lineRule="auto"/>'
    return f"<w:p {W}><w:pPr>{inside}</w:pPr><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"


def run(words: str) -> str:
    """Return the text of a paragraph; a line feed breaks the line, what else XML cannot hold is left out."""
    parts = [f'<w:t xml:space="preserve">{escape(NOT_XML.sub("", part))}</w:t>' for part in words.split("\n")]
    return f"<w:r>{'<w:br/>'.join(parts)}</w:r>" if words else ""


def page_break() -> str:
    """Return a paragraph that ends the page."""
    return f'<w:p {W}><w:pPr><w:pStyle w:val="OfficialGap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    wide: Sequence[int] = (),
    height: int = 510,
) -> str:
    """Return a table, its head repeated on every page; widths and the height of a row in twips."""
    twips = [round(width) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    aligned = ["OfficialWideCell" if column in wide else "OfficialCell" for column in range(len(twips))]
    head = _row(heads, twips, ["OfficialHeadCell"] * len(twips), height, is_head=True)
    body = "".join(_row(row, twips, aligned, height) for row in rows)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{4 if side.startswith("inside") else 8}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = f'<w:left w:w="{MARGIN}" w:type="dxa"/><w:right w:w="{MARGIN}" w:type="dxa"/>'
    return (
        f'<w:tbl {W}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(
    cells: Sequence[str], widths: Sequence[int], aligned: Sequence[str], height: int, *, is_head: bool = False
) -> str:
    told = "".join(_cell(*each) for each in zip(cells, widths, aligned, strict=True))
    head = "<w:tblHeader/>" if is_head else ""
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}</w:trPr>{told}</w:tr>'


def _cell(words: str, width: int, style: str) -> str:
    parts = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(part)}</w:p>' for part in words.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{parts}</w:tc>'


def footer(side: str) -> str:
    """Return the line — 1 — at the outer edge, one character in from it."""
    fonts = f'<w:rPr>{_fonts(SONG)}<w:sz w:val="28"/></w:rPr>'
    field = "".join(
        f"<w:r>{fonts}{inside}</w:r>"
        for inside in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return f'<w:p {W}><w:pPr><w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p>'
