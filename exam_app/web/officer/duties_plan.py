"""web.officer.duties_plan — who owes a report in a year, and putting them on its plan."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError, NotFound
from exam_app.base.i18n import gettext as _
from exam_app.meetings.models import Meeting
from exam_app.meetings.queries import list_meetings
from exam_app.meetings.states import MeetingKind
from exam_app.people.states import Role
from exam_app.supervision import roll, service
from exam_app.supervision.roll import Owed
from exam_app.supervision.service import PlanReports
from exam_app.texts import supervision as texts
from exam_app.web import who
from exam_app.web.officer import duties_views as views
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.duties_forms import PlanForm
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS

SHOWN = {"owing": "应报告", "silent": "本届未报告", "no_oral": "本届未口头报告", "open": "未列入计划"}


@bp.get("/duties/plan")
@allow(Role.OFFICER, Role.DIRECTOR)
def duties_plan() -> ResponseReturnValue:
    """Show who is in office and owes a report in a year."""
    year = _year()
    form = PlanForm(year=year)
    form.offer(meetings_about(year))
    return _page(form, year)


@bp.post("/duties/plan")
@allow(Role.OFFICER)
def duties_plan_save() -> ResponseReturnValue:
    """Put the ticked on the plan of the year."""
    year = _year()
    form = PlanForm(year=year)
    form.offer(meetings_about(year))
    if form.validate_on_submit():
        try:
            with transaction():
                count = len(service.plan(_command(form), who.actor(), g.now))
            flash(_("已将 {count} 人列入 {year} 年计划。", count=count, year=form.year.data), "good")
            return redirect(url_for(".duties_plan", year=form.year.data))
        except NotFound:
            raise
        except DomainError as refusal:
            form.refuse(refusal)
    return _page(form, year), 422


def _year() -> int:
    return request.args.get("year", local_date(g.now).year, type=int)


def meetings_about(year: int) -> list[tuple[Meeting, int]]:
    """Return the standing committee's meetings at which reports of a year may be given."""
    held = list_meetings(who.committee_id(), MeetingKind.STANDING_COMMITTEE)
    return [(meeting, term) for meeting, term in held if meeting.held_on.year in (year, year + 1)]


def _page(form: PlanForm, year: int) -> str:
    rows = roll.owed(who.committee_id(), year)
    chosen = [row for row in rows if _is_shown(row)]
    return render_template(
        "officer/duties_plan.html",
        form=form,
        year=year,
        today=local_date(g.now),
        shown=[(name, _(words)) for name, words in SHOWN.items()],
        page=views.cut(chosen, request.args.get("page", 1, type=int), request.args.get("size", 100, type=int)),
        owing=sum(row.owes for row in rows),
        ticked=form.item.data or [],
        said=texts,
        organs=ORGAN_LABELS,
    )


def _command(form: PlanForm) -> PlanReports:
    item_ids: Sequence[int] = form.item.data
    return PlanReports(committee_id=who.committee_id(), year=form.year.data, item_ids=item_ids, **form.arranged())


def _is_shown(row: Owed) -> bool:
    asked = request.args
    organ, words, show = asked.get("organ", ""), asked.get("q", "").strip(), asked.get("show", "owing")
    if organ and row.item.organ_type.value != organ:
        return False
    if words and words not in row.person.name and words not in row.item.post:
        return False
    match show:
        case "owing":
            return row.owes
        case "silent":
            return row.owes and not row.reported.in_term
        case "no_oral":
            return row.owes and not row.reported.orally_in_term
        case "open":
            return row.owes and row.is_open
        case _:
            return True
