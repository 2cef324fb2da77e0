"""tests.printing.test_sheets — slips, roster, score sheet and summary as they read."""

from dataclasses import replace

import pytest

from exam_app.printing.errors import MissingGlyph
from exam_app.printing.sheets import (
    render_admission_slips,
    render_roster,
    render_score_sheet,
    render_score_summary,
)
from exam_app.printing.typefaces import Fonts
from tests.printing.facts import SCORE_SHEET, SLIP, roster, summary
from tests.printing.reading import lines, page_count


def test_slip_says_who_when_where_and_the_code(fonts: Fonts) -> None:
    text = lines(render_admission_slips([SLIP], fonts))

    expected = ["王　强", SLIP.unit, "20180201", "K7QM-X2PA", "01", SLIP.place, SLIP.notice]
    assert [each for each in expected if each not in text] == []
    assert "2018年3月2日（星期五）9:00—10:30" in text


@pytest.mark.parametrize(("people", "pages"), [(1, 1), (3, 1), (4, 2)])
def test_three_slips_stand_on_a_page(fonts: Fonts, people: int, pages: int) -> None:
    pdf = render_admission_slips([SLIP] * people, fonts)

    assert page_count(pdf) == pages
    assert lines(pdf).count("K7QM-X2PA") == people


def test_slip_with_a_character_no_font_has_is_refused(fonts: Fonts) -> None:
    with pytest.raises(MissingGlyph):
        render_admission_slips([SLIP, replace(SLIP, person_name="\U0002f000")], fonts)


def test_roster_has_a_row_for_each_person_and_repeats_its_head(fonts: Fonts) -> None:
    pdf = render_roster(roster(people=40), fonts)

    text = lines(pdf)
    assert text.count("李㛃堃") == 40
    assert text.count("签名") == page_count(pdf) > 1
    assert "共40人" in text
    assert [line for line in text if line.startswith("— ")] == [f"— {page} —" for page in range(1, page_count(pdf) + 1)]


def test_roster_of_nobody_still_prints_its_head(fonts: Fonts) -> None:
    text = lines(render_roster(roster(people=0), fonts))

    assert "准考证号" in text
    assert "共0人" in text


def test_score_sheet_shows_marks_by_part(fonts: Fonts) -> None:
    text = lines(render_score_sheet(SCORE_SHEET, fonts))

    expected = ["欧阳𬱖", "92.5分", "60分", "合格（优秀）", "单项选择题", "47.5"]
    assert [each for each in expected if each not in text] == []


def test_score_sheet_without_disclosed_score_shows_none(fonts: Fonts) -> None:
    text = lines(render_score_sheet(replace(SCORE_SHEET, score=None, parts=[]), fonts))

    assert "92.5分" not in text
    assert "得分" not in text
    assert "—" in text


def test_score_sheet_of_many_parts_turns_the_page(fonts: Fonts) -> None:
    pdf = render_score_sheet(replace(SCORE_SHEET, parts=[*SCORE_SHEET.parts] * 20), fonts)

    assert page_count(pdf) == 2
    assert lines(pdf).count("单项选择题") == 20


def test_summary_counts_and_keeps_the_order(fonts: Fonts) -> None:
    facts = summary(people=3)
    first, *others = facts.rows
    text = lines(render_score_summary(replace(facts, rows=[*others, replace(first, person_name="周犇")]), fonts))

    assert "应考3人，实考19人，合格18人，合格率94.7%" in text
    assert [line for line in text if line in ("赵　䶮", "周　犇")] == ["赵　䶮", "赵　䶮", "周　犇"]


@pytest.mark.parametrize("render", [render_roster, render_score_summary])
def test_equal_facts_give_equal_bytes(fonts: Fonts, render: object) -> None:
    assert callable(render)
    facts = roster(5) if render is render_roster else summary(5)

    assert render(facts, fonts) == render(facts, fonts)
