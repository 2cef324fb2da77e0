"""tests.printing.test_paper_sheet — a paper to go on with by pen: what was on screen, what is saved, whose it is."""

from dataclasses import replace
from datetime import timedelta

from exam_app.base.clock import local
from exam_app.printing.answer_table import HOW_TO_FILL
from exam_app.printing.paper_sheet import (
    BLANK_BACK,
    GETA,
    PaperQuestion,
    PaperSection,
    PaperSheetFacts,
    remaining_words,
    render_paper_sheets,
)
from exam_app.printing.typefaces import Fonts
from tests.conftest import NINE
from tests.printing.facts import COMMITTEE, EXAM, RARE
from tests.printing.reading import has_outline, lines, page_count, placed_lines, shown_lines

LONG = (
    "县级以上的地方各级人民代表大会常务委员会在本级人民代表大会闭会期间，依照法律规定的权限决定国家机关工作人员的任免"
)
SHORT, FULL = ("正确", "错误"), (LONG, f"{LONG}，{LONG}", "由主任会议决定", "由乡镇长会议决定")
FACTS = PaperSheetFacts(
    committee_name=COMMITTEE,
    exam_title=EXAM,
    person_name="王强",
    unit="田州市财政局",
    admission_number="201802010007",
    seat="07",
    sheet_code="K7QM3F9D",
    printed_at=local(NINE),
    ends_at=local(NINE + timedelta(minutes=41, seconds=5)),
    full_marks="100",
    sections=(
        PaperSection(
            title="一、单项选择题",
            note="每题 2 分，只有一个正确答案。",
            questions=[
                PaperQuestion(
                    number=number, stem=f"第 {number} 问，{LONG}的是：", options=FULL, saved="B" * (number < 3)
                )
                for number in range(1, 9)
            ],
        ),
        PaperSection(
            title="二、多项选择题",
            note="每题 2 分。",
            questions=[PaperQuestion(number=9, stem="下列说法正确的有：", options=FULL, saved="AC")],
        ),
        PaperSection(
            title="三、判断题",
            note="每题 2 分。",
            questions=[PaperQuestion(number=10, stem="常委会会议公开举行。", options=SHORT, saved="")],
        ),
    ),
)


def text_of(facts: PaperSheetFacts, fonts: Fonts) -> str:
    return "".join(lines(render_paper_sheets([facts], fonts)))


def test_every_question_stands_whole_on_the_sheet(fonts: Fonts) -> None:
    text = text_of(FACTS, fonts)
    for section in FACTS.sections:
        assert section.title in text and section.note in text
        for question in section.questions:
            assert f"{question.number}." in text and question.stem in text
            assert [option for option in question.options if option not in text] == []
    assert [words for number, words in enumerate(HOW_TO_FILL, 1) if f"{number}. {words}" not in text] == []


def test_saved_answers_stand_at_the_question_and_in_the_table(fonts: Fonts) -> None:
    text = lines(render_paper_sheets([FACTS], fonts))
    assert [line for line in text if line.startswith("已存答案")] == ["已存答案　B", "已存答案　B", "已存答案　AC"]
    assert [line for line in text if line.startswith("已存 ")] == ["已存 B", "已存 B", "已存 AC"]
    assert "答题表" in text and "考　　生（签名）：" in text


def test_every_page_says_whose_and_which_sheet_it_is(fonts: Fonts) -> None:
    pdf = render_paper_sheets([FACTS], fonts)
    text, pages = lines(pdf), page_count(pdf)
    assert pages > 1
    assert text.count("准考证号") >= pages and text.count("201802010007") >= pages
    assert text.count("K7QM-3F9D") == pages + 1, "on every page, and once in the head"
    assert [line for line in text if line.startswith("第 ") and "共" in line] == [
        f"第 {number} 页　共 {pages} 页" for number in range(1, pages + 1)
    ]


def test_time_that_is_left_is_said_and_never_less_than_none(fonts: Fonts) -> None:
    text = lines(render_paper_sheets([FACTS], fonts))
    assert "41分05秒" in text and "09:41:05" in text
    assert remaining_words(replace(FACTS, printed_at=FACTS.ends_at + timedelta(hours=1))) == "0分00秒"


def test_nothing_runs_over_the_edge_of_the_page(fonts: Fonts) -> None:
    placed = placed_lines(render_paper_sheets([FACTS], fonts))
    assert all(15 < line.x < 195 and 10 < line.y < 290 for line in placed)


def test_rare_name_prints_without_boxes(fonts: Fonts) -> None:
    pdf = render_paper_sheets([replace(FACTS, person_name=RARE)], fonts)
    shown = [each for line in shown_lines(pdf) for each in line if each.character in RARE]
    assert {each.character for each in shown} == set(RARE)
    assert all(has_outline(each) for each in shown)


def test_character_that_no_font_has_does_not_keep_the_paper_back(fonts: Fonts) -> None:
    odd = PaperQuestion(number=1, stem="何谓\U0002f000？", options=["甲\U0002f000", "乙"], saved="A")
    text = text_of(replace(FACTS, sections=[PaperSection(title="一", note="", questions=[odd])]), fonts)
    assert f"何谓{GETA}？" in text and f"甲{GETA}" in text


def test_everybody_begins_on_the_front_of_a_leaf(fonts: Fonts) -> None:
    alone = page_count(render_paper_sheets([FACTS], fonts))
    short = replace(FACTS, person_name="李芳", sections=FACTS.sections[1:])
    pdf = render_paper_sheets([FACTS, short, FACTS], fonts)
    firsts = [line.page for line in placed_lines(pdf) if line.text == "满　　分"]
    assert len(firsts) == 3 and all(page % 2 == 1 for page in firsts)
    own = [alone, page_count(render_paper_sheets([short], fonts))]
    assert lines(pdf).count(BLANK_BACK) == sum(pages % 2 for pages in own)


def test_equal_facts_give_equal_bytes(fonts: Fonts) -> None:
    assert render_paper_sheets([FACTS], fonts) == render_paper_sheets([FACTS], fonts)
