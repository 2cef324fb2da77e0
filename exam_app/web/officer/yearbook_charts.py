"""web.officer.yearbook_charts — the charts of the year's pages."""

from collections.abc import Sequence
from typing import Any

from exam_app.base.i18n import gettext as _
from exam_app.charts.figures import Chart, Style
from exam_app.web.officer.yearbook_facts import Year
from exam_app.yearbook.definitions import GROUPS, Key
from exam_app.yearbook.laws import LawLine
from exam_app.yearbook.report import GROUP_HEADS, compared, over_years, short_title

LAWS_DRAWN = 12


def charts_of(year: Year) -> list[tuple[Chart, str]]:
    """Return the charts, each with the head of its first column."""
    lines = dict(year.figures)
    years = [scope.year for scope in year.scopes]
    organs, held = year.organs, year.short_meetings
    labels, totals = over_years(lines[Key.TOTAL], years)
    groups = compared([lines[key] for key in GROUPS], years)
    charts = [
        (_chart(_("四类任免"), Style.COLUMNS, GROUP_HEADS, groups), _("类别")),
        (_chart(_("按机关"), Style.BARS, [one.label for one in organs], _single(organs)), _("机关")),
        (_chart(_("按会议"), Style.COLUMNS, [one.label for one in held], _single(held)), _("会议")),
    ]
    if len(labels) > 1:
        charts.append((_chart(_("历年任免总数"), Style.LINES, labels, (("", totals),)), _("年份")))
    return [(chart, head) for chart, head in charts if any(any(values) for _label, values in chart.series)]


def _single(splits: Any) -> tuple[tuple[str, tuple[float, ...]], ...]:
    return (("", tuple(float(split.total) for split in splits)),)


def _chart(title: str, style: Style, labels: Any, series: Any) -> Chart:
    return Chart(title=title, style=style, labels=tuple(labels), series=tuple(series), unit=_("人次"))


def laws_chart(lines: Sequence[LawLine]) -> Chart:
    """Return the chart of the laws known least; those with few answers are not in it."""
    drawn = [line for line in lines if line.all.is_enough][:LAWS_DRAWN]
    rates = (("", tuple(round(line.all.rate, 1) for line in drawn)),)
    labels = tuple(short_title(line.title) for line in drawn)
    return Chart(title=_("得分率最低的法律"), style=Style.BARS, labels=labels, series=rates, unit="%")
