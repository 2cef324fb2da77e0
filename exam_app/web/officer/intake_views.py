"""web.officer.intake_views — the preview of a list: rows by what is to be done with them, what each cell offers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from exam_app.appointments.models import Position
from exam_app.appointments.states import Form
from exam_app.base.i18n import gettext as _
from exam_app.intake.placing import EACH, NONE, ONE, Row, Verdict
from exam_app.texts import words_for
from exam_app.texts.appointments import FORMS
from exam_app.texts.intake import doubt_words
from question_bank.kinds import ORGAN_LABELS, OrganType

ALWAYS = ("name", "post", "form", "position")
ASKED: Mapping[str, tuple[str, ...]] = {
    "meaning": ("meaning",),
    "split": ("split",),
    "organ_contradicts": ("organ",),
    "organ_missing": ("organ",),
    "person": ("person", "unit"),
    "post_unsure": ("sure",),
}
FIXED: Mapping[str, tuple[str, ...]] = {
    "phone_invalid": ("phone",),
    "phone_listed_twice": ("phone",),
    "listed_too_long": ("unit", "present"),
}
OPEN_ROWS = 200
"""How many rows show their cells at once; the rest follows when these are settled."""


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview: which of its cells can be changed here, what is asked and what is wrong."""

    row: Row
    cells: frozenset[str]
    questions: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether its cells can be changed here."""
        return bool(self.cells & set(ALWAYS)) or "meaning" in self.cells


@dataclass(frozen=True)
class Shown:
    """The whole preview. `kept`: answers that no visible cell carries on."""

    groups: dict[Verdict, list[ShownRow]]
    kept: dict[str, str]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows each group has."""
        return {verdict: len(rows) for verdict, rows in self.groups.items()}

    @property
    def unsettled(self) -> int:
        """How many rows keep the list from being taken."""
        return len(self.groups[Verdict.WRONG]) + len(self.groups[Verdict.DOUBTFUL])


def show(rows: Sequence[Row], answers: Mapping[str, str], edited: str) -> Shown:
    """Return the rows by groups, the first ones of what is unsettled with their cells open."""
    groups: dict[Verdict, list[ShownRow]] = {verdict: [] for verdict in Verdict}
    left = OPEN_ROWS
    for row in rows:
        is_unsettled = row.verdict in (Verdict.WRONG, Verdict.DOUBTFUL)
        may_open = row.key == edited or (is_unsettled and left > 0)
        left -= may_open
        groups[row.verdict].append(_shown(row, may_open, row.key == edited))
    visible = {f"{cell}-{one.row.key}" for shown in groups.values() for one in shown for cell in one.cells}
    return Shown(groups, {name: value for name, value in answers.items() if name not in visible})


def _shown(row: Row, is_open: bool, is_edited: bool) -> ShownRow:
    cells = _cells(row, is_edited) if is_open and not row.is_left_out else set()
    if is_open or row.is_left_out:
        cells.add("skip")
    if row.has_news and not row.is_left_out:
        cells.add("update")
    return ShownRow(
        row,
        frozenset(cells),
        tuple(doubt_words(doubt) for doubt in row.doubts),
        tuple(words_for(fault) for fault in row.faults),
    )


def _cells(row: Row, is_edited: bool) -> set[str]:
    asked = [ASKED.get(doubt.code, ()) for doubt in row.doubts]
    fixed = [FIXED.get(fault.code, ()) for fault in row.faults]
    cells = {cell for named in (*asked, *fixed) for cell in named}
    if "meaning" not in cells:
        cells.update(ALWAYS)
        cells.update({"person"} if row.choices and not row.twin else ())
    cells.update({"unit", "present", "organ"} if is_edited else ())
    return cells


class Offers:
    """The choices of the selects, written once for the whole page: five hundred rows share them."""

    def __init__(self, positions: Iterable[Position]) -> None:
        listed = list(positions)
        self._positions = {organ: _positions(listed, [organ]) for organ in OrganType}
        self._all_positions = _positions(listed, OrganType)
        self._forms = _options([("", _("请选择")), *((form.value, _(FORMS[form])) for form in Form)])
        self._organs = _options([("", _("请选择")), *((organ.value, _(ORGAN_LABELS[organ])) for organ in OrganType)])
        choices = [("", _("请选择")), (EACH, _("分为多项")), (ONE, _("作为一项"))]
        self._splits = _options(choices)

    def positions(self, row: Row, answers: Mapping[str, str]) -> Markup:
        """Return the positions of the row's organ, or all of them."""
        options = self._positions[row.organ] if row.organ else self._all_positions
        return _chosen(options, answers.get(f"position-{row.key}", ""), row.position.name if row.position else "")

    def forms(self, row: Row, answers: Mapping[str, str]) -> Markup:
        """Return the forms; what was understood stands there until something else is chosen."""
        doubtful = any(doubt.code.startswith("form") for doubt in row.doubts)
        understood = _(FORMS[row.form]) if row.form and not doubtful else ""
        return _chosen(self._forms, answers.get(f"form-{row.key}", ""), understood)

    def organs(self, row: Row, answers: Mapping[str, str]) -> Markup:
        """Return the organs, in the same way."""
        doubtful = any(doubt.code.startswith("organ") for doubt in row.doubts)
        understood = _(ORGAN_LABELS[row.organ]) if row.organ and not doubtful else ""
        return _chosen(self._organs, answers.get(f"organ-{row.key}", ""), understood)

    def splits(self) -> Markup:
        """Return what can be done about several posts in one cell."""
        return Markup(self._splits)  # noqa: S704 - every part was escaped when it was written


def _positions(positions: Sequence[Position], organs: Iterable[OrganType]) -> str:
    groups = []
    for organ in organs:
        own = [(str(one.id), one.name) for one in positions if one.organ_type is organ]
        groups.append(f'<optgroup label="{escape(_(ORGAN_LABELS[organ]))}">{_options(own)}</optgroup>')
    return _options([("", _("请选择"))]) + "".join(groups) + _options([(NONE, _("职务表中没有"))])


def _options(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in pairs)


def _chosen(options: str, value: str, understood: str) -> Markup:
    """Return the options with one of them set: what was chosen, else the empty one with what was understood."""
    if value:
        mark = f'<option value="{escape(value)}"'
        options = options.replace(mark, f"{mark} selected", 1)
    elif understood:
        options = options.replace(f">{escape(_('请选择'))}<", f">{escape(understood)}<", 1)
    return Markup(options)  # noqa: S704 - every part was escaped when it was written
