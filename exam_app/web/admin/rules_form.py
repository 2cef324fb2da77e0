"""web.admin.rules_form — one form for every parameter of the local rules, grouped, with what real places do."""

from dataclasses import fields
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from exam_app.base.i18n import gettext as _
from exam_app.committees.decision_table import Line
from exam_app.committees.limits import LIMITS, TEXT_LENGTH
from exam_app.committees.published import DAZU_STEPS, PUBLISHED, Published, find
from exam_app.committees.rules import USUAL_STEPS, LocalRules
from exam_app.web.admin.rules_lines import read_rules, write_out
from exam_app.web.admin.rules_words import CHOICES, LABELS
from exam_app.web.forms import Form

ROWS = {"bands": 4, "steps": 9, "grades": 4, "assessment_lines": 3, "year_groups": 7}
SWITCHES, KEPT = "", "kept"
STEP_SETS = {"usual": USUAL_STEPS, "dazu": DAZU_STEPS}


def _field(name: str, default: Any) -> Field:
    label, _unit, words = LABELS[name]
    shared = {"label": _(label), "description": _(words)}
    if name in CHOICES:
        return SelectField(choices=[SelectChoice(key, _(text)) for key, text in CHOICES[name].items()], **shared)
    if name in ROWS:
        return TextAreaField(**shared, render_kw={"rows": ROWS[name]})
    if name == "requirement_table":
        return SelectField(default=SWITCHES, choices=[SelectChoice(SWITCHES, _("按上面的开关"))], **shared)
    if isinstance(default, bool):
        return BooleanField(**shared)
    if isinstance(default, int):
        low, high = LIMITS.get(name, (1, LIMITS["full_marks"][1]))
        return IntegerField(validators=[InputRequired(), NumberRange(min=low, max=high)], **shared)
    return StringField(validators=[InputRequired(), Length(max=TEXT_LENGTH)], **shared)


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
        description=_("通过这些规则的会议或文件，如“2026年3月1日第10次主任会议通过”。写入给提请机关的函件。"),
    )
    steps_from = SelectField(
        _("选用一套步骤"),
        default="",
        choices=[
            SelectChoice("", _("按下面填写的步骤")),
            SelectChoice("usual", _("通行步骤：提请、初审、法律考试、主任会议、供职报告、表决、任命书、宣誓、监督")),
            SelectChoice("dazu", _("大足“四关”：主任会议关、法律考试关、议案提请关、表态发言关")),
        ],
        description=_("选了一套就以它为准，下面填写的不用。"),
    )

    def offer(self, held: tuple[Line, ...]) -> None:
        """Offer the tables there are: the one that is held, if any, and the published ones."""
        choices = [SelectChoice(SWITCHES, _("按上面的开关"))]
        if held:
            choices.append(SelectChoice(KEPT, _("按现有的决定表（{count} 行）", count=len(held))))
        choices += [SelectChoice(one.place.key, _table_of(one)) for one in PUBLISHED if one.table]
        self.requirement_table.choices = choices

    def to_rules(self, held: tuple[Line, ...]) -> LocalRules:
        """Return what was typed, to be checked by the room."""
        values = read_rules({field.name: self[field.name].data for field in fields(LocalRules)})
        chosen = self.requirement_table.data
        published = find(chosen)
        table = published.table if published else held if chosen == KEPT else ()
        steps = STEP_SETS.get(self.steps_from.data, values["steps"])
        return LocalRules(**{**values, "requirement_table": table, "steps": steps})


for _one in fields(LocalRules):
    setattr(RulesForm, _one.name, _field(_one.name, _one.default))


def _table_of(published: Published) -> str:
    place = published.place
    return _("按{place}的决定表（{year}，{count} 行）", place=place.name, year=place.year, count=len(published.table))


def typed(rules: LocalRules, valid_from: date, table: str | None = None) -> dict[str, Any]:
    """Return the rules as the form shows them; `table`: which of the offered ones, the held one if there is any."""
    values = {field.name: getattr(rules, field.name) for field in fields(LocalRules)}
    chosen = table if table is not None else KEPT if rules.requirement_table else SWITCHES
    return {**values, **write_out(rules), "requirement_table": chosen, "steps_from": "", "valid_from": valid_from}
