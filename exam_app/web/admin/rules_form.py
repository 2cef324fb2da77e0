"""web.admin.rules_form — one form for every parameter of the local rules, grouped, with what real places do."""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from exam_app.base.i18n import gettext as _
from exam_app.committees.rules import LIMITS, LocalRules
from exam_app.web.forms import Form

CHOICES: Mapping[str, Mapping[str, str]] = {
    "book_mode": {"closed": "闭卷", "open": "开卷"},
    "multiple_choice": {"all_or_nothing": "全部选对才得分", "half_if_incomplete": "少选且无错选得一半"},
    "gate": {
        "hard": "未通过不得提请表决，主任会议可另作决定",
        "advise": "未通过只提醒，仍可提请表决",
        "report_only": "只报告结果，不影响表决",
    },
    "disclosure": {"score": "本人可看分数", "passed_only": "本人只看是否合格"},
}
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("考试", ("exam_title", "book_mode", "duration_minutes", "full_marks", "pass_mark", "bands", "multiple_choice")),
    (
        "时间与考场",
        (
            "notice_days",
            "check_in_minutes",
            "late_entry_minutes",
            "early_hand_in_minutes",
            "grace_seconds",
            "makeups",
        ),
    ),
    ("结果的效力", ("gate", "disclosure", "valid_within_term", "valid_within_organ")),
    (
        "免考与范围",
        (
            "exempt_passed",
            "exempt_continuing",
            "exempt_lateral_move",
            "qualified_skip_special_part",
            "examine_acting_posts",
            "examine_approved_appointments",
        ),
    ),
    ("任免程序", ("report_label", "steps")),
)
LABELS: Mapping[str, tuple[str, str, str]] = {
    "exam_title": (
        "考试名称",
        "",
        "各地叫法不一：任前法律知识考试、宪法和法律考试、任前法律知识测试等。印在通知、试卷和证书上。",
    ),
    "book_mode": ("考试方式", "", "多数地方闭卷；有的规定一般闭卷，主任会议可以决定开卷。"),
    "duration_minutes": ("考试时长", "分钟", "常见 90 或 120 分钟。每人从自己开始答题起算。"),
    "full_marks": ("满分", "分", "各地均为 100 分。"),
    "pass_mark": ("及格分数", "分", "多数规定 60 分。"),
    "bands": ("等次", "", "每行一个等次和最低分，从高到低，如“优秀 90”。及格线以下一律为不合格。可留空。"),
    "multiple_choice": ("多选题计分", "", "任何一项错选都不得分。"),
    "notice_days": ("提前通知", "天", "有的地方提前 3 天，有的提前 15 天。少于此数时系统提醒，不阻止。"),
    "check_in_minutes": ("提前入场", "分钟", "开考前多久可以凭考试码进入。"),
    "late_entry_minutes": ("迟到限制", "分钟", "开考多久后不得入场；填 0 表示不限。"),
    "early_hand_in_minutes": ("最早交卷", "分钟", "开考多久后才能交卷；填 0 表示不限。"),
    "grace_seconds": ("网络宽限", "秒", "到时后仍接收在途答案的时间，默认 10 秒。更晚到的答案保留备查，不计分。"),
    "makeups": ("补考次数", "次", "多数地方补考一次；仍不及格的建议提请机关撤回提名。"),
    "gate": ("考试与表决", "", "有的地方不及格不得提请审议，有的只向主任会议报告。"),
    "disclosure": ("成绩公开", "", "对考生本人。任何页面都不排名。"),
    "valid_within_term": ("成绩只在本届内有效", "", "有的地方规定考试成绩本届内有效。"),
    "valid_within_organ": (
        "成绩只在同类机关内有效",
        "",
        "有的地方规定在人大、政府、监委、法院、检察院之间转任须重新考试。",
    ),
    "exempt_passed": ("已通过且成绩有效的免考", "", "有的地方规定可以不再参加考试。"),
    "exempt_continuing": ("换届留任原职的免考", "", "有的地方规定换届时继续担任原职务的免考。"),
    "exempt_lateral_move": ("平职调整的免考", "", "有的地方规定平职调整且已通过的免考。"),
    "qualified_skip_special_part": ("具有法律职业资格的免考专业部分", "", "公共法律部分仍须考试。"),
    "examine_acting_posts": ("代理职务须考试", "", "个别地方对代理职务也组织考试。"),
    "examine_approved_appointments": ("批准任命须考试", "", "对须报本级常委会批准任命的职务。"),
    "report_label": ("供职报告的名称", "", "各地叫法：供职报告、拟任职发言、表态发言等。"),
    "steps": ("任免步骤", "", "每行一步，按先后顺序。任免事项页面照此显示。"),
}
BAND = re.compile(r"(\S+?)\s*[:：]?\s*(\d+)\s*分?")


def _field(name: str, default: Any) -> Field:
    label, _unit, words = LABELS[name]
    shared = {"label": _(label), "description": _(words)}
    if name in CHOICES:
        return SelectField(choices=[SelectChoice(key, _(text)) for key, text in CHOICES[name].items()], **shared)
    if name in ("bands", "steps"):
        return TextAreaField(**shared, render_kw={"rows": 9 if name == "steps" else 4})
    if isinstance(default, bool):
        return BooleanField(**shared)
    if isinstance(default, int):
        low, high = LIMITS.get(name, (1, LIMITS["full_marks"][1]))
        return IntegerField(validators=[InputRequired(), NumberRange(min=low, max=high)], **shared)
    return StringField(validators=[InputRequired(), Length(max=60)], **shared)


class RulesForm(Form):
    """The rules that are to hold from a day on."""

    valid_from = DateField(
        _("施行日期"),
        [InputRequired()],
        description=_("从这一天起按新规则办理；已经发布的考试仍按发布时的规则。"),
    )
    basis = StringField(
        _("依据"),
        [InputRequired(), Length(max=200)],
        description=_("通过这些规则的会议或文件，如“2026年3月1日第10次主任会议通过”。"),
    )

    def to_rules(self) -> LocalRules:
        """Return what was typed, to be checked by the room."""
        values = {field.name: self[field.name].data for field in fields(LocalRules)}
        return LocalRules(**{**values, "bands": read_bands(values["bands"]), "steps": read_lines(values["steps"])})


for _one in fields(LocalRules):
    setattr(RulesForm, _one.name, _field(_one.name, _one.default))


def typed(rules: LocalRules, valid_from: date) -> dict[str, Any]:
    """Return the rules as the form shows them."""
    values = {field.name: getattr(rules, field.name) for field in fields(LocalRules)}
    bands = "\n".join(f"{name} {least}" for name, least in rules.bands)
    return {**values, "bands": bands, "steps": "\n".join(rules.steps), "valid_from": valid_from}


def read_lines(text: str | None) -> tuple[str, ...]:
    """Return the lines that hold something."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def read_bands(text: str | None) -> tuple[tuple[str, int], ...]:
    """Return the bands typed one a line; a line that is none keeps an impossible mark, so that it is refused."""
    matches = [(line, BAND.fullmatch(line)) for line in read_lines(text)]
    return tuple((found[1], int(found[2])) if found else (line, -1) for line, found in matches)


def shown(name: str, value: Any) -> str:
    """Return a value of the rules in words."""
    unit = LABELS[name][1]
    if name in CHOICES:
        return _(CHOICES[name][value])
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "bands":
        return "，".join(f"{band} {least}" for band, least in value) or _("不分等次")
    if name == "steps":
        return " → ".join(value)
    return f"{value} {_(unit)}".strip()
