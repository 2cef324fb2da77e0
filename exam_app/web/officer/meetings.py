"""web.officer.meetings — 会议: the list of meetings, and recording one."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.meetings import queries, service
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.people.states import Role
from exam_app.texts.meetings import KINDS
from exam_app.web import who
from exam_app.web.forms import Form
from exam_app.web.officer.blueprint import bp
from exam_app.web.who import allow


class MeetingForm(Form):
    """A meeting that was held."""

    kind = RadioField(
        _("会议"),
        choices=[SelectChoice(kind.value, _(label)) for kind, label in KINDS.items()],
        default=MeetingKind.DIRECTORS.value,
    )
    number = IntegerField(_("第几次"), [InputRequired(), NumberRange(min=1, max=999)], description=_("本届内的次数。"))
    held_on = DateField(_("日期"), [InputRequired(message=_("请选择日期。"))])


@bp.get("/meetings")
@allow(Role.OFFICER, Role.DIRECTOR)
def meetings() -> ResponseReturnValue:
    """List the committee's meetings."""
    given = request.args.get("kind", "")
    kind = MeetingKind(given) if given in set(MeetingKind) else None
    page = fetch_page(queries.meetings_of(who.committee_id(), kind), request.args.get("page", 1, type=int), 20)
    return render_template("officer/meetings.html", page=page, kinds=KINDS)


@bp.route("/meetings/new", methods=["GET", "POST"])
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_new() -> ResponseReturnValue:
    """Record a meeting."""
    form = MeetingForm()
    if form.validate_on_submit():
        command = RecordMeeting(
            committee_id=who.committee_id(),
            kind=MeetingKind(form.kind.data),
            number=form.number.data,
            held_on=form.held_on.data,
        )
        try:
            with transaction():
                service.record(command, who.actor(), g.now)
            flash(_("会议已登记。"), "good")
            return redirect(url_for(".meetings"))
        except DomainError as refusal:
            form.refuse(refusal)
    return render_template("officer/meeting_new.html", form=form)
