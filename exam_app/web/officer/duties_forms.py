"""web.officer.duties_forms — forms of supervision: planning, one step on one day, opinions, ballots."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exam_app.base.i18n import gettext as _
from exam_app.meetings.models import Meeting
from exam_app.supervision.assessing import RecordAssessment
from exam_app.supervision.models import Assessment
from exam_app.supervision.service import OPINIONS_LENGTH, REASON_LENGTH
from exam_app.supervision.states import DutyMode
from exam_app.texts.meetings import label
from exam_app.texts.supervision import MODES
from exam_app.web.acts import Numbers
from exam_app.web.forms import Form

MOST_MEMBERS = 999
BALLOTS = [InputRequired(), NumberRange(min=0, max=MOST_MEMBERS)]
PEOPLE = [InputRequired(), NumberRange(min=1, max=MOST_MEMBERS)]
MODE_CHOICES = [SelectChoice(mode.value, _(words)) for mode, words in MODES.items()]


class ArrangeForm(Form):
    """Mode and day of reports; a meeting brings its own day."""

    mode = RadioField(_("报告方式"), choices=MODE_CHOICES, default=DutyMode.WRITTEN.value)
    meeting = SelectField(
        _("常委会会议"), choices=[], default="", description=_("口头报告须选择会议，日期随会议；书面报告可以不选。")
    )
    reports_on = DateField(_("报告日期"), [Optional()], description=_("选了会议就不用填。初稿、定稿的期限由它推算。"))

    def offer(self, meetings: Iterable[tuple[Meeting, int]]) -> None:
        """Fill in the meetings to choose from."""
        held = [(str(one.id), f"{label(one, term)}（{one.held_on.isoformat()}）") for one, term in meetings]
        self.meeting.choices = [("", _("还没有定")), *held]

    def arranged(self) -> dict[str, Any]:
        """Return what was chosen, as the services take it."""
        return {
            "mode": DutyMode(self.mode.data),
            "meeting_id": int(self.meeting.data) if self.meeting.data else None,
            "reports_on": self.reports_on.data,
        }


class PlanForm(ArrangeForm):
    """Who reports in a year."""

    year = IntegerField(_("年度"), [InputRequired(), NumberRange(min=2000, max=2100)])
    item = Numbers(_("所选人员"), default=list)


class StepAct(Form):
    """A step that was taken on a day; for some a reason."""

    day = DateField(_("日期"), [InputRequired(message=_("请选择日期。"))])
    reason = StringField(_("原因"), [Length(max=REASON_LENGTH)], default="")


class NotifyAct(StepAct):
    """Whom a notice went to."""

    duty = Numbers(_("所选人员"), default=list)


class DropAct(Form):
    """Why nobody waits for the report any longer."""

    reason = StringField(_("原因"), [Length(max=REASON_LENGTH)], default="")


class OpinionsAct(Form):
    """What the members said."""

    opinions = TextAreaField(
        _("审议意见"),
        [InputRequired(), Length(max=OPINIONS_LENGTH)],
        description=_("每条意见一行，原样写入反馈意见函。"),
        render_kw={"rows": 6},
    )


class IssueAct(Form):
    """The digest of the paper that was looked at, and the number it goes out under."""

    digest = StringField(_("校验码"), [InputRequired(), Length(max=64)])
    number = StringField(_("文号"), [Length(max=60)], default="")


class BallotsForm(Form):
    """What was counted; the fields of the grades come from the scheme."""

    assessed_on = DateField(_("测评日期"), [InputRequired(message=_("请选择日期。"))])
    members_total = IntegerField(_("全体组成人员"), PEOPLE)
    present = IntegerField(_("出席"), PEOPLE)
    abstain = IntegerField(_("弃权"), BALLOTS, default=0)
    invalid = IntegerField(_("无效（未选或多选）"), BALLOTS, default=0)

    def grade_fields(self) -> list[IntegerField]:
        """Return the fields of the grades, best first."""
        return [field for name, field in self._fields.items() if name.startswith("grade_")]

    def command(self, duty_id: int, committee_id: int) -> RecordAssessment:
        """Return what was counted."""
        return RecordAssessment(
            committee_id=committee_id,
            duty_id=duty_id,
            assessed_on=self.assessed_on.data,
            counts={field.label.text: field.data for field in self.grade_fields()},
            abstain=self.abstain.data,
            invalid=self.invalid.data,
            members_total=self.members_total.data,
            present=self.present.data,
            reason=self.reason.data if "reason" in self else "",
        )


def ballots_form(grades: Sequence[str], values: dict[str, Any], corrects: bool = False) -> BallotsForm:
    """Return the form with a field for each grade, and one for the reason if it corrects what was written down."""
    fields = {f"grade_{place}": IntegerField(grade, BALLOTS) for place, grade in enumerate(grades)}
    if corrects:
        fields["reason"] = StringField(_("更正原因"), [InputRequired(), Length(max=REASON_LENGTH)])
    form: BallotsForm = type("BallotsOfScheme", (BallotsForm,), fields)(**values)
    return form


def written_down(found: Assessment, grades: Sequence[str]) -> dict[str, Any]:
    """Return what an assessment holds, as values of its form."""
    counts = {f"grade_{place}": found.counts.get(grade, 0) for place, grade in enumerate(grades)}
    return {
        **counts,
        "assessed_on": found.assessed_on,
        "members_total": found.members_total,
        "present": found.present,
        "abstain": found.abstain,
        "invalid": found.invalid,
    }


def not_yet(day: date, meeting: Meeting | None) -> dict[str, Any]:
    """Return what is known before anything is counted: the meeting's day and attendance."""
    values: dict[str, Any] = {"assessed_on": day}
    if meeting is not None and meeting.present is not None:
        values |= {"members_total": meeting.members_total, "present": meeting.present}
    return values
