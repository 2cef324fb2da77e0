"""printing.official.supervision — notice of a report on performance, result of an assessment, feedback; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from exam_app.printing.drawing.words import spaced_name
from exam_app.printing.official.phrases import BLANK, OFFICE
from exam_app.printing.official.text import Block, Grid, Heading, OfficialText, Paragraph, Signature, full_day
from question_bank.numerals import to_chinese

ASPECTS = (
    "遵守和执行宪法、法律、法规的情况",
    "履行岗位职责的情况",
    "贯彻执行人民代表大会及其常务委员会决议、决定的情况",
    "接受人民代表大会及其常务委员会监督的情况",
    "办理代表议案和建议、批评、意见的情况",
)
"""What a report is about (汉台区 2015)."""
DEMANDS: Mapping[str, str] = {
    "none": "请认真研究上述意见，在今后的工作中加以落实。",
    "rectify": "请针对上述意见制定整改方案，{by}将整改情况书面报告常务委员会。",
    "report_again": "请针对上述意见制定整改方案，{by}将整改情况书面报告常务委员会，并向常务委员会会议再次报告履职情况，"
    "接受再次测评。",
    "refer": "再次测评仍为这一等次，常务委员会将按有关规定处理。请继续整改，{by}将整改情况书面报告常务委员会。",
}


@dataclass(frozen=True, kw_only=True)
class DutyFacts:
    """Whose report of which year, how and when it is given; `meeting` is empty where it is given in writing alone."""

    committee: str
    person: str
    post: str
    year: int
    is_oral: bool
    reports_on: date | None
    draft_due_on: date | None
    final_due_on: date | None
    members_due_on: date | None
    meeting: str
    day: date


@dataclass(frozen=True, kw_only=True)
class AssessmentFacts:
    """What was counted, for whom, what it comes to and why; `rule` is the scheme in words."""

    person: str
    post: str
    counts: Mapping[str, int]
    abstain: int
    invalid: int
    members_total: int
    present: int
    assessed_on: date
    outcome: str
    arithmetic: str
    rule: str
    round: int = 1

    @property
    def cast(self) -> int:
        """How many ballots came back."""
        return sum(self.counts.values()) + self.abstain + self.invalid


def notice(facts: DutyFacts) -> OfficialText:
    """Return the notice that asks an official for his report."""
    return OfficialText(
        title=f"关于报告{facts.year}年度履职情况的通知",
        number=_number(facts),
        salutation=f"{facts.person}同志：",
        blocks=tuple(_notice(facts)),
    )


def result(duty: DutyFacts, found: AssessmentFacts) -> OfficialText:
    """Return the result of an assessment, with the arithmetic that leads to it."""
    again = f"（第{to_chinese(found.round)}次测评）" if found.round > 1 else ""
    heads = ("姓名", *found.counts, "弃权", "无效", "结果")
    numbers = [str(count) for count in (*found.counts.values(), found.abstain, found.invalid)]
    table = Grid(heads, ((spaced_name(found.person), *numbers, found.outcome),), _shares(heads))
    return OfficialText(
        title=f"{duty.year}年度履职情况满意度测评结果{again}",
        subtitle=f"（{_occasion(duty, found.assessed_on)}）",
        blocks=(
            Paragraph(
                f"对{found.person}（{found.post}）{duty.year}年度履职情况的报告进行了满意度测评。{turnout(found)}"
            ),
            table,
            Paragraph(f"评定标准：{found.rule}。"),
            Paragraph(f"计算：{found.arithmetic}。"),
            Paragraph(f"监票人：{BLANK * 3}　计票人：{BLANK * 3}"),
            Signature(duty.committee, full_day(found.assessed_on)),
        ),
    )


def feedback(duty: DutyFacts, opinions: str, found: AssessmentFacts | None, demand: str, by: str) -> OfficialText:
    """Return the letter with the opinions and the result; `demand` is what follows, `by` until when, in words."""
    parts = "审议意见和测评结果" if found and opinions else "测评结果" if found else "审议意见"
    return OfficialText(
        title=f"关于{duty.year}年度履职情况报告{parts}的函",
        number=_number(duty),
        salutation=f"{duty.person}同志：",
        blocks=(
            Paragraph(f"{_heard(duty)}现将{parts}反馈如下。"),
            *_numbered(_feedback(opinions, found, DEMANDS[demand].format(by=by))),
            Signature(duty.committee, full_day(duty.day)),
        ),
    )


def _notice(facts: DutyFacts) -> Iterator[Block]:
    yield Paragraph(
        f"根据{facts.committee}{facts.year}年度监督工作安排，请您报告{facts.year}年度"
        f"履行{facts.post}职责的情况。现将有关事项通知如下。"
    )
    yield Heading("一、报告方式")
    yield Paragraph(_mode(facts))
    yield Heading("二、报告内容")
    yield from (Paragraph(f"（{to_chinese(number)}）{aspect}；") for number, aspect in enumerate(ASPECTS[:-1], 1))
    yield Paragraph(f"（{to_chinese(len(ASPECTS))}）{ASPECTS[-1]}。")
    yield Heading("三、时间要求")
    yield Paragraph(
        f"请于{_day(facts.draft_due_on)}前将报告初稿送{OFFICE}征求意见，修改后于{_day(facts.final_due_on)}前将定稿送常务委员会。"
        f"报告于{_day(facts.members_due_on)}前印发常务委员会组成人员。"
    )
    yield Heading("四、审议和测评")
    yield Paragraph(
        "常务委员会组成人员对报告进行审议，按照安排进行满意度测评。审议意见和测评结果书面反馈本人和所在机关。"
    )
    yield Signature(f"{facts.committee}{OFFICE}", full_day(facts.day))


def _mode(facts: DutyFacts) -> str:
    if not facts.is_oral:
        return f"书面报告，于{_day(facts.reports_on)}前提交。"
    return f"口头报告，于{_day(facts.reports_on)}在{facts.meeting or '常务委员会会议'}上进行。"


def _heard(duty: DutyFacts) -> str:
    if duty.is_oral and duty.meeting:
        return f"{_day(duty.reports_on)}，{duty.meeting}听取了您{duty.year}年度履职情况的报告。"
    return f"您{duty.year}年度履职情况的书面报告（{_day(duty.reports_on)}）收悉，已送常务委员会组成人员审议。"


def _feedback(opinions: str, found: AssessmentFacts | None, demand: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if opinions:
        yield "审议意见", tuple(line.strip() for line in opinions.splitlines() if line.strip())
    if found:
        counts = "，".join(f"{grade}{count}票" for grade, count in found.counts.items())
        yield (
            "测评结果",
            (
                f"{turnout(found)}{counts}，弃权{found.abstain}票。",
                f"{found.arithmetic}。",
            ),
        )
    yield "有关要求", (demand,)


def _numbered(parts: Iterator[tuple[str, tuple[str, ...]]]) -> Iterator[Block]:
    for number, (heading, lines) in enumerate(parts, 1):
        yield Heading(f"{to_chinese(number)}、{heading}")
        yield from (Paragraph(line) for line in lines)


def turnout(found: AssessmentFacts) -> str:
    """Return who was there and which ballots came back."""
    return (
        f"常务委员会全体组成人员{found.members_total}人，出席{found.present}人，收回测评票{found.cast}张，"
        f"其中有效票{found.cast - found.invalid}张、无效票{found.invalid}张。"
    )


def _shares(heads: tuple[str, ...]) -> tuple[int, ...]:
    """Give each grade as much room as its name takes, the person and the result a little more."""
    return (4, *(len(head) + 1 for head in heads[1:-1]), 5)


def _occasion(duty: DutyFacts, day: date) -> str:
    return f"{full_day(day)}{duty.meeting if duty.reports_on == day else ''}"


def _number(facts: DutyFacts) -> str:
    """Return a number with a blank for the serial: 甲人常〔2026〕＿＿号."""
    area = facts.committee.removesuffix("常务委员会").removesuffix("人民代表大会").removesuffix("人大常委会")
    short = area[:-1] if len(area) > 1 and area[-1] in "省市县区州旗盟" else area
    return f"{short}人常〔{facts.day.year}〕{BLANK}号"


def _day(day: date | None) -> str:
    return full_day(day) if day else BLANK * 3
