"""tests.printing.test_official_wording — the set phrases of a meeting's documents, word for word."""

from dataclasses import replace
from datetime import date

import pytest

from exam_app.printing.official.agenda import agenda
from exam_app.printing.official.facts import BallotFacts, BillFacts, CeremonyFacts, ExamFacts, ItemFacts, MeetingFacts
from exam_app.printing.official.letters import letters
from exam_app.printing.official.name_list import announcement, name_list, organ_notice
from exam_app.printing.official.oath_sheet import oath_sheet
from exam_app.printing.official.phrases import ORGANS, dismissal_law, organic_law, sentence
from exam_app.printing.official.text import Letter, OfficialText, lines
from exam_app.printing.official.vote_papers import attendance, majority, vote_result, vote_sheet
from exam_app.proceedings.rules import OATHS

MEETING = MeetingFacts(
    committee="云溪市人民代表大会常务委员会", term=16, number=2, day=date(2018, 2, 28), total=51, present=46
)
BILL = BillFacts(title="关于提请人事任免的议案", organ="云溪市人民政府", number="云政〔2018〕6号", nominator="市长")
ITEM = ItemFacts(
    person="方启明",
    post="云溪市财政局局长",
    form="decide_appoint",
    organ="government",
    bill=BILL,
    exam=ExamFacts(outcome="required"),
    passed=True,
    gets_letter=True,
    swears=True,
)


def told(text: OfficialText) -> str:
    """Return all that a document says, names not spaced."""
    return "\n".join(lines(text)).replace("\u3000", "")


@pytest.mark.parametrize(
    ("form", "organ", "words"),
    [
        ("decide_appoint", "government", "决定任命方启明为云溪市财政局局长"),
        ("appoint", "court", "任命方启明为云溪市财政局局长"),
        ("approve_appoint", "procuratorate", "批准任命方启明为云溪市财政局局长"),
        ("adopt", "congress", "通过方启明为云溪市财政局局长"),
        ("decide_acting", "government", "决定方启明代理云溪市财政局局长职务"),
        ("elect_acting", "congress", "推选方启明代理云溪市财政局局长职务"),
        ("remove", "government", "决定免去方启明的云溪市财政局局长职务"),
        ("remove", "court", "免去方启明的云溪市财政局局长职务"),
        ("approve_remove", "procuratorate", "批准免去方启明的云溪市财政局局长职务"),
        ("accept_resignation", "government", "接受方启明辞去云溪市财政局局长职务的请求"),
        ("dismiss", "government", "决定撤销方启明的云溪市财政局局长职务"),
        ("revoke", "court", "撤销方启明的云溪市财政局局长任命"),
    ],
)
def test_sentence_of_each_form(form: str, organ: str, words: str) -> None:
    assert sentence(replace(ITEM, form=form, organ=organ)) == words


def test_list_is_grouped_by_organ_and_says_when_it_was_passed() -> None:
    judge = replace(ITEM, person="孟夏", post="云溪市中级人民法院审判员", form="appoint", organ="court")
    leaving = replace(ITEM, person="秦守正", form="remove")

    words = told(name_list(MEETING, [judge, leaving, ITEM]))

    assert words.splitlines() == [
        "云溪市人民代表大会常务委员会任免名单",
        "（2018年2月28日云溪市第十六届人民代表大会常务委员会第二次会议通过）",
        f"一、{ORGANS['government']}",
        "决定任命方启明为云溪市财政局局长。",
        "决定免去秦守正的云溪市财政局局长职务。",
        f"二、{ORGANS['court']}",
        "任命孟夏为云溪市中级人民法院审判员。",
    ]


def test_list_before_the_vote_is_a_draft_for_inside() -> None:
    text = name_list(MEETING, [replace(ITEM, passed=None)])
    assert (text.mark, text.subtitle) == ("内部资料 注意保存", "（草案）")
    assert text.title == "云溪市人民代表大会常务委员会任命名单"


def test_announcement_and_notice_are_signed_and_dated() -> None:
    words = told(announcement(MEETING, [ITEM]))
    assert "云溪市第十六届人民代表大会常务委员会第二次会议于2018年2月28日通过：" in words
    assert words.endswith("现予公告。\n云溪市人民代表大会常务委员会\n2018年2月28日")
    rejected = replace(ITEM, person="卢衡", passed=False)
    notice = told(organ_notice(MEETING, [ITEM], [rejected]))
    assert "审议了《关于提请人事任免的议案》（云政〔2018〕6号），通过下列事项：" in notice
    assert "未获常务委员会全体组成人员过半数赞成，没有通过：" in notice
    assert "特此通知。" in notice


def test_attendance_and_majority_are_counted() -> None:
    assert "应到51人" in attendance(MEETING) and "实到46人" in attendance(MEETING)
    assert "须有26人以上（含26人）赞成" in majority(MEETING)
    assert replace(MEETING, total=50).needed == 26


def test_vote_papers_hold_boxes_and_totals() -> None:
    ballot = BallotFacts(items=(ITEM,), method="panel", passed=True, yes=26, no=15, abstain=4, not_pressed=1)
    assert "决定任命方启明为云溪市财政局局长" in told(vote_sheet(MEETING, [ballot]))
    assert "26\t15\t4\t1\t通过" in told(vote_result(MEETING, [ballot]))


def test_letter_is_signed_by_the_director_by_hand() -> None:
    text = letters(MEETING, [replace(ITEM, letter_number="云人常任〔2018〕1号")], "云人常任〔2018〕＿＿号")
    assert text.blocks == (
        Letter(
            number="云人常任〔2018〕1号",
            words="根据云溪市第十六届人民代表大会常务委员会第二次会议的决定，任命方启明为云溪市财政局局长。",
            signer="云溪市人民代表大会常务委员会主任",
            day="2018年2月28日",
        ),
    )


@pytest.mark.parametrize(("edition", "anthem"), [(2015, False), (2018, True)])
def test_oath_sheet_has_the_words_in_force_and_the_anthem_since(edition: int, anthem: bool) -> None:
    ceremony = CeremonyFacts(words=OATHS[edition], has_anthem=anthem, takers=(ITEM,))
    words = told(oath_sheet(MEETING, ceremony))
    assert OATHS[edition] in words
    assert ("奏唱中华人民共和国国歌" in words) is anthem


def test_agenda_names_each_bill_once() -> None:
    other = replace(ITEM, person="江岚")
    words = told(agenda(MEETING, ["听取和审议专项工作报告"], [ITEM, other], True))
    assert words.count("云溪市人民政府关于提请人事任免的议案") == 1
    assert "听取和审议专项工作报告" in words


def test_statutes_are_cited_as_they_stood_that_day() -> None:
    assert organic_law(date(2018, 2, 28), 51).endswith("的有关规定")
    assert organic_law(date(2026, 2, 28), 51).endswith("第五十一条的规定")
    assert dismissal_law(date(2018, 2, 28)).endswith("第四十六条的规定")
    assert dismissal_law(date(2026, 2, 28)).endswith("第六十二条的规定")


def test_papers_that_name_people_before_the_vote_are_internal() -> None:
    waiting = replace(ITEM, passed=None)
    ceremony = CeremonyFacts(words=OATHS[2018], has_anthem=True, takers=(waiting,))
    assert oath_sheet(MEETING, ceremony).mark == "内部资料 注意保存"
    assert oath_sheet(MEETING, replace(ceremony, takers=(ITEM,))).mark == ""
