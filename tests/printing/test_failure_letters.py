"""tests.printing.test_failure_letters — what a nominator is told after the last failed exam, and what not."""

from dataclasses import replace
from datetime import date

import pytest

from exam_app.printing.official.failure_letters import FailureFacts, suggest_deferral, suggest_withdrawal
from exam_app.printing.official.text import from_content, lines, to_content

FACTS = FailureFacts(
    committee="甲市人大常委会",
    organ="甲市人民政府",
    bill_number="甲政〔2026〕8号",
    name="王强",
    form="decide_appoint",
    post="甲市财政局局长",
    exam_title="任前法律知识考试",
    attempts=((date(2026, 3, 2), "不合格"), (date(2026, 3, 5), "不合格（52 分）")),
    basis="甲市人大常委会任前法律知识考试办法第九条",
    day=date(2026, 3, 6),
)


def test_withdrawal_is_suggested_politely_and_with_its_reason() -> None:
    assert lines(suggest_withdrawal(FACTS)) == [
        "内部资料 注意保存",
        "关于建议撤回有关任命提请事项的函",
        "甲市人民政府：",
        "贵单位甲政〔2026〕8号提请决定任命王强为甲市财政局局长。按照甲市人大常委会任前法律知识考试办法第九条的规定，"
        "常务委员会人事任免工作机构组织了任前法律知识考试，现将有关情况函告如下。",
        "王强参加任前法律知识考试的情况是：2026年3月2日考试，不合格；2026年3月5日补考，不合格（52 分）。",
        "根据上述规定，这一事项不具备提请常务委员会会议审议的条件。建议贵单位按照程序撤回关于决定任命王强为甲市财政局局长的提请；"
        "需要另行提出人选的，请依照有关规定办理。",
        "以上建议，请予研究，并将研究结果函告我会。此件请注意保密，表决通过前有关情况不对外公布。",
        "甲市人大常委会",
        "2026年3月6日",
    ]


def test_deferral_promises_another_exam() -> None:
    words = "".join(lines(suggest_deferral(FACTS)))
    assert "暂缓办理，待本人参加下一次考试合格后，再提请常务委员会会议审议" in words
    assert "撤回" not in words


@pytest.mark.parametrize("letter", [suggest_withdrawal, suggest_deferral])
def test_title_names_nobody_and_marks_the_paper_as_internal(letter: object) -> None:
    text = suggest_withdrawal(FACTS) if letter is suggest_withdrawal else suggest_deferral(FACTS)
    assert FACTS.name not in text.title and "不合格" not in text.title
    assert text.mark == "内部资料 注意保存"
    assert from_content(to_content(text)) == text


def test_unknown_basis_is_not_made_up() -> None:
    assert "按照有关规定，" in "".join(lines(suggest_withdrawal(replace(FACTS, basis=""))))


def test_acting_post_is_worded_as_the_law_does() -> None:
    acting = replace(FACTS, form="decide_acting", post="市长")
    assert "提请决定王强代理市长职务。" in "".join(lines(suggest_withdrawal(acting)))
