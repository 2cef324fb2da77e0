"""web.officer.positions — 职务表: posts, by which form and on whose nomination; adding and changing lines."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from exam_app.appointments import bills as register
from exam_app.appointments import queries
from exam_app.appointments.bills import SavePosition
from exam_app.appointments.models import Position
from exam_app.appointments.positions import permitted_forms
from exam_app.appointments.states import APPOINTING_FORMS
from exam_app.appointments.states import Form as AppointmentForm
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.texts.appointments import FORMS
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.forms import Form
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.item_forms import organ_choices
from exam_app.web.who import allow
from question_bank.kinds import OrganType

FILLING = tuple(form for form in AppointmentForm if form in {*APPOINTING_FORMS, AppointmentForm.ACCEPT_RESIGNATION})


class PositionForm(Form):
    """A line of the table of positions."""

    organ_type = SelectField(_("机关"), [InputRequired()], choices=[])
    name = StringField(
        _("职务名称"),
        [InputRequired(), Length(max=80)],
        description=_("名单中以此结尾的职务会认作这一类，如“局长”对应“甲市财政局局长”。"),
    )
    form = SelectField(
        _("任命方式"),
        [InputRequired()],
        choices=[SelectChoice(form.value, _(FORMS[form])) for form in FILLING],
        description=_("由人民代表大会选举、常委会只决定是否接受辞职的职务，选“接受辞职”。"),
    )
    nominator = StringField(
        _("提名人"), [InputRequired(), Length(max=40)], description=_("如：市长、主任会议、法院院长。")
    )
    legal_basis = StringField(_("法律依据"), [InputRequired(), Length(max=120)])
    in_scope = BooleanField(_("任命前须参加法律知识考试"))

    def command(self, position_id: int | None) -> SavePosition:
        """Return what is to be saved."""
        return SavePosition(
            committee_id=who.committee_id(),
            organ_type=OrganType(self.organ_type.data),
            name=self.name.data or "",
            form=AppointmentForm(self.form.data),
            nominator=self.nominator.data or "",
            legal_basis=self.legal_basis.data or "",
            in_scope=self.in_scope.data,
            position_id=position_id,
        )


@bp.get("/positions")
@allow(Role.OFFICER, Role.DIRECTOR)
def positions() -> ResponseReturnValue:
    """Show the committee's table of positions, organ by organ."""
    listed = queries.list_positions(who.committee_id())
    groups = [(organ, [one for one in listed if one.organ_type is organ]) for organ in OrganType]
    return render_template("officer/positions.html", groups=groups, leaving=_leaving(listed))


def _leaving(listed: Sequence[Position]) -> dict[int, str]:
    """Return by which forms people leave each position, in words."""
    return {
        one.id: "、".join(_(FORMS[form]) for form in permitted_forms(one) if form not in APPOINTING_FORMS)
        for one in listed
    }


@bp.route("/positions/new", methods=["GET", "POST"])
@allow(Role.OFFICER)
def position_new() -> ResponseReturnValue:
    """Add a line."""
    return _edit(PositionForm(in_scope=True), None)


@bp.route("/positions/<int:position_id>", methods=["GET", "POST"])
@allow(Role.OFFICER)
def position_edit(position_id: int) -> ResponseReturnValue:
    """Change a line; items that name it keep it."""
    return _edit(PositionForm(obj=register.get_position(position_id, who.committee_id())), position_id)


def _edit(form: PositionForm, position_id: int | None) -> ResponseReturnValue:
    form.organ_type.choices = organ_choices()
    if form.validate_on_submit():
        try:
            with transaction():
                name = register.save_position(form.command(position_id), who.actor(), g.now).name
            flash(_("职务“{name}”已保存。", name=name), "good")
            return redirect(url_for(".positions"))
        except DomainError as refusal:
            form.refuse(refusal, "name" if refusal.code == "position_taken" else "")
    return render_template("officer/position_edit.html", form=form, is_new=position_id is None)


@bp.post("/positions/complete")
@allow(Role.OFFICER)
def positions_complete() -> ResponseReturnValue:
    """Add the usual posts that the table lacks."""
    with transaction():
        posted(Form)
        count = register.complete_positions(who.committee_id(), who.actor(), g.now)
    flash(_("已补入 {count} 个常用职务。", count=count) if count else _("常用职务都已在表中。"), "good")
    return redirect(url_for(".positions"))
