"""tests.printing.test_official_word — the Word document, opened again as an editor does."""

import hashlib
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from PIL import Image

from exam_app.charts.figures import Style
from exam_app.printing.official.text import Figure, Grid, OfficialText, PageBreak, Paragraph
from exam_app.printing.official.word import render
from tests.printing.papers import BALLOT, CHARTED, LIST, OATH, REPORT, letters, texts

HASHED_ELSEWHERE = """
import hashlib
from exam_app.printing.official.word import render
from tests.printing.papers import BALLOT, CHARTED, LIST, OATH, REPORT, letters, texts
print(hashlib.sha256(render(REPORT)).hexdigest())
"""


def opened(text: OfficialText) -> Any:
    return docx.Document(BytesIO(render(text)))


def words(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def part(text: OfficialText, name: str) -> str:
    with ZipFile(BytesIO(render(text))) as package:
        return package.read(name).decode()


def test_document_reads_in_the_order_of_the_text() -> None:
    told = words(opened(REPORT))

    assert told[:5] == [
        "内部资料　注意保存",
        "关于提请任免田州市人民政府\n国家工作人员的议案的初步审查报告",
        "田人常人选〔2018〕3号",
        "市人大常委会主任会议：",
        "一、基本情况",
    ]
    assert told[6:10] == [
        "（一）名单",
        "（请工作人员分发名单）",
        "任命王　强为田州市财政局局长；",
        "免去赵　䶮的田州市审计局局长职务。",
    ]
    assert told[-3:] == ["以上报告，请予审议。", "人事代表选举工作委员会", "2018年3月5日"]


def test_page_and_lines_are_those_of_the_standard() -> None:
    document = opened(REPORT)
    [section] = document.sections
    body = document.styles["公文正文"]

    margins = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.bottom_margin,
        section.right_margin,
    )
    assert [round(margin.mm) for margin in margins] == [210, 297, 37, 28, 35, 26]
    assert body.paragraph_format.line_spacing.pt * 22 == pytest.approx(Mm(225).pt, abs=1)
    assert body.font.size.pt == 16
    assert document.styles["公文标题"].font.size.pt == 22


@pytest.mark.parametrize(
    ("style", "font"),
    [
        ("公文正文", "仿宋_GB2312"),
        ("公文标题", "方正小标宋简体"),
        ("公文一级标题", "黑体"),
        ("公文二级标题", "楷体_GB2312"),
    ],
)
def test_styles_name_east_asian_fonts_that_have_a_stand_in(style: str, font: str) -> None:
    fonts = opened(REPORT).styles[style].element.rPr.rFonts

    assert fonts.get(qn("w:eastAsia")) == font
    assert f'<w:font w:name="{font}"><w:altName' in part(REPORT, "word/fontTable.xml")


def test_table_repeats_its_head_and_holds_every_row() -> None:
    [table] = opened(REPORT).tables

    assert [cell.text for cell in table.rows[0].cells] == list(LIST.heads)
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")
    assert [cell.text for cell in table.rows[60].cells] == list(LIST.rows[59])


def test_page_number_is_a_field_at_the_outer_edge() -> None:
    document = opened(REPORT)
    [section] = document.sections

    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [line] = footer.paragraphs
        assert line.text == "— 1 —"
        assert "PAGE" in line._p.xml
        assert line._p.xpath("./w:pPr/w:jc")[0].get(qn("w:val")) == side


def test_letters_begin_a_page_each_and_bear_no_number() -> None:
    document = opened(letters(3))
    titles = [paragraph for paragraph in document.paragraphs if paragraph.text == "任命书"]

    assert [bool(title._p.xpath("./w:pPr/w:pageBreakBefore")) for title in titles] == [False, True, True]
    assert words(document)[1:6] == [
        "田人常任〔2018〕1号",
        "王强同志：",
        "田州市人民代表大会常务委员会2018年3月2日第十六届第二次会议决定，任命你为田州市财政局局长。",
        "主任" + "＿" * 8,
        "2018年3月2日",
    ]
    assert not document.sections[0].footer.paragraphs[0].text


def test_lying_text_lies() -> None:
    [section] = opened(OfficialText(title="一览表", lying=True, blocks=(LIST,))).sections

    assert section.page_width > section.page_height


def test_charts_are_pictures_that_can_be_heard_beside_their_tables() -> None:
    document = opened(CHARTED)
    [shape] = document.inline_shapes
    described = document.element.xpath("//wp:docPr/@descr")
    picture = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob

    assert shape.width == Mm(156) and 0.2 < shape.height / shape.width < 0.9
    assert described == ["按方式：2017年：决定任命20人次，任命30人次；2018年：决定任命29人次，任命153人次"]
    assert Image.open(BytesIO(picture)).size[0] == 1920
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["方式", "人次"],
        ["决定任命", "29"],
        ["任命", "153"],
    ]


def test_chart_without_figures_leaves_nothing_behind() -> None:
    empty = Figure("按机关", Style.BARS, (), (), "人次")
    assert words(opened(OfficialText(title="年报", blocks=(Paragraph("一"), empty, Paragraph("二"))))) == [
        "年报",
        "一",
        "二",
    ]


def test_ballot_oath_and_page_break_are_there() -> None:
    [ballot] = opened(BALLOT).tables
    assert [cell.text for cell in ballot.rows[1].cells] == ["1", "王　强", "田州市财政局局长", "", "", ""]
    assert "宣誓人：" + "＿" * 8 in words(opened(OATH))
    broken = opened(OfficialText(title="函", blocks=(Paragraph("一"), PageBreak(), Paragraph("二"))))
    assert broken.element.xpath('count(//w:br[@w:type="page"])') == 1


def test_characters_that_no_xml_holds_are_left_out() -> None:
    text = OfficialText(
        title="甲<乙>&丙", blocks=(Paragraph("王\x00强\x0b<&>"), Grid(("a",), (("一\n二\x1f",),), (1,)))
    )
    document = opened(text)

    assert words(document) == ["甲<乙>&丙", "王强<&>"]
    assert document.tables[0].rows[1].cells[0].text == "一\n二"


def test_five_hundred_rows_are_written_within_a_second() -> None:
    grid = Grid(tuple("一二三四五六七八"), (("田州市人民政府",) * 8,) * 500, (1,) * 8)
    began = perf_counter()
    content = render(OfficialText(title="名单", blocks=(grid,)))

    assert perf_counter() - began < 1
    assert len(docx.Document(BytesIO(content)).tables[0]._tbl.tr_lst) == 501


def test_equal_texts_give_equal_bytes_in_other_processes() -> None:
    here = hashlib.sha256(render(REPORT)).hexdigest()
    command = [sys.executable, "-c", HASHED_ELSEWHERE]
    there = subprocess.run(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, check=True)

    assert there.stdout.decode().strip() == here


def test_file_says_nothing_of_who_made_it_or_when() -> None:
    about = opened(REPORT).core_properties

    assert (about.author, about.last_modified_by) == ("人事代表选举工作委员会", "人事代表选举工作委员会")
    assert about.title == REPORT.title
    assert about.created.year == about.modified.year == 2000
    assert "python-docx" not in part(REPORT, "docProps/core.xml")


@settings(max_examples=40, deadline=None)
@given(text=texts())
def test_any_text_becomes_a_document_that_opens(text: OfficialText) -> None:
    assert opened(text).sections
