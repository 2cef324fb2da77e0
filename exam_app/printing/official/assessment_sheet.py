"""printing.official.assessment_sheet — 满意度测评结果汇总表: all who were assessed on one day, on one sheet; pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from exam_app.printing.drawing.words import spaced_name
from exam_app.printing.official.phrases import BLANK
from exam_app.printing.official.supervision import AssessmentFacts, turnout
from exam_app.printing.official.text import Block, Grid, Heading, OfficialText, Paragraph, Signature, full_day
from question_bank.numerals import to_chinese


def assessment_sheet(committee: str, day: date, found: Sequence[AssessmentFacts]) -> OfficialText:
    """Return the results of a day, a table for all who were counted by one rule among as many members."""
    groups = [list(group) for _key, group in groupby(sorted(found, key=_rule), _rule)]
    blocks: list[Block] = []
    for number, group in enumerate(groups, 1):
        blocks += [Heading(f"{to_chinese(number)}、{_whom(group)}")] if len(groups) > 1 else []
        blocks += _counted(group)
    return OfficialText(
        title="履职情况满意度测评结果汇总表",
        subtitle=f"（{full_day(day)}）",
        blocks=(*blocks, Paragraph(f"监票人：{BLANK * 3}　计票人：{BLANK * 3}"), Signature(committee, full_day(day))),
        lying=True,
    )


def _rule(found: AssessmentFacts) -> tuple[str, tuple[str, ...], int, int]:
    return found.rule, tuple(found.counts), found.members_total, found.present


def _whom(group: Sequence[AssessmentFacts]) -> str:
    return f"{group[0].person}等{len(group)}人" if len(group) > 1 else group[0].person


def _counted(group: Sequence[AssessmentFacts]) -> Iterator[Block]:
    first = group[0]
    yield Paragraph(f"对{len(group)}人的履职情况进行了满意度测评。{_present(group)}")
    heads = ("序号", "姓名", "职务", *first.counts, "弃权", "无效", "结果")
    rows = tuple(_row(number, one) for number, one in enumerate(group, 1))
    shares = (3, 5, 14, *(max(3, len(grade) + 1) for grade in first.counts), 3, 3, 6)
    yield Grid(heads, rows, shares, wide=(2,))
    yield Paragraph(f"评定标准：{first.rule}。")


def _present(group: Sequence[AssessmentFacts]) -> str:
    """Say the turnout in full where everybody had the same ballots back, else only who was there."""
    first = group[0]
    if len({(one.cast, one.invalid) for one in group}) == 1:
        return turnout(first)
    return f"常务委员会全体组成人员{first.members_total}人，出席{first.present}人。"


def _row(number: int, one: AssessmentFacts) -> tuple[str, ...]:
    counts = (str(count) for count in (*one.counts.values(), one.abstain, one.invalid))
    again = f"（第{to_chinese(one.round)}次）" if one.round > 1 else ""
    return (str(number), spaced_name(one.person), one.post, *counts, f"{one.outcome}{again}")
