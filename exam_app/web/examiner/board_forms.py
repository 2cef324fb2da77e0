"""web.examiner.board_forms — what the invigilator fills in for a seat."""

from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from exam_app.base.i18n import gettext as _
from exam_app.exams.states import Absence
from exam_app.web.forms import Form


class ExtraTimeForm(Form):
    """How much more time, and why."""

    minutes = IntegerField(
        _("延长分钟数"), [InputRequired(), NumberRange(1, 60)], description=_("1 至 60 分钟，可以再次延长。")
    )
    extra_reason = StringField(
        _("延长原因"), [InputRequired(), Length(max=200)], description=_("如：更换电脑、停电、身体原因。")
    )


class AbsenceForm(Form):
    """How an absence counts, and why."""

    absence = RadioField(
        _("缺考登记"),
        [InputRequired()],
        choices=[
            SelectChoice(Absence.EXCUSED.value, _("因故缺考（可另行安排考试）")),
            SelectChoice(Absence.UNEXCUSED.value, _("无故缺考")),
            SelectChoice(Absence.NONE.value, _("撤销缺考登记")),
        ],
    )
    reason = StringField(_("缺考原因"), [Length(max=200)], description=_("登记缺考时必填。"))
