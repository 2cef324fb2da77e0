"""web.officer.yearbook — 年度统计: the year in figures, each opening its list; what is entered by hand beside them."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.yearbook_charts import charts_of, laws_chart
from exam_app.web.officer.yearbook_facts import Year, form_label, organ_of, rate, read_year
from exam_app.web.officer.yearbook_forms import HandFigureForm
from exam_app.web.who import allow
from exam_app.yearbook import laws, queries, service
from exam_app.yearbook.breakdown import change
from exam_app.yearbook.definitions import FIGURES, Key
from exam_app.yearbook.errors import NoSuchFigure
from exam_app.yearbook.report import GROUP_HEADS, short_title

READERS = (Role.OFFICER, Role.DIRECTOR)
TABS = 8


@bp.get("/yearbook")
@allow(*READERS)
def yearbook() -> ResponseReturnValue:
    """Show a year: its paragraph, its figures, what they are made of, and the years before it."""
    today = local_date(g.now)
    asked = request.args.get("year", type=int)
    year = read_year(who.committee_id(), None if asked is None else year_of(asked), today)
    edited = next((one for one in year.by_hand if one.id == request.args.get("edit", 0, type=int)), None)
    return render_template(
        "officer/yearbook.html",
        year=year,
        tabs=_tabs(year),
        charts=charts_of(year),
        groups=GROUP_HEADS,
        change=change,
        form=HandFigureForm.of(edited),
        edited=edited,
    )


def year_of(year: int) -> int:
    """Return the year, or raise NoSuchYear."""
    service.check_year(year, g.now)
    return year


def _tabs(year: Year) -> list[dict[str, Any]]:
    """Return the years that may be chosen, newest first."""
    last = year.today.year
    first = year.recorded.start or last
    years = sorted({*range(max(first, last - TABS), last + 1), year.scope.year}, reverse=True)
    return [
        {"label": _("{year}年", year=each), "href": url_for(".yearbook", year=each), "current": each == year.scope.year}
        for each in years
    ]


@bp.get("/yearbook/<int:year>/list/<key>")
@allow(*READERS)
def yearbook_list(year: int, key: str) -> ResponseReturnValue:
    """Show what a figure counted: one line for each."""
    figure = FIGURES[key_of(key)]
    scope = queries.scope_of(who.committee_id(), year_of(year))
    number, size = request.args.get("page", 1, type=int), request.args.get("size", 20, type=int)
    return render_template(
        "officer/yearbook_list.html",
        figure=figure,
        title=figure.words(scope.rules),
        year=year,
        page=queries.list_page(figure.key, scope, number, size),
        form_label=form_label,
    )


def key_of(given: str) -> Key:
    """Return the figure that an address names, or raise NoSuchFigure."""
    if given not in set(Key):
        raise NoSuchFigure(figure=given)
    return Key(given)


@bp.get("/yearbook/<int:year>/laws")
@allow(*READERS)
def yearbook_laws(year: int) -> ResponseReturnValue:
    """Show which laws the officials know least, by organ and over three years."""
    scopes = queries.compared(queries.scope_of(who.committee_id(), year_of(year)))[-3:]
    organ = organ_of(request.args.get("organ", ""))
    lines = laws.known_laws(scopes, organ)
    return render_template(
        "officer/yearbook_laws.html",
        year=year,
        years=[scope.year for scope in scopes],
        lines=lines,
        chart=laws_chart(lines),
        rate=rate,
        short_title=short_title,
        least=laws.LEAST_ANSWERS,
        organ=organ,
    )


@bp.post("/yearbook/<int:year>/figures")
@allow(Role.OFFICER)
def yearbook_enter(year: int) -> ResponseReturnValue:
    """Enter a figure by hand, or replace one."""
    with refusals_said():
        with transaction():
            command = posted(HandFigureForm).command(who.committee_id(), year)
            service.enter(command, who.actor(), g.now)
        flash(_("已保存“{label}”，在页面和打印件中都会注明“手工填报”。", label=command.label), "good")
    return redirect(url_for(".yearbook", year=year, _anchor="by-hand"))


@bp.post("/yearbook/<int:year>/figures/<int:figure_id>/drop")
@allow(Role.OFFICER)
def yearbook_drop(year: int, figure_id: int) -> ResponseReturnValue:
    """Take a figure out that was entered by hand."""
    with transaction():
        service.drop(figure_id, who.committee_id(), who.actor(), g.now)
    flash(_("已删除该手工填报项，删除前的内容保留在审计记录中。"), "good")
    return redirect(url_for(".yearbook", year=year, _anchor="by-hand"))
