"""web.officer.meetings — 会议: the list of meetings, planning and recording one, changing one that is planned."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.meetings import queries, service
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import ChangeMeeting, RecordMeeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.states import Role
from exam_app.texts import meetings as texts
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.desk_forms import ChangeMeetingForm, MeetingForm
from exam_app.web.who import allow


@bp.get("/meetings")
@allow(Role.OFFICER, Role.DIRECTOR)
def meetings() -> ResponseReturnValue:
    """List the committee's meetings."""
    kind, state = request.args.get("kind", ""), request.args.get("state", "")
    query = queries.meetings_of(who.committee_id(), MeetingKind(kind) if kind in set(MeetingKind) else None)
    if state in set(MeetingState):
        query = query.where(Meeting.state == MeetingState(state))
    page = fetch_page(query, request.args.get("page", 1, type=int), request.args.get("size", 20, type=int))
    return render_template("officer/meetings.html", page=page, texts=texts, today=local_date(g.now))


@bp.route("/meetings/new", methods=["GET", "POST"])
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_new() -> ResponseReturnValue:
    """Plan or record a meeting."""
    form = MeetingForm(**_usual())
    if form.validate_on_submit():
        values: dict[str, Any] = {name: form[name].data or "" for name in ("number", "held_on", "place", "chair")}
        command = RecordMeeting(committee_id=who.committee_id(), kind=MeetingKind(form.kind.data), **values)
        try:
            with transaction():
                meeting_id = service.record(command, who.actor(), g.now).id
            flash(_("会议已登记。"), "good")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
        except DomainError as refusal:
            form.refuse(refusal)
    return render_template("officer/meeting_new.html", form=form)


def _usual() -> dict[str, object]:
    """Return what a new meeting most likely is: the next of its kind, today."""
    given = request.args.get("kind", "")
    kind = MeetingKind(given) if given in set(MeetingKind) else MeetingKind.STANDING_COMMITTEE
    today = local_date(g.now)
    return {"kind": kind.value, "number": queries.next_number(who.committee_id(), kind, today), "held_on": today}


@bp.route("/meetings/<int:meeting_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICER)
def meeting_edit(meeting_id: int) -> ResponseReturnValue:
    """Change a planned meeting."""
    meeting = queries.get_meeting(meeting_id, who.committee_id())
    form = ChangeMeetingForm(obj=meeting)
    if form.validate_on_submit():
        values: dict[str, Any] = {name: form[name].data or "" for name in ("number", "held_on", "place", "chair")}
        command = ChangeMeeting(meeting_id=meeting_id, committee_id=who.committee_id(), **values)
        try:
            with transaction():
                service.change(command, who.actor(), g.now)
            flash(_("会议已更改。"), "good")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
        except DomainError as refusal:
            form.refuse(refusal)
            meeting = queries.get_meeting(meeting_id, who.committee_id())
    name = texts.label(meeting, queries.term_number_of(meeting))
    return render_template("officer/meeting_edit.html", form=form, meeting=meeting, name=name)
