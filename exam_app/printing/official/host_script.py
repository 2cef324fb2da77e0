"""printing.official.host_script — 主持词: all that the chair says at a meeting of the standing committee, in order.

What is done rather than said stands in cues. Numbers that are not known yet are blanks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from exam_app.printing.official.facts import BallotFacts, CeremonyFacts, ItemFacts, MeetingFacts
from exam_app.printing.official.oath_sheet import order
from exam_app.printing.official.phrases import (
    BLANK,
    INTERNAL,
    METHODS,
    bill_title,
    bills_of,
    counted,
    dismissal_law,
    names,
    sentence,
)
from exam_app.printing.official.text import Block, Cue, Heading, OfficialText, Paragraph, full_day
from exam_app.printing.official.vote_papers import UNCAST, attendance, majority
from question_bank.numerals import to_chinese

CALLS = {"panel": "请按表决器。", "ballot": "请写票、投票。", "hands": "请举手表决。"}
ACTS = {"panel": "按表决器", "ballot": "写票、投票、计票", "hands": "举手、计票"}
OUTCOMES = {True: "通过。", False: "未获全体组成人员过半数赞成，没有通过。", None: f"{BLANK}。"}


@dataclass(frozen=True, kw_only=True)
class ScriptFacts:
    """What the script is made from. `topics` are the lines of the agenda that are no bills."""

    meeting: MeetingFacts
    topics: Sequence[str]
    ballots: Sequence[BallotFacts]
    ceremony: CeremonyFacts
    report_label: str
    reports_first: bool
    method: str
    directors_combine: bool

    @property
    def items(self) -> list[ItemFacts]:
        """Return the items in the order of the vote."""
        return [item for ballot in self.ballots for item in ballot.items]

    @property
    def speakers(self) -> list[ItemFacts]:
        """Return whose report is heard."""
        return [item for item in self.items if item.speaks and (self.reports_first or item.passed is not False)]

    @property
    def appointed(self) -> list[ItemFacts]:
        """Return who gets a letter."""
        return [item for item in self.items if item.gets_letter and item.passed is not False]


Part = Callable[[ScriptFacts], Iterator[Block]]


def host_script(facts: ScriptFacts) -> OfficialText:
    """Return the script: the parts that this meeting has, numbered as they come."""
    parts = [(title, list(part(facts))) for title, part in _order(facts)]
    blocks: list[Block] = [Paragraph("各位组成人员，同志们：", is_flush=True)]
    for number, (title, said) in enumerate(((title, said) for title, said in parts if said), 1):
        blocks += [Heading(f"{to_chinese(number)}、{title}"), *said]
    return OfficialText(
        title=f"{facts.meeting.title}\n主持词",
        subtitle=f"（{full_day(facts.meeting.day)}）",
        mark=INTERNAL,
        blocks=tuple(blocks),
    )


def _order(facts: ScriptFacts) -> Iterator[tuple[str, Part]]:
    yield "宣布开会", _opening
    yield "通过会议议程", _agenda
    yield "进行其他议程", _topics
    yield "听取任免案的说明", _explanations
    if facts.reports_first:
        yield f"听取{facts.report_label}", _reports
    yield "审议任免案", _deliberation
    yield "表决任免案", _voting
    yield "宣布任免结果", _announcing
    yield "颁发任命书", _letters
    if not facts.reports_first:
        yield f"听取{facts.report_label}", _reports
    yield "宪法宣誓", _oath
    yield "宣布闭会", _closing


def _opening(facts: ScriptFacts) -> Iterator[Block]:
    meeting = facts.meeting
    yield Paragraph(f"{attendance(meeting)}现在，我宣布：{meeting.title}开会。")
    yield Cue("介绍列席会议的人员")


def _agenda(facts: ScriptFacts) -> Iterator[Block]:
    lines = [*facts.topics, *(_bill_words(bill) for bill in bills_of(facts.items))]
    yield Paragraph(f"会议议程草案已经印发各位组成人员，共{len(lines)}项：")
    for number, line in enumerate(lines, 1):
        yield Paragraph(f"{number}. {line}{'。' if number == len(lines) else '；'}")
    yield Paragraph(
        f"请各位组成人员审议。没有不同意见，现在表决。{CALLS['panel' if facts.method == 'panel' else 'hands']}"
    )
    yield Cue("表决")
    yield Paragraph("通过。")


def _bill_words(bill: Sequence[ItemFacts]) -> str:
    return f"审议{bill_title(bill[0])}"


def _topics(facts: ScriptFacts) -> Iterator[Block]:
    for number, topic in enumerate(facts.topics, 1):
        yield Paragraph(f"现在进行会议议程第{to_chinese(number)}项：{topic}。")
        yield Cue("进行该项议程")


def _explanations(facts: ScriptFacts) -> Iterator[Block]:
    for bill in bills_of(facts.items):
        yield Paragraph(f"现在，请{bill[0].bill.speaker}就{bill_title(bill[0])}作说明。")
        yield Cue(f"{bill[0].bill.speaker}作说明")


def _reports(facts: ScriptFacts) -> Iterator[Block]:
    if facts.speakers:
        lead = "拟任命人员" if facts.reports_first else "被任命人员"
        how = "依次作" if len(facts.speakers) > 1 else "作"
        yield Paragraph(f"现在，请{lead}{names(facts.speakers)}{how}{facts.report_label}。")
        yield Cue(f"{lead}{how}{facts.report_label}")


def _deliberation(facts: ScriptFacts) -> Iterator[Block]:
    if facts.items:
        yield Paragraph(
            f"下面，对人事任免案进行审议。本次会议审议的任免事项共{len(facts.items)}项。请各位组成人员发表意见。"
        )
        yield Cue("组成人员审议，提请机关负责人回答询问；主任会议听取审议情况，决定提请表决")
        yield Paragraph("审议到此结束。经主任会议决定，现将任免案提请本次会议表决。")


def _voting(facts: ScriptFacts) -> Iterator[Block]:
    if not facts.ballots:
        return
    yield Paragraph(f"现在进行表决。{majority(facts.meeting)}")
    yield Paragraph(f"本次表决采用{_manner(facts)}。组成人员可以赞成，可以反对，也可以弃权。")
    if any(ballot.method == "ballot" for ballot in facts.ballots):
        yield Paragraph(f"监票人建议名单：总监票人{BLANK}，监票人{BLANK}。没有不同意见，请举手表决。")
        yield Cue("表决")
        yield Paragraph("通过。请监票人到位，检查票箱，分发表决票。")
    for number, ballot in enumerate(facts.ballots, 1):
        yield from _ballot(facts, number, ballot)


def _manner(facts: ScriptFacts) -> str:
    methods = list(dict.fromkeys(ballot.method for ballot in facts.ballots))
    together = any(len(ballot.items) > 1 for ballot in facts.ballots)
    manner = "逐人表决与合并表决相结合" if together else "逐人表决"
    return f"{'和'.join(METHODS[method] for method in methods)}的方式，{manner}"


def _ballot(facts: ScriptFacts, number: int, ballot: BallotFacts) -> Iterator[Block]:
    if len(ballot.items) == 1:
        yield Paragraph(f"{number}. 现在表决：{sentence(ballot.items[0])}。")
    else:
        leave = "经主任会议决定，" if facts.directors_combine else "如果没有不同意见，"
        yield Paragraph(
            f"{number}. {leave}下列{len(ballot.items)}项合并表决：{'；'.join(map(sentence, ballot.items))}。"
        )
    if any(item.form == "dismiss" for item in ballot.items):
        yield Paragraph(f"依照{dismissal_law(facts.meeting.day)}，撤职案采用无记名投票的方式表决。")
    yield Cue(f"{ACTS[ballot.method]}；工作人员报告表决结果")
    yield Paragraph(f"{result(ballot)}{OUTCOMES[ballot.passed]}")


def result(ballot: BallotFacts) -> str:
    """Return the counts as they are read out."""
    uncast = f"{UNCAST[ballot.method]}{'表决器' if ballot.method == 'panel' else ''}"
    return (
        f"赞成{counted(ballot.yes)}票，反对{counted(ballot.no)}票，弃权{counted(ballot.abstain)}票，"
        f"{uncast}{counted(ballot.not_pressed)}人。"
    )


def _announcing(facts: ScriptFacts) -> Iterator[Block]:
    carried = [item for item in facts.items if item.passed is not False]
    if carried:
        yield Paragraph(f"根据表决结果，本次会议通过任免事项{len(carried)}项。现在宣读任免名单。")
        yield Cue("宣读任免名单")


def _letters(facts: ScriptFacts) -> Iterator[Block]:
    if facts.appointed:
        yield Paragraph(
            f"现在颁发任命书。请常务委员会主任颁发任命书，请下列{len(facts.appointed)}名同志上台接受任命书："
            f"{names(facts.appointed)}。"
        )
        yield Cue("颁发任命书")


def _oath(facts: ScriptFacts) -> Iterator[Block]:
    takers = facts.ceremony.takers
    if not takers:
        return
    lead = "" if facts.ceremony.is_individual else f"，领誓人{facts.ceremony.lead or BLANK}"
    yield Paragraph(f"下面举行宪法宣誓仪式。宣誓人{names(takers)}{lead}。请全体起立。")
    if facts.ceremony.has_anthem:
        yield Paragraph("奏唱中华人民共和国国歌。")
        yield Cue("奏唱国歌")
    yield Paragraph("请宣誓人宣誓。")
    yield Cue("；".join(step.removesuffix("。") for step in order(facts.ceremony) if "宣誓人" in step))
    yield Paragraph("宣誓完毕，请坐下。")


def _closing(facts: ScriptFacts) -> Iterator[Block]:
    yield Paragraph(f"{facts.meeting.title}的各项议程已经全部进行完毕。现在，我宣布：会议闭会。")
