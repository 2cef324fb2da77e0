"""tests.yearbook.test_report — the printed report: every table, figures by hand apart, no chart without figures."""

from dataclasses import replace
from datetime import date

from exam_app.printing.official.text import (
    Figure,
    Grid,
    Heading,
    OfficialText,
    Paragraph,
    from_content,
    lines,
    to_content,
)
from exam_app.yearbook.breakdown import Split
from exam_app.yearbook.report import FigureLine, LawRow, YearFacts, report, short_title, tables

FACTS = YearFacts(
    committee="甲市人民代表大会常务委员会",
    year=2025,
    until=None,
    printed_on=date(2026, 1, 15),
    paragraph="全年常委会任免国家工作人员9人次，其中任命9人。",
    warning="",
    years=(2021, 2022, 2023, 2024, 2025),
    figures=tuple(
        FigureLine(label, "人", "统计口径", (None, None, None, 4, number))
        for label, number in zip(
            ("任免国家工作人员", "决定任命", "任命", "免职", "批准辞职", "考试", "报告", "宣誓"),
            (9, 0, 9, 0, 0, 5, 2, 3),
            strict=True,
        )
    ),
    coverage=(("考试", "55.6%"),),
    organs=(Split("政府", (0, 9, 0, 0), 9),),
    forms=(("任命", 9),),
    meetings=(Split("第十六届人大常委会第一次会议", (0, 9, 0, 0), 9),),
    laws=(LawRow("中华人民共和国预算法", 40, "71.0%", ("—", "65.0%", "71.0%"), 71.0),),
    by_hand=(),
)


def headings(text: OfficialText) -> list[str]:
    return [block.words for block in text.blocks if isinstance(block, Heading) and block.level == 1]


def grid(text: OfficialText, head: str) -> Grid:
    return next(block for block in text.blocks if isinstance(block, Grid) and block.heads[0] == head)


def test_report_has_its_parts_in_order() -> None:
    text = report(FACTS)

    assert headings(text) == [
        "一、总体情况",
        "二、任免事项构成",
        "三、与往年比较",
        "四、任前法律知识考试中掌握较弱的法律",
    ]
    assert lines(text)[0] == "甲市人民代表大会常务委员会\n2025年度人事任免工作统计报告"
    assert Paragraph(FACTS.paragraph) in text.blocks
    assert lines(text)[-2:] == ["甲市人民代表大会常务委员会", "2026年1月15日"]


def test_tables_end_with_their_sum() -> None:
    assert grid(report(FACTS), "机关").rows[-1] == ("合计", "0", "9", "0", "0", "9")


def test_years_before_the_records_are_dashes_and_drawn_nowhere() -> None:
    text = report(FACTS)
    line = next(block for block in text.blocks if isinstance(block, Figure) and block.style == "lines")

    assert grid(text, "项目").rows[0][1] == "9"
    compared = next(block for block in text.blocks if isinstance(block, Grid) and block.heads[-1] == "比上年")
    assert compared.rows[0] == ("任免国家工作人员（人）", "—", "—", "—", "4", "9", "增加5")
    assert line.labels == ("2024", "2025")


def test_what_was_entered_by_hand_stands_apart_and_says_so() -> None:
    facts = replace(FACTS, by_hand=(("增选代表", "17", ""), ("修订办法", "", "修订了办法。")))
    text = report(facts)
    at = [block.words for block in text.blocks if isinstance(block, Paragraph | Heading)].index(
        "五、其他情况（手工填报）"
    )
    after = [block.words for block in text.blocks if isinstance(block, Paragraph | Heading)][at + 1 :]

    assert after[0].startswith("以下内容由工作人员手工填报")
    assert after[1:] == ["增选代表：17。（手工填报）", "修订了办法。（手工填报）"]


def test_running_year_says_until_when_it_was_counted() -> None:
    assert report(replace(FACTS, until=date(2025, 8, 1))).subtitle == "（截至2025年8月1日）"


def test_warning_is_printed() -> None:
    assert "不一致" in "".join(lines(report(replace(FACTS, warning="合计不一致"))))


def test_year_without_items_or_answers_says_so() -> None:
    text = report(replace(FACTS, organs=(), meetings=(), forms=(), laws=()))

    assert "本年度没有公布的任免事项。" in lines(text)
    assert "本年度没有足够的考试作答可供统计。" in lines(text)


def test_without_charts_only_tables_are_left() -> None:
    assert not [block for block in report(FACTS, charts=False).blocks if isinstance(block, Figure)]


def test_workbook_has_figures_by_hand_and_items_at_the_end() -> None:
    items = Grid(("序号",), (("1",),), (1,))
    text = tables(replace(FACTS, by_hand=(("增选代表", "17", ""),)), items)

    assert headings(text)[-2:] == ["手工填报事项", "任免事项名单"]
    assert text.blocks[-1] == items


def test_report_can_be_stored() -> None:
    assert from_content(to_content(report(FACTS))) == report(FACTS)


def test_long_titles_of_laws_are_shortened() -> None:
    assert short_title("中华人民共和国预算法") == "预算法"
    assert short_title("重大行政决策程序暂行条例") == "重大行政决策程序暂行条例"
