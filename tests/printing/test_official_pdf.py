"""tests.printing.test_official_pdf — official documents on paper, measured against GB/T 9704-2012."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from exam_app.printing.errors import MissingGlyph
from exam_app.printing.official.pdf import render
from exam_app.printing.official.text import Grid, Heading, NameLine, OfficialText, PageBreak, Paragraph, Signature
from exam_app.printing.typefaces import Fonts
from tests.printing.papers import BALLOT, CHARTED, LIST, LONG_WORDS, OATH, REPORT, letters, texts
from tests.printing.reading import Placed, has_outline, lines, page_count, placed_lines, rectangles, shown_lines

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
LINE, CHARACTER, POINT = 225 / 22, 156 / 28, 25.4 / 72
PROSE = OfficialText(title="说明", blocks=tuple(Paragraph(LONG_WORDS) for _ in range(12)))
HASHED_ELSEWHERE = """
import hashlib, sys
from pathlib import Path
from exam_app.printing.official.pdf import render
from exam_app.printing.typefaces import open_fonts
from tests.printing.papers import REPORT
print(hashlib.sha256(render(REPORT, open_fonts(Path(sys.argv[1])))).hexdigest())
"""


def right_end(line: Placed) -> float:
    """Return where a line of Chinese characters alone ends."""
    return line.x + (len(line.text) * line.size + (len(line.text) - 1) * line.spread) * POINT


def body(pdf: bytes, page: int) -> list[Placed]:
    return [line for line in placed_lines(pdf) if line.page == page and line.size == 16]


def test_full_page_holds_22_lines_of_28_characters(fonts: Fonts) -> None:
    page = body(render(PROSE, fonts), 2)

    assert len(page) == 22
    steps = [after.y - line.y for line, after in pairwise(page)]
    assert steps == pytest.approx([LINE] * 21, abs=0.01)
    assert TOP < page[0].y < TOP + LINE
    assert BOTTOM - LINE < page[-1].y < BOTTOM
    assert max(len(line.text) for line in page) == 28


def test_lines_keep_to_the_type_area_and_are_straight_at_both_edges(fonts: Fonts) -> None:
    words = "国" * 27 * 5
    pdf = render(OfficialText(title="说明", blocks=(Paragraph(words),)), fonts)
    first, *middle, last = body(pdf, 1)

    assert first.x == pytest.approx(LEFT + 2 * CHARACTER, abs=0.1)
    assert [line.x for line in middle] == pytest.approx([LEFT] * len(middle), abs=0.01)
    assert [right_end(line) for line in (first, *middle)] == pytest.approx([RIGHT] * (len(middle) + 1), abs=0.1)
    assert right_end(last) < RIGHT
    assert "".join(line.text for line in (first, *middle, last)) == words


def test_no_line_begins_with_a_closing_mark(fonts: Fonts) -> None:
    words = "".join("国" * length + "，" for length in range(20, 40)) + "《" + "法" * 30 + "》。"
    found = body(render(OfficialText(title="说明", blocks=(Paragraph(words),)), fonts), 1)

    assert not [line.text for line in found if line.text[0] in "，。》" or line.text[-1] == "《"]


def test_title_is_centred_in_two_and_stands_between_mark_and_number(fonts: Fonts) -> None:
    first_page = [line for line in placed_lines(render(REPORT, fonts)) if line.page == 1]
    mark, upper, lower, number, salutation = first_page[:5]

    assert (mark.text, mark.x) == ("内部资料　注意保存", pytest.approx(LEFT, abs=0.01))
    assert upper.size == lower.size == 22
    for line in (upper, lower):
        assert (line.x + right_end(line)) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.2)
    assert mark.y < upper.y < lower.y < number.y < salutation.y
    assert (salutation.text, salutation.x) == ("市人大常委会主任会议：", pytest.approx(LEFT, abs=0.01))


def test_headings_differ_by_typeface(fonts: Fonts) -> None:
    faces = {
        "".join(each.character for each in line): line[0].font["/BaseFont"]
        for line in shown_lines(render(REPORT, fonts))
    }

    assert "NotoSans" in faces["一、基本情况"]
    assert "ExamKai" in faces["（一）名单"]
    assert "ExamKai" in faces["（请工作人员分发名单）"]


def test_names_of_two_characters_stand_as_wide_as_three(fonts: Fonts) -> None:
    told = lines(render(REPORT, fonts))

    assert "任命王　强为田州市财政局局长；" in told
    assert "免去赵　䶮的田州市审计局局长职务。" in told


def test_name_is_never_parted_at_the_end_of_a_line(fonts: Fonts) -> None:
    blocks = tuple(NameLine("任" * before, "王强", "为局长") for before in range(20, 30))
    told = lines(render(OfficialText(title="名单", blocks=blocks), fonts))

    assert sum("王　强" in line for line in told) == len(blocks)


def test_day_ends_four_characters_from_the_right_with_the_organ_centred_over_it(fonts: Fonts) -> None:
    text = OfficialText(
        title="函", blocks=(Paragraph("特此函告。"), Signature("田州市人大常委会", "二〇一八年三月二日"))
    )
    words, organ, day = body(render(text, fonts), 1)

    assert right_end(day) == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.1)
    assert (organ.x + right_end(organ)) / 2 == pytest.approx((day.x + right_end(day)) / 2, abs=0.1)
    assert organ.y - words.y == pytest.approx(3 * LINE, abs=0.01)
    assert day.y - organ.y == pytest.approx(LINE, abs=0.01)


def test_signature_never_stands_alone_on_a_page(fonts: Fonts) -> None:
    for count in range(14, 22):
        blocks = (*[Paragraph("任免")] * count, Paragraph("国" * 100), Signature("办公厅", "2018年3月2日"))
        placed = [
            line for line in placed_lines(render(OfficialText(title="函", blocks=blocks), fonts)) if line.size == 16
        ]
        page = next(line.page for line in placed if line.text == "办公厅")

        assert next(line.text for line in placed if line.page == page) != "办公厅", count


def test_heading_never_ends_a_page(fonts: Fonts) -> None:
    for count in range(14, 22):
        blocks = (*[Paragraph("任免")] * count, Heading("一、名单"), Paragraph("任免"))
        placed = [
            line for line in placed_lines(render(OfficialText(title="函", blocks=blocks), fonts)) if line.size == 16
        ]
        at = [line.text for line in placed].index("一、名单")

        assert placed[at].page == placed[at + 1].page, count


def test_page_numbers_stand_under_the_area_at_the_outer_edge(fonts: Fonts) -> None:
    numbers = [line for line in placed_lines(render(PROSE, fonts)) if line.text.startswith("— ")]

    assert [line.text for line in numbers] == [f"— {page} —" for page in range(1, len(numbers) + 1)]
    assert all(line.y == pytest.approx(BOTTOM + 11, abs=0.01) for line in numbers)
    assert numbers[0].x > 150 > numbers[1].x
    assert numbers[1].x == pytest.approx(LEFT + 5, abs=0.01)


@pytest.mark.parametrize("text", [OATH, BALLOT, letters(2)], ids=["oath", "ballot", "letters"])
def test_what_is_held_in_the_hand_bears_no_page_number(text: OfficialText, fonts: Fonts) -> None:
    assert not [line for line in lines(render(text, fonts)) if line.startswith("— ")]


def test_table_repeats_its_head_on_every_page(fonts: Fonts) -> None:
    found = placed_lines(render(REPORT, fonts))
    head = [line.page for line in found if line.text == "拟任职务"]
    rows = {line.page for line in found if line.text == "李㛃堃"}

    assert len(rows) > 1
    assert head == sorted(rows)
    assert sum(line.text == "李㛃堃" for line in found) == 60
    assert all(line.y < BOTTOM for line in found if not line.text.startswith("— "))


def test_row_higher_than_a_page_runs_on(fonts: Fonts) -> None:
    grid = Grid(("姓名", "简历"), (("王强", "历任处长。" * 300), ("李芳", "无")), (1, 4), (1,))
    found = placed_lines(render(OfficialText(title="简历", blocks=(grid,)), fonts))

    told = "".join(
        line.text for line in found if line.size == 12 and line.text not in ("姓名", "简历", "王强", "李芳", "无")
    )
    assert told == "历任处长。" * 300
    assert {line.page for line in found if line.text == "李芳"} == {max(line.page for line in found)}
    assert all(line.y < BOTTOM for line in found if not line.text.startswith("— "))


def test_lying_sheet_is_wider_than_high(fonts: Fonts) -> None:
    pdf = render(OfficialText(title="一览表", lying=True, blocks=(LIST,)), fonts)

    assert b"/MediaBox [ 0 0 841.8898 595.2756 ]" in pdf
    assert max(line.x for line in placed_lines(pdf)) > 200


def test_letters_stand_on_a_page_each_with_room_to_sign(fonts: Fonts) -> None:
    pdf = render(letters(3), fonts)
    second = [line for line in placed_lines(pdf) if line.page == 2]
    told = [line.text for line in second]

    assert page_count(pdf) == 3
    assert told[:3] == ["任命书", "田人常任〔2018〕2号", "王强同志："]
    assert told[-2:] == ["主任", "2018年3月2日"]
    signer, day = second[-2:]
    assert day.y - signer.y >= 18
    title, number = second[:2]
    assert title.size == 56
    assert number.x > 105


def test_long_letter_stays_above_the_signature(fonts: Fonts) -> None:
    [letter] = letters(1).blocks
    text = OfficialText(title="任命书", blocks=(replace(letter, words="任命你为田州市发展和改革委员会主任。" * 14),))
    found = placed_lines(render(text, fonts))
    signer = next(line for line in found if line.text == "主任")

    assert max(line.y for line in found if line.text not in ("主任", "2018年3月2日")) < signer.y - 6


def test_oath_is_set_large_on_the_page_of_its_title(fonts: Fonts) -> None:
    pdf = render(OATH, fonts)
    words = [line for line in placed_lines(pdf) if "宪法，" in line.text]

    assert page_count(pdf) == 1
    assert all(line.size > 22 for line in words)
    assert "宣誓人：" in lines(pdf)


def test_ballot_has_an_empty_box_for_each_choice(fonts: Fonts) -> None:
    told = lines(render(BALLOT, fonts))

    assert told == ["表决票", "序号", "姓名", "拟任职务", "赞成", "反对", "弃权", "1", "王　强", "田州市财政局局长"]


def test_chart_is_drawn_with_its_figures(fonts: Fonts) -> None:
    pdf = render(CHARTED, fonts)

    assert {"按方式", "153", "2017年"} <= set(lines(pdf))
    assert len(rectangles(pdf)) >= 4


def test_page_break_begins_a_page_but_never_leaves_an_empty_one(fonts: Fonts) -> None:
    text = OfficialText(title="函", blocks=(Paragraph("一"), PageBreak(), PageBreak(), Paragraph("二")))

    assert [line.page for line in placed_lines(render(text, fonts)) if line.text in "一二"] == [1, 2]


def test_rare_names_are_drawn_everywhere(fonts: Fonts) -> None:
    name = "㛃䶮·堃"
    grid = Grid(("姓名",), ((name,),), (1,))
    text = OfficialText(
        title=name, blocks=(NameLine("任命", name, "为局长"), grid, Heading(name), Signature(name, name))
    )

    shown = [each for line in shown_lines(render(text, fonts)) for each in line if each.character in name]
    assert len(shown) == 6 * len(name)
    assert all(has_outline(each) for each in shown)


def test_character_no_font_has_is_refused(fonts: Fonts) -> None:
    with pytest.raises(MissingGlyph):
        render(OfficialText(title="函", blocks=(NameLine("", "王\U0002f000", ""),)), fonts)


def test_only_embedded_fonts_are_named(fonts: Fonts) -> None:
    pdf = render(REPORT, fonts)

    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 3


def test_equal_texts_give_equal_bytes_in_other_processes(fonts: Fonts, tmp_path: Path) -> None:
    here = hashlib.sha256(render(REPORT, fonts)).hexdigest()
    command = [sys.executable, "-c", HASHED_ELSEWHERE, str(tmp_path)]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    there = subprocess.run(command, cwd=Path(__file__).parents[2], env=environment, stdout=subprocess.PIPE, check=True)

    assert there.stdout.decode().strip() == here
    assert render(replace(REPORT, number="4"), fonts) != render(REPORT, fonts)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts())
def test_any_text_is_printed_inside_the_paper(text: OfficialText, fonts: Fonts) -> None:
    found = placed_lines(render(text, fonts))
    high = 210 if text.lying else 297

    assert all(0 < line.y < high and line.x > 0 for line in found)
