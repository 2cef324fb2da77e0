"""web.officer.vote_forms — totals of votes as they are typed: row by row, the same for several, a correction."""

from dataclasses import dataclass
from typing import Any

from wtforms import Field, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exam_app.base.i18n import gettext as _
from exam_app.texts.proceedings import METHODS
from exam_app.web.acts import HIGHEST_ID, ItemsAct
from exam_app.web.forms import Form

TALLY = {"yes": _("赞成"), "no": _("反对"), "abstain": _("弃权"), "not_pressed": _("未按")}
MOST = 9999
ONE_BY_ONE, TOGETHER = "one_by_one", "together"


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What was counted about one item."""

    item_id: int
    yes: int
    no: int
    abstain: int
    not_pressed: int


class TotalsByRow(Field):  # type: ignore[misc]
    """The totals of the rows in which anything was typed: `yes-12`, `no-12` …; what was left blank counts as none."""

    def process(self, formdata: Any, *_data: Any, **_filters: Any) -> None:
        """Read all rows at once; the fields carry the item's id in their names."""
        self.process_errors, self.data = [], []
        try:
            self.data = _rows(formdata or {})
        except ValueError:
            self.process_errors.append(_("票数应为不小于零的整数。"))

    def populate_obj(self, obj: Any, name: str) -> None:
        """Set nothing: rows are read, never written to an object."""


def _rows(formdata: Any) -> list[Totals]:
    typed: dict[int, dict[str, int]] = {}
    for key in formdata:
        name, dash, number = key.partition("-")
        words = formdata.get(key, "").strip()
        if dash and name in TALLY and words:
            typed.setdefault(_whole(number, HIGHEST_ID), {})[name] = _whole(words, MOST)
    return [Totals(item_id=number, **{name: row.get(name, 0) for name in TALLY}) for number, row in typed.items()]


def _whole(words: str, most: int) -> int:
    if not (words.isascii() and words.isdigit() and int(words) <= most):
        raise ValueError(words)
    return int(words)


def _method() -> SelectField:
    return SelectField(_("表决方式"), choices=[SelectChoice(one.value, _(words)) for one, words in METHODS.items()])


def _count(label: str) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(min=0, max=MOST, message=_("票数应为不小于零的整数。"))])


class Tally(Form):
    """Four numbers; what is left blank counts as none."""

    yes = _count(_("赞成"))
    no = _count(_("反对"))
    abstain = _count(_("弃权"))
    not_pressed = _count(_("未按"))

    def counted(self) -> dict[str, int]:
        """Return the numbers as the service takes them."""
        return {name: self[name].data or 0 for name in TALLY}


class RowVotesAct(Form):
    """One vote an item, each with totals of its own."""

    method = _method()
    rows = TotalsByRow(_("票数"))


class CommonVoteAct(Tally, ItemsAct):
    """The same totals for several items: one vote on all of them, or one by one with equal results."""

    method = _method()
    how = RadioField(
        _("怎样表决"),
        choices=[SelectChoice(ONE_BY_ONE, _("逐项表决，票数相同")), SelectChoice(TOGETHER, _("合并表决"))],
        default=ONE_BY_ONE,
    )


class CorrectVoteForm(Tally):
    """The right totals of a vote, and why those on record are wrong."""

    reason = StringField(_("更正原因"), [InputRequired(), Length(max=300)])
