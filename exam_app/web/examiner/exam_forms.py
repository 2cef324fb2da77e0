"""web.examiner.exam_forms — an exam on one page, and the list of those who sit it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exam_app.base.clock import from_local, local
from exam_app.base.i18n import gettext as _
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam
from exam_app.exams.queries import blueprints_of, rules_of
from exam_app.exams.service import SetUpExam
from exam_app.papers.models import Blueprint
from exam_app.web.forms import Form
from question_bank.kinds import ORGAN_LABELS, OrganType

FRIDAY = 4
MINUTE = "%Y-%m-%dT%H:%M"
RULES = (
    "book_mode",
    "multiple_choice",
    "disclosure",
    "pass_mark",
    "duration_minutes",
    "late_entry_minutes",
    "early_hand_in_minutes",
)
BOOK_MODES = {"closed": "闭卷", "open": "开卷"}
MULTIPLE_CHOICE = {"all_or_nothing": "全对才得分", "half_if_incomplete": "少选且无错选得一半分"}
DISCLOSURES = {"score": "显示分数", "passed_only": "只显示是否合格"}


def _choices(words: Mapping[str, str]) -> dict[str, str]:
    return {value: _(label) for value, label in words.items()}


class ExamForm(Form):
    """When, where, for whom and by which rules."""

    title = StringField(_("考试名称"), [InputRequired(), Length(max=120)])
    opens_at = DateTimeLocalField(_("开始时间"), [InputRequired(message=_("请选择开始时间。"))], format=MINUTE)
    closes_at = DateTimeLocalField(_("结束时间"), [InputRequired(message=_("请选择结束时间。"))], format=MINUTE)
    duration_minutes = IntegerField(_("考试时长"), [InputRequired(), NumberRange(min=5, max=480)])
    place = StringField(_("考试地点"), [Optional(), Length(max=120)])
    congress = SelectField(_(ORGAN_LABELS[OrganType.CONGRESS]))
    government = SelectField(_(ORGAN_LABELS[OrganType.GOVERNMENT]))
    supervision = SelectField(_(ORGAN_LABELS[OrganType.SUPERVISION]))
    court = SelectField(_(ORGAN_LABELS[OrganType.COURT]))
    procuratorate = SelectField(_(ORGAN_LABELS[OrganType.PROCURATORATE]))
    book_mode = RadioField(_("考试方式"), [InputRequired()], choices=_choices(BOOK_MODES))
    pass_mark = IntegerField(_("合格线"), [InputRequired(), NumberRange(min=1, max=1000)])
    multiple_choice = RadioField(_("多选题计分"), [InputRequired()], choices=_choices(MULTIPLE_CHOICE))
    disclosure = RadioField(_("向考生公布"), [InputRequired()], choices=_choices(DISCLOSURES))
    late_entry_minutes = IntegerField(_("开考后多久不得入场"), [InputRequired(), NumberRange(min=0, max=480)])
    early_hand_in_minutes = IntegerField(_("开考后多久方可交卷"), [InputRequired(), NumberRange(min=0, max=480)])

    def offer(self, ready: Mapping[OrganType, Sequence[Blueprint]]) -> None:
        """Let each organ choose among its ready blueprints."""
        for organ in OrganType:
            named = {str(each.id): each.name for each in ready[organ]}
            self[organ.value].choices = {"": _("本场没有此类人员"), **named}

    def command(self, committee_id: int, rules: LocalRules, makeup_of_id: int | None) -> SetUpExam:
        """Return what the form asks for; rules that it does not show stay as they are."""
        chosen = {organ: self[organ.value].data for organ in OrganType}
        return SetUpExam(
            committee_id=committee_id,
            title=self.title.data,
            place=self.place.data or "",
            opens_at=from_local(self.opens_at.data),
            closes_at=from_local(self.closes_at.data),
            rules=replace(rules, **{name: self[name].data for name in RULES}),
            blueprints={organ: int(value) for organ, value in chosen.items() if value},
            makeup_of_id=makeup_of_id,
        )


class RosterForm(Form):
    """A list of people, pasted or as a file."""

    text = TextAreaField(
        _("粘贴名单"),
        [Optional()],
        description=_("从 Excel、Word 复制后粘贴。一行一人：姓名、单位、职务、机关、电话；有表头时列序不限。"),
        render_kw={"rows": 10, "spellcheck": "false"},
    )
    file = FileField(_("或上传文件"), description=_("Excel（.xlsx）或 Word（.docx）中的表格。"))


def shown_rules(rules: LocalRules) -> dict[str, Any]:
    """Return the rules as the form shows them."""
    return {name: getattr(rules, name) for name in RULES}


def new_values(rules: LocalRules, now: datetime, ready: Mapping[OrganType, Sequence[Blueprint]]) -> dict[str, Any]:
    """Return what a new exam begins with: the first working day that leaves the notice, nine in the morning."""
    day = local(now) + timedelta(days=rules.notice_days + 1)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    opens = day.replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)
    chosen = {organ.value: str(blueprints[0].id) for organ, blueprints in ready.items() if blueprints}
    title = f"{opens.year}年{rules.exam_title}"
    times = {"opens_at": opens, "closes_at": opens + timedelta(minutes=rules.duration_minutes)}
    return {**shown_rules(rules), **times, **chosen, "title": title}


def old_values(exam: Exam) -> dict[str, Any]:
    """Return what the form shows for an exam that is being set up."""
    return {
        **shown_rules(rules_of(exam)),
        **{organ.value: str(blueprint_id) for organ, blueprint_id in blueprints_of(exam.id).items()},
        "title": exam.title,
        "place": exam.place,
        "opens_at": local(exam.opens_at).replace(tzinfo=None),
        "closes_at": local(exam.closes_at).replace(tzinfo=None),
    }


def makeup_values(first: Exam, fresh: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a make-up exam begins with: everything of the first one but its times."""
    title = _("{title}补考", title=first.title[:110])
    times = {name: fresh[name] for name in ("opens_at", "closes_at")}
    return {**old_values(first), **times, "title": title}
