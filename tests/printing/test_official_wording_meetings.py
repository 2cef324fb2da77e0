"""tests.printing.test_official_wording_meetings — script, review report, minutes, filings, catalogue, word for word."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exam_app.printing.official.catalogue import CatalogueLine, archive_catalogue
from exam_app.printing.official.directors_minutes import directors_minutes
from exam_app.printing.official.facts import BallotFacts, CeremonyFacts, DecisionFacts, ExamFacts, ItemFacts, OathFacts
from exam_app.printing.official.filing_report import filing_report, filings, is_elected
from exam_app.printing.official.host_script import ScriptFacts, host_script
from exam_app.printing.official.review_report import review_report
from exam_app.printing.official.text import Cue, Heading, OfficialText, lines
from exam_app.proceedings.rules import OATHS
from tests.printing.test_official_wording import BILL, ITEM, MEETING, told

DIRECTORS = replace(MEETING, is_directors=True, number=5, total=9, present=7, day=date(2026, 2, 25))
SITTING = ExamFacts(
    outcome="required",
    rule="EVERY_NOMINEE",
    step="cleared",
    sat_on=date(2026, 2, 20),
    passed=True,
    score=Decimal("92.00"),
)


def script(*ballots: BallotFacts, **changes: Any) -> OfficialText:
    """Return the script of a meeting with these votes."""
    items = [item for ballot in ballots for item in ballot.items]
    takers = tuple(item for item in items if item.swears and item.passed is not False)
    values: dict[str, Any] = {
        "meeting": MEETING,
        "topics": ("听取和审议市人民政府关于环境状况的报告",),
        "ballots": ballots,
        "ceremony": CeremonyFacts(words=OATHS[2015], has_anthem=False, takers=takers),
        "report_label": "供职报告",
        "reports_first": True,
        "method": "panel",
        "directors_combine": False,
    }
    return host_script(ScriptFacts(**(values | changes)))


def vote(*items: ItemFacts, method: str = "panel", **changes: Any) -> BallotFacts:
    """Return a vote that has not been taken."""
    return BallotFacts(items=items, method=method, **changes)


WAITING = replace(ITEM, passed=None, speaks=True)


def parts(text: OfficialText) -> list[str]:
    """Return the headings."""
    return [block.words for block in text.blocks if isinstance(block, Heading)]


def test_script_has_every_part_in_order() -> None:
    assert parts(script(vote(WAITING))) == [
        "一、宣布开会",
        "二、通过会议议程",
        "三、进行其他议程",
        "四、听取任免案的说明",
        "五、听取供职报告",
        "六、审议任免案",
        "七、表决任免案",
        "八、宣布任免结果",
        "九、颁发任命书",
        "十、宪法宣誓",
        "十一、宣布闭会",
    ]


def test_report_after_the_letters_stands_after_them() -> None:
    found = parts(script(vote(WAITING), reports_first=False, report_label="表态发言"))
    assert found.index("八、颁发任命书") + 1 == found.index("九、听取表态发言")


def test_meeting_that_only_removes_has_no_letters_and_no_oath() -> None:
    leaving = replace(WAITING, form="remove", gets_letter=False, swears=False, speaks=False)
    assert not [title for title in parts(script(vote(leaving))) if "任命书" in title or "宣誓" in title]


def test_script_opens_with_the_attendance_and_the_majority() -> None:
    words = told(script(vote(WAITING)))
    assert (
        "常务委员会组成人员应到51人，实到46人，出席人数超过全体组成人员的半数，符合法定人数。"
        "现在，我宣布：云溪市第十六届人民代表大会常务委员会第二次会议开会。"
    ) in words
    assert "全体组成人员51人，须有26人以上（含26人）赞成，始得通过。" in words
    assert "现在，请市长就云溪市人民政府关于提请人事任免的议案作说明。" in words
    assert "本次表决采用电子表决器无记名表决的方式，逐人表决。" in words
    assert words.endswith("现在，我宣布：会议闭会。")


def test_results_are_read_out_as_counted() -> None:
    passed = vote(replace(WAITING, passed=True), passed=True, yes=40, no=3, abstain=2, not_pressed=1)
    words = told(script(passed))
    assert "1. 现在表决：决定任命方启明为云溪市财政局局长。" in words
    assert "赞成40票，反对3票，弃权2票，未按表决器1人。通过。" in words
    rejected = vote(replace(WAITING, passed=False), passed=False, yes=20, no=26, abstain=0, not_pressed=0)
    lost = script(rejected)
    assert "没有通过。" in told(lost)
    assert not [title for title in parts(lost) if "任命书" in title or "宣誓" in title or "结果" in title]


def test_combined_vote_names_everybody_and_asks_first() -> None:
    judges = [replace(WAITING, person=name, form="appoint", organ="court") for name in ("孟夏", "江岚")]
    asked = told(script(vote(*judges)))
    assert "1. 如果没有不同意见，下列2项合并表决：任命孟夏为云溪市财政局局长；任命江岚为云溪市财政局局长。" in asked
    assert "逐人表决与合并表决相结合" in asked
    assert "经主任会议决定，下列2项合并表决：" in told(script(vote(*judges), directors_combine=True))


def test_dismissal_is_voted_on_by_ballot_with_tellers() -> None:
    dismissed = replace(WAITING, form="dismiss", gets_letter=False, swears=False)
    words = told(script(vote(dismissed, method="ballot")))
    assert "监票人建议名单" in words
    assert "第四十六条的规定，撤职案采用无记名投票的方式表决。" in words


@pytest.mark.parametrize(("edition", "sung"), [(2015, False), (2018, True)])
def test_anthem_is_sung_since_march_2018(edition: int, sung: bool) -> None:
    lead = replace(ITEM, oath=OathFacts(is_lead=True))
    ceremony = CeremonyFacts(words=OATHS[edition], has_anthem=sung, takers=(lead, replace(ITEM, person="江岚")))
    text = script(vote(lead), ceremony=ceremony)
    assert "宣誓人方启明、江岚，领誓人方启明。请全体起立。" in told(text)
    assert (Cue("奏唱国歌") in text.blocks) is sung


def reviewed(*items: ItemFacts) -> str:
    """Return the report on these items."""
    return told(review_report(DIRECTORS, items, "任前法律知识考试"))


def test_review_report_counts_and_shows_the_exam() -> None:
    passed = replace(ITEM, exam=SITTING, opinion="符合任职条件，建议提请。")
    failed = replace(passed, person="卢衡", exam=replace(SITTING, step="blocked", passed=False, score=Decimal(48)))
    waiting = replace(passed, person="江岚", exam=replace(SITTING, step="open", passed=None, score=None, sat_on=None))
    words = reviewed(passed, failed, waiting)
    assert "共收到任免案1件，涉及任免事项3项（3人）。" in words
    assert "按照规定应当参加考试的3项，已参加考试2项，其中合格1项、不合格1项；尚未参加考试1项。" in words
    assert "方启明\t云溪市财政局局长\t2026年2月20日\t92\t合格" in words
    assert "卢衡（拟任云溪市财政局局长）考试不合格。" in words
    assert "符合任职条件，建议提请。\n以上报告，请予审议。" in words
    assert words.endswith("云溪市人民代表大会常务委员会人事代表选举工作委员会\n2026年2月25日")


def test_scores_that_are_not_disclosed_have_no_column() -> None:
    words = reviewed(replace(ITEM, exam=replace(SITTING, score=None)))
    assert "成绩\t" not in words
    assert "2026年2月20日\t合格" in words


def test_absence_is_called_absence() -> None:
    words = reviewed(replace(ITEM, exam=replace(SITTING, step="blocked", passed=None, score=None, sat_on=None)))
    assert "方启明（拟任云溪市财政局局长）考试缺考。" in words


def test_exemption_is_shown_with_rule_evidence_and_basis() -> None:
    exempt = ExamFacts(
        outcome="exempt", rule="PASSED_THIS_TERM", evidence="2025-06-03", basis="《任免办法》第十六条", step="cleared"
    )
    leaving = ExamFacts(outcome="not_applicable", rule="REMOVAL", basis="《任免办法》第十六条", step="cleared")
    words = reviewed(replace(ITEM, exam=exempt), replace(ITEM, person="秦守正", form="remove", exam=leaving))
    assert "此前已通过任前法律知识考试，成绩仍然有效（2025年6月3日）\t《任免办法》第十六条" in words
    assert "不适用考试1项：免职、辞职、撤职事项不考试（依据：《任免办法》第十六条）。" in words


def test_open_objections_and_missing_papers_are_said() -> None:
    item = replace(ITEM, objections=("sitting_member",), missing=("resume", "vetting_material"))
    words = reviewed(item, replace(item, person="江岚"))
    assert "方启明（云溪市财政局局长）、江岚（云溪市财政局局长）：系常务委员会组成人员，" in words
    assert "尚缺材料：方启明、江岚的简历、考察材料。" in words
    assert "方启明、江岚的任免事项正在审查，审查意见另行报告。" in words


def test_minutes_say_what_was_decided_and_why() -> None:
    held = DecisionFacts(item=replace(ITEM, person="卢衡"), outcome="hold", reason="待补充考察材料。")
    coming = replace(MEETING, day=date(2026, 3, 2))
    text = directors_minutes(DIRECTORS, [DecisionFacts(item=ITEM, outcome="submit"), held], [], (coming, ("听取报告",)))
    words = told(text)
    assert text.title == "云溪市第十六届人民代表大会常务委员会第五次主任会议纪要"
    assert "应到9人，实到7人。" in words
    assert "第五十四条的规定" in words
    assert "一、同意将下列任免事项提请云溪市第十六届人民代表大会常务委员会第二次会议审议" in words
    assert "二、下列任免事项暂缓提请\n1. 决定任命卢衡为云溪市财政局局长（待补充考察材料）。" in words
    assert "一、听取报告\n二、审议和表决云溪市人民政府关于提请人事任免的议案" in words


@pytest.mark.parametrize(
    ("post", "organ", "elected"),
    [
        ("云溪市人民政府副市长", "government", True),
        ("云溪市人民政府秘书长", "government", False),
        ("云溪市监察委员会主任", "supervision", True),
        ("云溪市监察委员会副主任", "supervision", False),
        ("云溪市中级人民法院院长", "court", True),
        ("云溪市中级人民法院副院长", "court", False),
        ("云溪市人民检察院检察长", "procuratorate", True),
        ("云溪市人民检察院副检察长", "procuratorate", False),
        ("云溪市人民代表大会常务委员会委员", "congress", True),
        ("云溪市人大常委会研究室主任", "congress", False),
    ],
)
def test_posts_to_which_the_congress_elects(post: str, organ: str, elected: bool) -> None:
    assert is_elected(replace(ITEM, post=post, organ=organ)) is elected


def test_filings_go_to_whom_the_law_names() -> None:
    resigned = replace(ITEM, form="accept_resignation", post="云溪市人民检察院检察长", organ="procuratorate")
    acting = replace(ITEM, form="decide_acting", post="云溪市人民检察院检察长", organ="procuratorate")
    judge = replace(ITEM, form="appoint", organ="court")
    assert set(filings([resigned, acting, judge, ITEM])) == {"congress", "upper_procuratorate", "upper_government"}

    meeting = replace(MEETING, day=date(2026, 3, 2))
    words = told(filing_report(meeting, "congress", [resigned]))
    assert words.startswith("云溪市人民代表大会常务委员会关于接受方启明同志辞职的备案报告")
    assert "接受方启明辞去云溪市人民检察院检察长职务的请求。" in words
    assert "第三十二条的规定，现报请备案；其中检察长的辞职，须报经上一级人民检察院检察长提请" in words
    told_upward = told(filing_report(meeting, "upper_government", [ITEM]))
    assert "\n云溪市人民政府\n" in told_upward
    assert "第五十条的规定，请报上一级人民政府备案。" in told_upward


def test_catalogue_lists_documents_and_says_which_are_drafts() -> None:
    issued = CatalogueLine(kind="议程", title="议程", number="", issued_on=date(2026, 3, 2), digest="ab" * 32)
    draft = replace(issued, kind="公告", title="公告\n（一）", number="〔2026〕第3号", issued_on=None)
    words = lines(archive_catalogue(MEETING, [issued, draft]))
    assert "共2件，其中已印发1件。" in "".join(words)
    assert words[-2:] == [
        "1\t议程\t议程\t\t2026年3月2日\tabababababab",
        "2\t公告\t公告（一）\t〔2026〕第3号\t未印发\tabababababab",
    ]


def test_bill_of_the_directors_is_explained_by_somebody_of_theirs() -> None:
    own = replace(WAITING, bill=replace(BILL, organ="主任会议", nominator=""))
    assert "现在，请主任会议负责人就主任会议关于提请人事任免的议案作说明。" in told(script(vote(own)))
