"""web.officer.members — 委员名册: who sits on the standing committee; taking a seat, giving it up."""

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments.bills import NEW, Nominee, match_nominee, settle
from exam_app.appointments.errors import NomineeUnclear
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.meetings import members as register
from exam_app.meetings import queries
from exam_app.meetings.members import SeatMember
from exam_app.meetings.states import MemberOffice
from exam_app.people.states import Role
from exam_app.texts.meetings import OFFICES
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.desk_forms import EndSeatAct, SeatForm
from exam_app.web.who import allow


@bp.get("/members")
@allow(Role.OFFICER, Role.DIRECTOR)
def members() -> ResponseReturnValue:
    """List who sits on the standing committee on a day, today unless asked."""
    today = local_date(g.now)
    day = _day(request.args.get("on", "")) or today
    rows = queries.members_on(who.committee_id(), day)
    return render_template("officer/members.html", rows=rows, day=day, today=today, offices=OFFICES)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


@bp.route("/members/new", methods=["GET", "POST"])
@allow(Role.OFFICER)
def member_new() -> ResponseReturnValue:
    """Give somebody a seat: a person who is known, or a new one."""
    form = SeatForm(began_on=local_date(g.now))
    if form.validate_on_submit():
        try:
            _seat(form)
            flash(_("{name} 已列入委员名册。", name=form.name.data), "good")
            return redirect(url_for(".members"))
        except NomineeUnclear as unclear:
            form.ask_who(match_nominee(who.committee_id(), _person(form)).choices, NEW)
            form.refuse(unclear, "choice")
        except DomainError as refusal:
            form.refuse(refusal, {"name_invalid": "name", "seat_taken": "name"}.get(refusal.code, ""))
    return render_template("officer/member_new.html", form=form)


def _seat(form: SeatForm) -> None:
    with transaction():
        person = settle(who.committee_id(), _person(form), who.actor(), g.now)
        command = SeatMember(
            committee_id=who.committee_id(),
            person_id=person.id,
            office=MemberOffice(form.office.data),
            began_on=form.began_on.data,
        )
        register.seat_member(command, who.actor(), g.now)


def _person(form: SeatForm) -> Nominee:
    values = {"name": form.name, "unit": form.unit, "post": form.present_post, "choice": form.choice}
    return Nominee(**{name: field.data or "" for name, field in values.items()})


@bp.post("/members/<int:seat_id>/end")
@allow(Role.OFFICER)
def member_end(seat_id: int) -> ResponseReturnValue:
    """Record that a seat was given up."""
    with refusals_said():
        with transaction():
            ended_on = posted(EndSeatAct).ended_on.data
            register.end_membership(seat_id, who.committee_id(), ended_on, who.actor(), g.now)
        flash(_("已登记离任。"), "good")
    return redirect(url_for(".members"))
