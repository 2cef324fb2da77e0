"""web.officer.duties — 任后监督: the board of what runs out, its workbook, telling several officials at once."""

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.people.states import Role
from exam_app.printing.tables import MEDIA_TYPE, write_table
from exam_app.supervision import queries, roll, service
from exam_app.supervision.queries import DutyRow, Wanted
from exam_app.supervision.service import OnDuties
from exam_app.supervision.states import DutyMode, DutyState
from exam_app.texts import supervision as texts
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer import duties_views as views
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.duties_forms import NotifyAct
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS, OrganType

READERS = (Role.OFFICER, Role.DIRECTOR)


@bp.get("/duties")
@allow(*READERS)
def duties() -> ResponseReturnValue:
    """Show what runs out, overdue first, and how the year stands."""
    today = local_date(g.now)
    year = _number("year") or today.year
    page = fetch_page(queries.board(who.committee_id(), _wanted()), _number("page") or 1, _number("size") or 20)
    figures = queries.figures(who.committee_id(), year, today)
    rows = roll.owed(who.committee_id(), year)
    return render_template(
        "officer/duties.html",
        page=page,
        rows=[DutyRow(*row) for row in page.rows],
        figures=figures,
        owing=sum(row.owes for row in rows),
        silent=sum(row.owes and not row.reported.in_term for row in rows),
        year=year,
        years=_years(today.year, figures.since),
        **_words(),
    )


@bp.get("/duties.xlsx")
@allow(*READERS)
def duties_export() -> ResponseReturnValue:
    """Hand out what the board shows as a workbook."""
    found = db.session.execute(queries.board(who.committee_id(), _wanted()))
    content = write_table(
        _("履职报告和测评"), [_(head) for head in views.HEAD], views.lines(DutyRow(*row) for row in found)
    )
    answer = Response(content, mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename="duties.xlsx")
    return answer


@bp.post("/duties/notify")
@allow(Role.OFFICER)
def duties_notify() -> ResponseReturnValue:
    """Record that the ticked officials were told."""
    with refusals_said():
        with transaction():
            act = posted(NotifyAct)
            command = OnDuties(committee_id=who.committee_id(), duty_ids=act.duty.data, day=act.day.data)
            count = len(service.notify(command, who.actor(), g.now))
        flash(_("已登记向 {count} 人发出通知。", count=count), "good")
    return redirect(url_for(".duties", state=DutyState.PLANNED.value))


def _wanted() -> Wanted:
    """Return what the address asks for; what it cannot mean is left out."""
    asked = request.args
    organ, mode, state = asked.get("organ", ""), asked.get("mode", ""), asked.get("state", "")
    return Wanted(
        words=asked.get("q", "")[:60].strip(),
        year=_number("year"),
        organ_type=OrganType(organ) if organ in set(OrganType) else None,
        mode=DutyMode(mode) if mode in set(DutyMode) else None,
        state=DutyState(state) if state in set(DutyState) else None,
        overdue_on=local_date(g.now) if asked.get("due") == "overdue" else None,
    )


def _number(name: str) -> int | None:
    return request.args.get(name, type=int)


def _years(this: int, since: int | None) -> list[tuple[int, str]]:
    return [(year, _("{year} 年", year=year)) for year in range(this + 1, min(since or this, this) - 1, -1)]


def _words() -> dict[str, Any]:
    return {"said": texts, "views": views, "organs": ORGAN_LABELS, "today": local_date(g.now)}
