"""web.admin.table_form — the decision table as a form: lines with ticked conditions, moved, added, checked in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wtforms import DateField, FieldList, FormField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from exam_app.base.i18n import gettext as _
from exam_app.committees.decision_table import (
    BASIS_LENGTH,
    FACTS,
    MOST_LINES,
    RULE_LENGTH,
    Line,
    findings,
    gaps,
    line_of,
)
from exam_app.committees.table_words import (
    FACT_WORDS,
    OUTCOME_WORDS,
    rule_name,
    rule_of,
    say_conditions,
)
from exam_app.web.forms import Form

UP, DOWN, DELETE, ADD, CHECK, SAVE = "up", "down", "delete", "add", "check", "save"
NEW_LINE: Mapping[str, Any] = {"rule": "", "basis": "", "outcome": "required"}


class LineForm(Form):
    """One line; a fact of which nothing is ticked may have any value."""

    class Meta(Form.Meta):
        """The table carries the token for all its lines."""

        csrf = False

    outcome = SelectField(_("结论"), choices=[SelectChoice(one, _(words)) for one, words in OUTCOME_WORDS.items()])
    rule = StringField(
        _("理由"), [InputRequired(), Length(max=RULE_LENGTH)], description=_("写在初审报告上，不超过 40 字。")
    )
    basis = StringField(
        _("依据"), [Length(max=BASIS_LENGTH)], description=_("规则名称和条款，如“某市考试办法第五条”。")
    )

    def line(self) -> Line:
        """Return the line as it was typed; a reason still to be written does not keep it from being checked."""
        when = {fact: self[f"on_{fact}"].data or () for fact in FACTS}
        rule, basis = (self.rule.data or "").strip()[:RULE_LENGTH], (self.basis.data or "").strip()[:BASIS_LENGTH]
        return line_of(self.outcome.data or "", rule_of(rule or _("理由待填写")), basis, when)

    def conditions(self) -> list[Any]:
        """Return the fields that hold the conditions."""
        return [self[f"on_{fact}"] for fact in FACTS]


for _fact, (_label, _values) in FACT_WORDS.items():
    _choices = [SelectChoice(value, _(words)) for value, words in _values.items()]
    _ticks = SelectMultipleField(
        _(_label), choices=_choices, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    setattr(LineForm, f"on_{_fact}", _ticks)


class TableForm(Form):
    """The whole table, and from when on what basis it is to hold; `do` is the button that was pressed."""

    do = StringField(default=CHECK)
    valid_from = DateField(_("施行日期"), [InputRequired()])
    basis = StringField(
        _("通过的会议或文件"), [InputRequired(), Length(max=200)], description=_("如“2026年3月1日第10次主任会议通过”。")
    )
    lines = FieldList(FormField(LineForm), max_entries=MOST_LINES)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every line can be read and there is one; a table without lines would mean the switches."""
        is_valid: bool = super().validate(extra_validators)
        if not self.lines.entries:
            self.form_errors.append(_("决定表至少要有一行。要改回按开关判断，请在“登记新规则”中选择。"))
        return is_valid and bool(self.lines.entries)


@dataclass(frozen=True)
class Remarks:
    """What the check says: of the table as a whole, and of single lines by their place from 1."""

    open_: list[str] = field(default_factory=list)
    lines: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def typed_table(table: Sequence[Line], valid_from: date, basis: str = "") -> dict[str, Any]:
    """Return a table as the form shows it."""
    return {"valid_from": valid_from, "basis": basis, "lines": [_typed_line(line) for line in table]}


def _typed_line(line: Line) -> dict[str, Any]:
    conditions = {f"on_{fact}": sorted(line.names(fact)) for fact in FACTS}
    return {"outcome": line.outcome, "rule": rule_name(line.rule), "basis": line.basis, **conditions}


def rearranged(form: TableForm) -> TableForm:
    """Return the form with a line moved, deleted or added, as its button says; anything else leaves it as it is."""
    rows = [dict(entry.data) for entry in form.lines.entries]
    what, _dash, place = (form.do.data or "").partition("-")
    at = int(place) - 1 if place.isascii() and place.isdigit() and 1 <= int(place[:4]) <= len(rows) else -1
    if what == ADD and len(rows) < MOST_LINES:
        rows.append(dict(NEW_LINE))
    elif what == DELETE and at >= 0:
        rows.pop(at)
    elif what in (UP, DOWN) and at >= 0:
        row = rows.pop(at)
        rows.insert(max(0, at - 1) if what == UP else at + 1, row)
    data = {"valid_from": form.valid_from.data, "basis": form.basis.data, "lines": rows}
    return TableForm(formdata=None, data=data)


def lines_of(form: TableForm) -> tuple[Line, ...]:
    """Return the lines of a form that was found valid."""
    return tuple(entry.form.line() for entry in form.lines.entries)


def remarks_on(table: Sequence[Line]) -> Remarks:
    """Check the table: what it leaves open, and which lines never decide."""
    said = {}
    for finding in findings(table):
        by = "、".join(str(number) for number in finding.by)
        if finding.is_redundant:
            said[finding.line] = ("warn", _("用不到，可以删去：第 {by} 行已经作出相同规定。", by=by))
        elif finding.has_same_conditions:
            said[finding.line] = ("bad", _("与第 {by} 行条件相同、结论不同。", by=by))
        else:
            said[finding.line] = ("bad", _("永远用不到：它的情形已由第 {by} 行作出不同规定。", by=by))
    return Remarks([say_conditions(example) for example in gaps(table)], said)


def said_lines(table: Sequence[Line]) -> list[tuple[str, str, str, str]]:
    """Return the lines in words: conditions, outcome, reason, basis."""
    return [
        (say_conditions(line.when), _(OUTCOME_WORDS[line.outcome]), _(rule_name(line.rule)), line.basis)
        for line in table
    ]
