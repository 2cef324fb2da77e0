"""yearbook.report — 年度统计报告: the year as an official text, from facts alone; pure.

What people entered by hand stands apart at the end and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exam_app.charts.figures import Style
from exam_app.printing.official.text import Block, Figure, Grid, Heading, OfficialText, Paragraph, Signature, full_day
from exam_app.yearbook.breakdown import Split, change

GROUP_HEADS = ("决定任命", "任命", "免职", "批准辞职")
ROUGH = "（粗略：分子为人，分母为人次）"
BY_HAND = "以下内容由工作人员手工填报，不由本系统的记录统计得出："


@dataclass(frozen=True)
class FigureLine:
    """A figure with its unit, its number in the years before and in this one, oldest first.

    None stands for a year before the records began: nothing is known of it.
    """

    label: str
    unit: str
    counts: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class LawRow:
    """A law as it is printed: the rates are words already, since a small sample has none."""

    title: str
    answers: int
    rate: str
    years: tuple[str, ...]
    percent: float


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """All that the report says. `until` is set while the year runs."""

    committee: str
    year: int
    until: date | None
    printed_on: date
    paragraph: str
    warning: str
    years: tuple[int, ...]
    figures: tuple[FigureLine, ...]
    coverage: tuple[tuple[str, str], ...]
    organs: tuple[Split, ...]
    forms: tuple[tuple[str, int], ...]
    meetings: tuple[Split, ...]
    laws: tuple[LawRow, ...]
    by_hand: tuple[tuple[str, str, str], ...]


def report(facts: YearFacts, *, charts: bool = True) -> OfficialText:
    """Return the report; without charts where their tables say the same and can be edited."""
    blocks = [
        *_overall(facts, charts),
        *_made_of(facts, charts),
        *_years(facts, charts),
        *_laws(facts, charts),
        *_by_hand(facts),
    ]
    return OfficialText(
        title=f"{facts.committee}\n{facts.year}年度人事任免工作统计报告",
        subtitle=f"（截至{full_day(facts.until)}）" if facts.until else "",
        blocks=(*blocks, Signature(facts.committee, full_day(facts.printed_on))),
    )


def tables(facts: YearFacts, items: Grid) -> OfficialText:
    """Return every table of the year for a workbook, with the figures by hand and the list of the items at the end."""
    text = report(facts, charts=False)
    by_hand = Grid(("手工填报项目", "数值", "文字表述"), facts.by_hand, (4, 2, 8))
    extra = (Heading("手工填报事项"), by_hand) if facts.by_hand else ()
    return OfficialText(title=text.title, blocks=(*text.blocks, *extra, Heading("任免事项名单"), items))


def _overall(facts: YearFacts, charts: bool) -> Iterator[Block]:
    yield Heading("一、总体情况")
    yield Paragraph(facts.paragraph)
    if facts.warning:
        yield Paragraph(facts.warning)
    rows = tuple((line.label, _told(line.numbers[-1]), line.unit, line.counts) for line in facts.figures)
    yield Grid(("项目", "数量", "单位", "统计口径"), rows, (9, 3, 3, 15), (0, 3))
    yield Paragraph(f"与任命人次相比：{'，'.join(f'{label}{share}' for label, share in facts.coverage)}{ROUGH}。")
    if charts:
        groups = facts.figures[1:5]
        yield Figure("四类任免（人次）", Style.COLUMNS, GROUP_HEADS, compared(groups, facts.years))


def compared(lines: Sequence[FigureLine], years: Sequence[int]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Return a series for this year and one for the year before, if anything is known of it."""
    places = [place for place in (-2, -1) if lines[0].numbers[place] is not None]
    return tuple((f"{years[place]}年", tuple(float(line.numbers[place] or 0) for line in lines)) for place in places)


def over_years(line: FigureLine, years: Sequence[int]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the years of which something is known, and the figure in each."""
    known = [(str(year), float(number)) for year, number in zip(years, line.numbers, strict=True) if number is not None]
    return tuple(year for year, _number in known), tuple(number for _year, number in known)


def short_title(title: str) -> str:
    """Return what a law is called where there is little room: 预算法."""
    return title.removeprefix("中华人民共和国")


def _told(number: int | None) -> str:
    return "—" if number is None else str(number)


def _made_of(facts: YearFacts, charts: bool) -> Iterator[Block]:
    yield Heading("二、任免事项构成")
    if not facts.organs:
        yield Paragraph("本年度没有公布的任免事项。")
        return
    yield Heading("（一）按机关", 2)
    if charts:
        totals = (("", tuple(float(split.total) for split in facts.organs)),)
        yield Figure("各机关任免（人次）", Style.BARS, tuple(split.label for split in facts.organs), totals)
    yield _splits("机关", facts.organs)
    yield Heading("（二）按任免方式", 2)
    yield Grid(("方式", "人次"), tuple((label, str(count)) for label, count in facts.forms), (3, 1))
    yield Heading("（三）按会议", 2)
    yield _splits("会议", facts.meetings)


def _splits(head: str, splits: Sequence[Split]) -> Grid:
    rows = [(split.label, *map(str, split.groups), str(split.total)) for split in splits]
    sums = [sum(split.groups[place] for split in splits) for place in range(len(GROUP_HEADS))]
    rows.append(("合计", *map(str, sums), str(sum(split.total for split in splits))))
    return Grid((head, *GROUP_HEADS, "合计"), tuple(rows), (12, 4, 3, 3, 4, 3), (0,))


def _years(facts: YearFacts, charts: bool) -> Iterator[Block]:
    yield Heading("三、与往年比较")
    heads = ("项目", *(f"{year}年" for year in facts.years), "比上年")
    rows = tuple(
        (f"{line.label}（{line.unit}）", *map(_told, line.numbers), change(line.numbers[-1], line.numbers[-2]))
        for line in facts.figures
    )
    yield Grid(heads, rows, (8, *[3] * len(facts.years), 4), (0,))
    labels, totals = over_years(facts.figures[0], facts.years)
    if charts and len(labels) > 1:
        yield Figure("历年任免（人次）", Style.LINES, labels, (("合计", totals),))


def _laws(facts: YearFacts, charts: bool) -> Iterator[Block]:
    yield Heading("四、任前法律知识考试中掌握较弱的法律")
    if not facts.laws:
        yield Paragraph("本年度没有足够的考试作答可供统计。")
        return
    yield Paragraph("按已发布成绩的作答统计，得分率从低到高排列；一道试题引用同一法律的，计一次。")
    if charts:
        rates = (("", tuple(round(row.percent, 1) for row in facts.laws)),)
        yield Figure("得分率（%）", Style.BARS, tuple(short_title(row.title) for row in facts.laws), rates)
    heads = ("法律", "作答数", *(f"{year}年" for year in facts.years[-3:]))
    rows = tuple((row.title, str(row.answers), *row.years) for row in facts.laws)
    yield Grid(heads, rows, (10, 3, *[3] * len(facts.years[-3:])), (0,))


def _by_hand(facts: YearFacts) -> Iterator[Block]:
    if not facts.by_hand:
        return
    yield Heading("五、其他情况（手工填报）")
    yield Paragraph(BY_HAND)
    for label, value, sentence in facts.by_hand:
        yield Paragraph(f"{sentence or f'{label}：{value}。'}（手工填报）")
