"""web.officer.attachments_forms — forms of papers, correction notices and answers to objections."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from exam_app.appointments.states import Form as AppointmentForm
from exam_app.base.i18n import gettext as _
from exam_app.submissions.papers import Papers
from exam_app.submissions.states import AttachmentKind, Objection, offered
from exam_app.texts.submissions import KINDS, OBJECTIONS
from exam_app.web.acts import HIGHEST_ID, Numbers
from exam_app.web.forms import Form


class PaperKeys(Field):  # type: ignore[misc]
    """Papers that were ticked: `12:resume` of an item, `:bill` of the bill itself."""

    widget = TextInput()

    def process_formdata(self, values: list[str]) -> None:
        """Read the keys; anything else is refused."""
        self.data: Papers = tuple(_key(value) for value in values)


def _key(value: str) -> tuple[int | None, AttachmentKind]:
    number, _colon, kind = value.partition(":")
    is_id = number.isascii() and number.isdigit() and int(number) <= HIGHEST_ID
    if kind not in set(AttachmentKind) or not (is_id or not number):
        raise ValueError(_("所选的材料不对。"))
    return (int(number) if number else None), AttachmentKind(kind)


class PapersAct(Form):
    """What is said about the ticked papers."""

    paper = PaperKeys(_("所选材料"), default=())
    received_on = DateField(_("收到日期"), [Optional()])
    reason = StringField(_("理由"), [Length(max=200)], default="")


class PaperForm(Form):
    """A file handed in for one paper."""

    kind = SelectField(_("材料"), [InputRequired()], choices=[])
    received_on = DateField(_("收到日期"), [InputRequired(message=_("请选择日期。"))])
    file = FileField(
        _("文件"),
        [FileRequired(message=_("请选择文件。"))],
        description=_("只收 PDF、Word（.docx）和 JPG；只作保存，不在系统中打开。"),
    )

    def offer(self, form: AppointmentForm | None) -> None:
        """Fill in which papers the item, or the bill itself, may have."""
        self.kind.choices = [(kind.value, _(KINDS[kind])) for kind in offered(form)]


class AnswerAct(Form):
    """Why an item may stand although something speaks against it."""

    objection = SelectField(
        _("疑点"),
        [InputRequired()],
        choices=[SelectChoice(one.value, _(title)) for one, (title, _text) in OBJECTIONS.items()],
    )
    reason = StringField(_("说明"), [Length(max=1000)], default="")

    def which(self) -> Objection:
        """Return the objection that is answered."""
        return Objection(self.objection.data)


class NominatorAct(Form):
    """Who nominated, corrected."""

    nominator = StringField(_("提名人"), [InputRequired(), Length(max=40)])


class CorrectionForm(Form):
    """What the submitting organ is asked for, about which items, by when."""

    item = Numbers(_("任免事项"), default=list)
    what = TextAreaField(
        _("需要补正的内容"),
        [InputRequired(), Length(max=1000)],
        description=_("已按缺少的材料和疑点填好，请核对修改；一行一条。"),
        render_kw={"rows": 10},
    )
    due_on = DateField(_("补正期限"), [InputRequired(message=_("请选择日期。"))])
    chosen = HiddenField(default="")

    def ticked(self) -> frozenset[int]:
        """Return the ids of the ticked items."""
        return frozenset(self.item.data or ())


def choices_of(nominators: Sequence[str], held: str) -> list[tuple[str, Any]]:
    """Return the nominators to choose from; the one on record is set."""
    return [(one, one == held) for one in nominators]
