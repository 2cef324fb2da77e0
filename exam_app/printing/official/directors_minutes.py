"""printing.official.directors_minutes — 主任会议纪要, with the draft agenda that the directors propose."""

from collections.abc import Iterator, Sequence

from exam_app.printing.official.agenda import agenda_lines
from exam_app.printing.official.facts import DecisionFacts, ItemFacts, MeetingFacts
from exam_app.printing.official.phrases import (
    INTERNAL,
    OFFICE,
    counted,
    grouped,
    name_lines,
    names,
    organic_law,
    sentence,
)
from exam_app.printing.official.text import Block, Heading, OfficialText, PageBreak, Paragraph, full_day
from question_bank.numerals import to_chinese

SUBMIT, HOLD, DEFER, WITHDRAW, OVERRIDE = "submit", "hold", "defer", "consent_to_withdraw", "override"


def directors_minutes(
    meeting: MeetingFacts,
    decisions: Sequence[DecisionFacts],
    undecided: Sequence[ItemFacts],
    coming: tuple[MeetingFacts, Sequence[str]] | None,
) -> OfficialText:
    """Return the minutes; `coming` is the meeting of the standing committee that is prepared, with its other topics."""
    approved = [decision.item for decision in decisions if decision.outcome == SUBMIT]
    blocks = [*_opening(meeting), *_decided(decisions, undecided, coming)]
    if coming is not None:
        blocks += _draft_agenda(coming, approved)
    return OfficialText(
        title=f"{meeting.title}纪要",
        subtitle=f"（{full_day(meeting.day)}）",
        mark=INTERNAL,
        blocks=tuple(blocks),
    )


def _opening(meeting: MeetingFacts) -> Iterator[Block]:
    chair = f"，{meeting.chair}主持会议" if meeting.chair else ""
    place = f"在{meeting.place}" if meeting.place else ""
    counts = ""
    if meeting.total is not None or meeting.present is not None:
        counts = f"应到{counted(meeting.total)}人，实到{counted(meeting.present)}人。"
    yield Paragraph(f"{full_day(meeting.day)}，{meeting.title}{place}举行{chair}。{counts}")
    yield Paragraph(
        f"会议听取了{OFFICE}关于人事任免案的初审报告，根据{organic_law(meeting.day, 54)}，对有关事项进行了研究。"
    )


def _decided(
    decisions: Sequence[DecisionFacts],
    undecided: Sequence[ItemFacts],
    coming: tuple[MeetingFacts, Sequence[str]] | None,
) -> Iterator[Block]:
    where = coming[0].title if coming is not None else "常务委员会会议"
    parts: list[tuple[str, list[Block]]] = [
        (f"同意将下列任免事项提请{where}审议", list(_approved(decisions))),
        ("下列任免事项暂缓提请", list(_with_reasons(decisions, HOLD))),
        ("下列任免事项暂不付表决", list(_with_reasons(decisions, DEFER))),
        ("同意提请机关撤回下列任免事项，审议即行终止", list(_with_reasons(decisions, WITHDRAW))),
        ("对任前法律知识考试未通过的下列人员，决定继续履行任免程序", list(_with_reasons(decisions, OVERRIDE))),
        ("下列任免事项列入会议，尚未作出决定", list(name_lines(undecided))),
    ]
    for number, (title, said) in enumerate(((title, said) for title, said in parts if said), 1):
        yield Heading(f"{to_chinese(number)}、{title}")
        yield from said


def _approved(decisions: Sequence[DecisionFacts]) -> Iterator[Block]:
    yield from grouped_quietly([decision.item for decision in decisions if decision.outcome == SUBMIT])


def grouped_quietly(items: Sequence[ItemFacts]) -> Iterator[Block]:
    """Yield the list grouped by organ, its headings one level below those of the minutes."""
    number = 0
    for block in grouped(items):
        if isinstance(block, Heading):
            number += 1
            yield Heading(f"（{to_chinese(number)}）{block.words.partition('、')[2]}", 2)
        else:
            yield block


def _with_reasons(decisions: Sequence[DecisionFacts], outcome: str) -> Iterator[Block]:
    those = [decision for decision in decisions if decision.outcome == outcome]
    for number, decision in enumerate(those, 1):
        reason = f"（{decision.reason.rstrip('。')}）" if decision.reason else ""
        yield Paragraph(f"{number}. {sentence(decision.item)}{reason}。")


def _draft_agenda(coming: tuple[MeetingFacts, Sequence[str]], approved: Sequence[ItemFacts]) -> Iterator[Block]:
    meeting, topics = coming
    yield Paragraph(f"会议建议{meeting.title}于{full_day(meeting.day)}举行，拟订了会议议程草案（附后）。")
    if approved:
        yield Paragraph(f"涉及的拟任免人员：{names(approved)}。", is_flush=False)
    yield PageBreak()
    yield Heading(f"附：{meeting.title}议程（草案）")
    yield from agenda_lines(topics, approved)
