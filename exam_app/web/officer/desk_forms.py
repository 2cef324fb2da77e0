"""web.officer.desk_forms — forms of the meeting desk: agenda, attendance, decisions, reports, closing, office."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exam_app.appointments.states import DirectorsOutcome
from exam_app.base.i18n import gettext as _
from exam_app.meetings.states import MeetingKind, MemberOffice
from exam_app.people.models import Person
from exam_app.texts.meetings import KINDS, OFFICES
from exam_app.texts.proceedings import OATH_FORMS, ORGANIZERS, REPORT_MODES
from exam_app.web.acts import ItemsAct
from exam_app.web.forms import Form

DECISIONS = {
    DirectorsOutcome.SUBMIT: _("同意提请常委会会议"),
    DirectorsOutcome.HOLD: _("暂缓"),
    DirectorsOutcome.DEFER: _("暂不付表决"),
    DirectorsOutcome.CONSENT_TO_WITHDRAW: _("同意撤回"),
}
OVERRIDE = _("考试未通过，同意继续提请")


def choices(words: Mapping[Any, str]) -> list[SelectChoice]:
    """Return the words of a closed list as what a field offers."""
    return [SelectChoice(one.value, _(label)) for one, label in words.items()]


def outcome_words() -> dict[DirectorsOutcome, str]:
    """Return what each decision of a directors' meeting is called."""
    return {**DECISIONS, DirectorsOutcome.OVERRIDE: OVERRIDE}


class MeetingForm(Form):
    """A meeting that is planned or was held."""

    kind = RadioField(
        _("会议"),
        choices=choices(KINDS),
        default=MeetingKind.STANDING_COMMITTEE.value,
    )
    number = IntegerField(_("第几次"), [InputRequired(), NumberRange(min=1, max=999)], description=_("本届内的次数。"))
    held_on = DateField(
        _("日期"), [InputRequired(message=_("请选择日期。"))], description=_("还没有召开的，填计划召开的日期。")
    )
    place = StringField(_("地点"), [Optional(), Length(max=80)])
    chair = StringField(_("主持人"), [Optional(), Length(max=60)])


class ChangeMeetingForm(Form):
    """What may still change while a meeting is planned."""

    number = IntegerField(_("第几次"), [InputRequired(), NumberRange(min=1, max=999)], description=_("本届内的次数。"))
    held_on = DateField(_("日期"), [InputRequired(message=_("请选择日期。"))])
    place = StringField(_("地点"), [Optional(), Length(max=80)])
    chair = StringField(_("主持人"), [Optional(), Length(max=60)])


class SeatForm(Form):
    """A person takes a seat on the standing committee."""

    name = StringField(_("姓名"), [InputRequired(), Length(max=60)], render_kw={"autocomplete": "off"})
    choice = RadioField(_("已登记有同名人员，是其中哪一位？"), [Optional()], choices=[], validate_choice=False)
    unit = StringField(_("单位"), [Optional(), Length(max=120)])
    present_post = StringField(_("职务"), [Optional(), Length(max=120)])
    office = SelectField(
        _("在常委会的职务"),
        choices=choices(OFFICES),
        default=MemberOffice.MEMBER.value,
    )
    began_on = DateField(_("任职日期"), [InputRequired(message=_("请选择日期。"))])

    def ask_who(self, known: Sequence[Person], new: str) -> None:
        """Let the officer say which person of that name is meant."""
        asked = [SelectChoice(str(one.id), f"{one.name}，{one.unit or _('单位未登记')} {one.post}") for one in known]
        self.choice.choices = [*asked, SelectChoice(new, _("都不是，新登记一人"))]


class EndSeatAct(Form):
    """The day on which a seat ends."""

    ended_on = DateField(_("离任日期"), [InputRequired(message=_("请选择日期。"))])


class AttendanceForm(Form):
    """Who is there."""

    members_total = IntegerField(_("应到（全体组成人员）"), [InputRequired(), NumberRange(min=1, max=9999)])
    present = IntegerField(_("实到"), [InputRequired(), NumberRange(min=0, max=9999)])


class TopicAct(Form):
    """A line of the agenda that is no appointment item."""

    title = StringField(_("议题"), [InputRequired(), Length(max=160)])


class MoveAct(Form):
    """A line of the agenda goes to a place, counted from 1."""

    position = IntegerField(_("位置"), [InputRequired(), NumberRange(min=1, max=99999)])


class ReorderAct(ItemsAct):
    """Items go to a place, one goes up or down, or all stand in the usual order."""

    position = IntegerField(_("位置"), [Optional(), NumberRange(min=1, max=99999)])
    up = IntegerField(_("上移"), [Optional()])
    down = IntegerField(_("下移"), [Optional()])
    usual = BooleanField(_("通常次序"))

    def arranged(self, ids: Sequence[int]) -> list[int]:
        """Return the ids in the order that was asked for."""
        if self.up.data or self.down.data:
            chosen, step = (self.up.data, -1) if self.up.data else (self.down.data, 1)
            return _put(ids, [chosen], ids.index(chosen) + step) if chosen in ids else list(ids)
        chosen_ids = [one for one in ids if one in set(self.item.data)]
        return _put(ids, chosen_ids, (self.position.data or 1) - 1)


def _put(ids: Sequence[int], chosen: Sequence[int], place: int) -> list[int]:
    others = [one for one in ids if one not in set(chosen)]
    at = min(max(place, 0), len(others))
    return [*others[:at], *chosen, *others[at:]]


class TakeOffAct(ItemsAct):
    """Items leave the agenda; why is for the room to ask."""

    reason = StringField(_("原因"), [Length(max=300)], default="")


class DecideAct(ItemsAct):
    """What the directors' meeting decides about the items."""

    outcome = SelectField(_("决定"), choices=choices(DECISIONS))
    reason = StringField(_("理由"), [Length(max=300)], default="")


class ReportAct(ItemsAct):
    """How the nominees reported."""

    mode = SelectField(_("方式"), choices=choices(REPORT_MODES))


class LettersAct(ItemsAct):
    """The day that stands on the letters."""

    issued_on = DateField(_("颁发日期"), [InputRequired(message=_("请选择日期。"))])


class OathsAct(ItemsAct):
    """Who swears, when, how, and after whom."""

    sworn_on = DateField(_("宣誓日期"), [InputRequired(message=_("请选择日期。"))])
    organizer = SelectField(_("组织"), choices=choices(ORGANIZERS))
    form = SelectField(_("方式"), choices=choices(OATH_FORMS))
    lead = IntegerField(_("领誓人"), [Optional()])


class WithdrawAct(Form):
    """Why the nominator withdraws, and which directors' meeting consents now, if one does."""

    reason = StringField(_("撤回原因"), [Length(max=300)], default="")
    meeting = IntegerField(_("同意撤回的主任会议"), [Optional()])


class ItemDecisionAct(Form):
    """What a directors' meeting decided about one item, whether or not it was on its agenda."""

    meeting = IntegerField(_("主任会议"), [InputRequired()])
    outcome = SelectField(_("决定"), choices=choices(DECISIONS))
    reason = StringField(_("理由"), [Length(max=300)], default="")


class EndOfficeAct(Form):
    """When and why an appointee leaves office without a vote."""

    ended_on = DateField(_("离任日期"), [InputRequired(message=_("请选择日期。"))])
    because = StringField(_("原因"), [InputRequired(), Length(max=200)])
