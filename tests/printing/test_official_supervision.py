"""tests.printing.test_official_supervision — the words of notice, result and feedback letter, line by line."""

from dataclasses import replace
from datetime import date

import pytest

from exam_app.printing.official.assessment_sheet import assessment_sheet
from exam_app.printing.official.supervision import (
    ASPECTS,
    DEMANDS,
    AssessmentFacts,
    DutyFacts,
    feedback,
    notice,
    result,
)
from exam_app.printing.official.text import Grid, OfficialText, digest, lines
from exam_app.supervision.rules import Consequence

DUTY = DutyFacts(
    committee="甲市人民代表大会常务委员会",
    person="王强",
    post="甲市财政局局长",
    year=2026,
    is_oral=True,
    reports_on=date(2026, 6, 30),
    draft_due_on=date(2026, 6, 10),
    final_due_on=date(2026, 6, 20),
    members_due_on=date(2026, 6, 23),
    meeting="甲市第十六届人民代表大会常务委员会第三次会议",
    day=date(2026, 5, 6),
)
FOUND = AssessmentFacts(
    person="王强",
    post="甲市财政局局长",
    counts={"满意": 20, "基本满意": 7, "不满意": 1},
    abstain=0,
    invalid=1,
    members_total=39,
    present=30,
    assessed_on=date(2026, 6, 30),
    outcome="满意",
    arithmetic="满意20票，占全体组成人员39人的51.3%，达到二分之一，评定为满意",
    rule="满意达到全体组成人员二分之一的，评定为满意；其余评定为不满意",
)


def words(text: object) -> str:
    """Return a whole document as one string."""
    return "\n".join(lines(text))  # type: ignore[arg-type]


def test_notice_names_the_days_and_what_to_report_on() -> None:
    text = notice(DUTY)
    said = words(text)
    assert (text.title, text.number, text.salutation) == (
        "关于报告2026年度履职情况的通知",
        "甲人常〔2026〕＿＿号",
        "王强同志：",
    )
    assert "于2026年6月30日在甲市第十六届人民代表大会常务委员会第三次会议上进行" in said
    for due in ("2026年6月10日前将报告初稿", "2026年6月20日前将定稿", "2026年6月23日前印发"):
        assert due in said
    assert all(aspect in said for aspect in ASPECTS)
    assert said.endswith("2026年5月6日")


def test_notice_of_a_written_report_names_no_meeting() -> None:
    said = words(notice(replace(DUTY, is_oral=False, meeting="")))
    assert "书面报告，于2026年6月30日前提交。" in said and "会议上" not in said


def test_result_shows_counts_rule_and_arithmetic() -> None:
    text = result(DUTY, FOUND)
    table = next(block for block in text.blocks if isinstance(block, Grid))
    assert table.heads == ("姓名", "满意", "基本满意", "不满意", "弃权", "无效", "结果")
    assert table.rows == (("王\u3000强", "20", "7", "1", "0", "1", "满意"),)
    assert len(table.shares) == len(table.heads)
    said = words(text)
    assert "收回测评票29张，其中有效票28张、无效票1张。" in said
    assert f"计算：{FOUND.arithmetic}。" in said and f"评定标准：{FOUND.rule}。" in said


def test_result_of_another_round_says_so_and_bears_its_own_day() -> None:
    text = result(DUTY, replace(FOUND, round=2, assessed_on=date(2026, 9, 30)))
    assert text.title == "2026年度履职情况满意度测评结果（第二次测评）"
    assert text.subtitle == "（2026年9月30日）"


def test_letter_carries_opinions_result_and_demand() -> None:
    text = feedback(DUTY, "加强预算公开。\n\n 办好建议。 ", FOUND, "report_again", "于2026年9月30日前")
    said = lines(text)
    assert said[0] == "关于2026年度履职情况报告审议意见和测评结果的函"
    assert said[said.index("一、审议意见") + 1 : said.index("二、测评结果")] == ["加强预算公开。", "办好建议。"]
    assert "满意20票，基本满意7票，不满意1票，弃权0票。" in words(text)
    assert "于2026年9月30日前将整改情况书面报告常务委员会，并向常务委员会会议再次报告" in words(text)


@pytest.mark.parametrize(
    ("opinions", "found", "title", "last"),
    [("", FOUND, "测评结果", "二、有关要求"), ("加强预算公开。", None, "审议意见", "二、有关要求")],
)
def test_letter_leaves_out_what_there_is_not(
    opinions: str, found: AssessmentFacts | None, title: str, last: str
) -> None:
    text = feedback(DUTY, opinions, found, "none", "")
    assert text.title == f"关于2026年度履职情况报告{title}的函"
    assert last in lines(text) and "三、" not in words(text)


def test_every_consequence_has_its_demand() -> None:
    assert set(DEMANDS) == {consequence.value for consequence in Consequence}


def test_number_knows_short_and_long_names_of_committees() -> None:
    assert notice(replace(DUTY, committee="甲市人大常委会")).number == "甲人常〔2026〕＿＿号"
    assert digest(notice(DUTY)) == digest(notice(replace(DUTY)))


def tables(text: OfficialText) -> list[Grid]:
    """Return the tables of a document."""
    return [block for block in text.blocks if isinstance(block, Grid)]


def test_sheet_has_everybody_of_the_day_in_one_table() -> None:
    other = replace(FOUND, person="李敏敏", post="甲市审计局局长", counts={"满意": 9, "基本满意": 10, "不满意": 9})
    text = assessment_sheet(DUTY.committee, FOUND.assessed_on, [FOUND, replace(other, outcome="基本满意", round=2)])
    said = words(text)
    [table] = tables(text)
    assert table.heads == ("序号", "姓名", "职务", "满意", "基本满意", "不满意", "弃权", "无效", "结果")
    assert table.rows == (
        ("1", "王　强", "甲市财政局局长", "20", "7", "1", "0", "1", "满意"),
        ("2", "李敏敏", "甲市审计局局长", "9", "10", "9", "0", "1", "基本满意（第二次）"),
    )
    assert "对2人的履职情况" in said and "收回测评票29张" in said and said.count("评定标准") == 1
    assert (text.subtitle, text.lying) == ("（2026年6月30日）", True)


def test_sheet_keeps_apart_what_was_counted_by_other_rules_or_ballots() -> None:
    four = replace(FOUND, person="李敏", counts={"优秀": 20, "称职": 7, "基本称职": 2, "不称职": 0}, rule="另一标准")
    fewer = replace(FOUND, person="赵平", counts={"满意": 18, "基本满意": 7, "不满意": 1})
    text = assessment_sheet(DUTY.committee, FOUND.assessed_on, [FOUND, four, fewer])
    assert [len(table.rows) for table in tables(text)] == [1, 2]
    said = words(text)
    assert "一、李敏" in said and "二、王强等2人" in said and said.count("评定标准") == 2
    assert said.count("收回测评票") == 1
