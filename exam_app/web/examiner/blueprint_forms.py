"""web.examiner.blueprint_forms — a blueprint as a form: for each kind of question its marks and a few rows."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wtforms import (
    DecimalField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from exam_app.base.i18n import gettext as _
from exam_app.papers.rules import CellPlan, SectionPlan, usual_sections
from exam_app.web.forms import Form
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, Kind, OrganType, Part

KINDS = tuple(kind for kind in Kind if kind.is_objective)
PARTS = {part.value: _(label) for part, label in PART_LABELS.items()}
SPARE_ROWS, MOST_ROWS = 1, 20
LEVELS = {level: str(level) for level in range(1, 6)}
ORGANS = {organ.value: _(label) for organ, label in ORGAN_LABELS.items()}


class CellForm(PlainForm):  # type: ignore[misc]
    """So many questions of one sort; a row without a number asks for nothing."""

    count = IntegerField(_("题数"), [Optional(), NumberRange(min=0, max=300)], render_kw={"inputmode": "numeric"})
    part = SelectField(_("部分"), choices=PARTS, default=Part.COMMON.value)
    law = SelectField(_("法律"), default="")
    low = SelectField(_("难度从"), choices=LEVELS, coerce=int, default=1)
    high = SelectField(_("难度到"), choices=LEVELS, coerce=int, default=5)

    def validate_high(self, field: Field) -> None:
        """The range of difficulty must not run backwards."""
        if field.data < self.low.data:
            raise ValidationError(_("难度范围应从低到高。"))


class KindForm(PlainForm):  # type: ignore[misc]
    """The section of one kind."""

    marks = DecimalField(
        _("每题分值"), [InputRequired(), NumberRange(min=Decimal("0.01"), max=100)], default=2, places=None
    )
    cells = FieldList(FormField(CellForm), max_entries=MOST_ROWS)


class BlueprintForm(Form):
    """A blueprint: name, organ, full marks, and a section a kind."""

    name = StringField(_("方案名称"), [InputRequired(), Length(max=80)])
    organ_type = SelectField(_("适用机关"), [InputRequired()], choices=ORGANS)
    full_marks = DecimalField(_("满分"), [InputRequired(), NumberRange(min=1, max=1000)], default=100, places=None)
    single = FormField(KindForm, _(KIND_LABELS[Kind.SINGLE]))
    multiple = FormField(KindForm, _(KIND_LABELS[Kind.MULTIPLE]))
    true_false = FormField(KindForm, _(KIND_LABELS[Kind.TRUE_FALSE]))

    def offer(self, laws: Mapping[str, str], *, more: bool = False) -> None:
        """Give every row the laws to choose from, and each kind spare rows."""
        choices = {"": _("不限"), **laws}
        for kind in KINDS:
            cells = self[kind.value].form.cells
            filled = sum(bool(cell.form.count.data) for cell in cells)
            wanted = min(MOST_ROWS, max(len(cells) + (2 if more else 0), filled + SPARE_ROWS))
            while len(cells) < wanted:
                cells.append_entry()
            for cell in cells:
                cell.form.law.choices = choices

    def sections(self) -> tuple[SectionPlan, ...]:
        """Return the plan that the form asks for; kinds without questions are left out."""
        plans = [SectionPlan(kind=kind, marks_each=self[kind.value].form.marks.data, cells=self._cells(kind))
                 for kind in KINDS]  # fmt: skip
        return tuple(plan for plan in plans if plan.cells)

    def _cells(self, kind: Kind) -> tuple[CellPlan, ...]:
        return tuple(
            CellPlan(
                count=cell.form.count.data,
                part=Part(cell.form.part.data),
                law_slug=cell.form.law.data,
                difficulty_from=cell.form.low.data,
                difficulty_to=cell.form.high.data,
            )
            for cell in self[kind.value].form.cells
            if cell.form.count.data
        )


class QuickForm(Form):
    """Blueprints of the usual paper for the organs ticked."""

    organs = SelectMultipleField(
        _("为哪些机关生成"),
        [InputRequired(message=_("请至少勾选一类机关。"))],
        choices=ORGANS,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


def form_values(name: str, organ: OrganType, full_marks: Decimal, sections: Iterable[SectionPlan]) -> dict[str, Any]:
    """Return what a form shows for a plan."""
    values: dict[str, Any] = {"name": name, "organ_type": organ.value, "full_marks": _tidy(full_marks)}
    for section in sections:
        values[section.kind.value] = {
            "marks": _tidy(section.marks_each),
            "cells": [
                {
                    "count": cell.count,
                    "part": cell.part.value,
                    "law": cell.law_slug,
                    "low": cell.difficulty_from,
                    "high": cell.difficulty_to,
                }
                for cell in section.cells
            ],
        }
    return values


def usual_values(organ: OrganType) -> Mapping[str, Any]:
    """Return what a form shows for a new blueprint: the usual paper."""
    return form_values("", organ, Decimal(100), usual_sections())


def _tidy(value: Decimal) -> Decimal:
    """Return the value without idle zeros, as people write it."""
    return Decimal(f"{value.normalize():f}")
