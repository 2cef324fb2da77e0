"""web.officer.item_correct — 更正事项: another post, form, organ or position for an item before its vote."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from exam_app.appointments import queries
from exam_app.appointments.models import Item
from exam_app.appointments.states import UNDECIDED
from exam_app.appointments.states import Form as AppointmentForm
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.submissions import service
from exam_app.submissions.queries import objections_of
from exam_app.submissions.service import CorrectItem
from exam_app.web import who
from exam_app.web.forms import Form
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.item_forms import form_choices, organ_choices
from exam_app.web.officer.objection_words import told
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS, OrganType

FACTS = ("continues_in_post", "lateral_move", "legally_qualified")


class CorrectForm(Form):
    """What the item says from now on."""

    form = SelectField(_("任免方式"), [InputRequired()], choices=[])
    organ_type = SelectField(_("机关"), [InputRequired()], choices=[])
    post = StringField(_("职务"), [InputRequired(), Length(max=120)], description=_("写全称，文书上照此印出。"))
    position = SelectField(
        _("职务类别"), choices=[], default="", description=_("决定提名人、任免方式和是否考试的核对依据。")
    )
    unit = StringField(_("现单位"), [Optional(), Length(max=120)], description=_("同时更新人员信息。"))
    present = StringField(_("现任职务"), [Optional(), Length(max=120)])
    reason = TextAreaField(_("任免理由"), [Optional(), Length(max=300)], render_kw={"rows": 2})
    continues_in_post = BooleanField(_("换届后继续担任同一职务"))
    lateral_move = BooleanField(_("平级调动"))
    legally_qualified = BooleanField(_("具有法律职业资格"))

    def offer(self, committee_id: int) -> None:
        """Fill in what can be chosen."""
        self.form.choices, self.organ_type.choices = form_choices(), organ_choices()
        positions = queries.list_positions(committee_id)
        named = [(str(one.id), f"{_(ORGAN_LABELS[one.organ_type])} · {one.name}") for one in positions]
        self.position.choices = [("", _("职务表中没有")), *named]

    def command(self, item_id: int) -> CorrectItem:
        """Return what is to be corrected."""
        return CorrectItem(
            item_id=item_id,
            committee_id=who.committee_id(),
            post=self.post.data or "",
            form=AppointmentForm(self.form.data),
            organ_type=OrganType(self.organ_type.data),
            position_id=int(self.position.data) if self.position.data else None,
            reason=self.reason.data or "",
            continues_in_post=self.continues_in_post.data,
            lateral_move=self.lateral_move.data,
            legally_qualified=self.legally_qualified.data,
            unit=self.unit.data or "",
            present=self.present.data or "",
        )


@bp.route("/items/<int:item_id>/correct", methods=["GET", "POST"])
@allow(Role.OFFICER)
def item_correct(item_id: int) -> ResponseReturnValue:
    """Correct an item; the track, the exam requirement and every open document follow."""
    item, bill = queries.get_item(item_id, who.committee_id())
    person = queries.item_row(item_id).person
    form = _form(item, person)
    if form.validate_on_submit():
        try:
            with transaction():
                service.correct_item(form.command(item_id), who.actor(), g.now)
            flash(_("已更正，考试要求已重新判断；原来的内容保存在办理记录中。"), "good")
            return redirect(url_for(".item", item_id=item_id))
        except DomainError as refusal:
            form.refuse(refusal, "post" if refusal.code == "item_twice" else "")
    against = told(objections_of(bill.id, local_date(g.now), [item_id]).get(item_id, []))
    facts = {"item": item, "bill": bill, "person": person, "objections": against, "is_open": item.state in UNDECIDED}
    return render_template("officer/item_correct.html", form=form, **facts)


def _form(item: Item, person: Person) -> CorrectForm:
    form = CorrectForm(
        form=item.form.value,
        organ_type=item.organ_type.value,
        post=item.post,
        position=str(item.position_id or ""),
        unit=person.unit,
        present=person.post,
        reason=item.reason,
        **{name: getattr(item, name) for name in FACTS},
    )
    form.offer(who.committee_id())
    return form
