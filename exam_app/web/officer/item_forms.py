"""web.officer.item_forms — forms of bills and items."""

from collections.abc import Sequence

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from exam_app.appointments.bills import NEW, AddItem, Nominee
from exam_app.appointments.models import Position
from exam_app.appointments.positions import nominator_named, the_fitting
from exam_app.appointments.states import Form as AppointmentForm
from exam_app.base.i18n import gettext as _
from exam_app.intake.placing import NONE
from exam_app.meetings.models import Meeting
from exam_app.people.models import Person
from exam_app.texts.appointments import FORMS
from exam_app.web.forms import Form
from question_bank.kinds import ORGAN_LABELS, OrganType


def form_choices() -> list[tuple[str, str]]:
    """Return the legal forms to choose from."""
    return [(form.value, _(label)) for form, label in FORMS.items()]


def organ_choices() -> list[tuple[str, str]]:
    """Return the kinds of organs to choose from."""
    return [(organ.value, _(label)) for organ, label in ORGAN_LABELS.items()]


class BillForm(Form):
    """A submission as it came in."""

    title = StringField(
        _("名称"), [InputRequired(), Length(max=160)], description=_("如：关于提请任免王强等同志职务的议案。")
    )
    submitting_organ = StringField(_("提请机关"), [InputRequired(), Length(max=80)])
    document_number = StringField(_("文号"), [InputRequired(), Length(max=60)], description=_("如：甲政〔2026〕8号。"))
    nominator = SelectField(
        _("提名人"), choices=[], default="", description=_("依法提名的人或机构，用来核对各项职务由谁提名。")
    )
    received_on = DateField(_("收文日期"), [InputRequired(message=_("请选择日期。"))])

    def offer(self, nominators: Sequence[str]) -> None:
        """Fill in who nominates for the posts of the table."""
        self.nominator.choices = [("", _("按提请机关判断")), *((one, one) for one in nominators)]
        self._nominators = nominators

    def validate_nominator(self, field: SelectField) -> None:
        """Ask where the words of the organ tell of nobody."""
        if not field.data and not nominator_named(self.submitting_organ.data or "", self._nominators):
            raise ValidationError(_("从提请机关看不出由谁提名，请选择。"))


class ItemForm(Form):
    """One person, one post, one form."""

    name = StringField(_("姓名"), [InputRequired(), Length(max=60)], render_kw={"autocomplete": "off"})
    choice = RadioField(_("已登记有同名人员，是其中哪一位？"), [Optional()], choices=[], validate_choice=False)
    unit = StringField(_("现单位"), [Optional(), Length(max=120)])
    present_post = StringField(_("现任职务"), [Optional(), Length(max=120)])
    phone = StringField(
        _("电话"),
        [Optional(), Length(max=20)],
        description=_("用来认出同一个人，加密保存。"),
        render_kw={"inputmode": "tel"},
    )
    form = SelectField(_("任免方式"), [InputRequired()], choices=[])
    organ_type = SelectField(_("机关"), [InputRequired()], choices=[], default=OrganType.GOVERNMENT.value)
    post = StringField(
        _("拟任（免）职务"),
        [InputRequired(), Length(max=120)],
        description=_("写全称，如：甲市财政局局长。证书上照此印出。"),
    )
    position = SelectField(
        _("职务类别"),
        choices=[],
        description=_("核对提名人、任免方式和考试范围的依据；职务表中恰有一项相符时自动认出。"),
        default="",
    )
    continues_in_post = BooleanField(_("换届后继续担任同一职务"))
    lateral_move = BooleanField(_("平级调动"))
    legally_qualified = BooleanField(_("具有法律职业资格"))

    def offer(self, positions: Sequence[Position]) -> None:
        """Fill in what can be chosen."""
        self.form.choices = form_choices()
        self.organ_type.choices = organ_choices()
        named = [(str(one.id), f"{_(ORGAN_LABELS[one.organ_type])} · {one.name}") for one in positions]
        self.position.choices = [("", _("按职务名称识别")), *named, (NONE, _("职务表中没有"))]
        self._positions = positions

    def ask_who(self, known: Sequence[Person]) -> None:
        """Let the officer say which person of that name is meant."""
        asked = [(str(one.id), f"{one.name}，{one.unit or _('单位未登记')} {one.post}") for one in known]
        self.choice.choices = [*asked, (NEW, _("都不是，新登记一人"))]

    def nominee(self) -> Nominee:
        """Return the person as typed."""
        return Nominee(
            name=self.name.data or "",
            unit=self.unit.data or "",
            post=self.present_post.data or "",
            phone=self.phone.data or "",
            choice=self.choice.data or "",
        )

    def command(self, bill_id: int, committee_id: int) -> AddItem:
        """Return what is to be added."""
        return AddItem(
            bill_id=bill_id,
            committee_id=committee_id,
            nominee=self.nominee(),
            organ_type=OrganType(self.organ_type.data),
            post=self.post.data or "",
            form=AppointmentForm(self.form.data),
            position_id=self._position_id(),
            continues_in_post=self.continues_in_post.data,
            lateral_move=self.lateral_move.data,
            legally_qualified=self.legally_qualified.data,
        )

    def _position_id(self) -> int | None:
        if self.position.data == NONE:
            return None
        if self.position.data:
            return int(self.position.data)
        organ, form = OrganType(self.organ_type.data), AppointmentForm(self.form.data)
        found = the_fitting(self.post.data or "", organ, form, self._positions)
        return found.id if found else None


class OverrideForm(Form):
    """What a directors' meeting decided."""

    meeting = SelectField(_("主任会议"), [InputRequired()], choices=[], coerce=int)
    reason = TextAreaField(_("决定和理由"), [InputRequired(), Length(max=300)])

    def offer(self, meetings: Sequence[tuple[Meeting, int]]) -> None:
        """Fill in the meetings to choose from."""
        self.meeting.choices = [
            (
                meeting.id,
                _("第{term}届第{number}次（{day}）", term=term, number=meeting.number, day=meeting.held_on.isoformat()),
            )
            for meeting, term in meetings
        ]
