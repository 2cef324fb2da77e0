"""web.examiner.sheet_forms — what is typed from a sheet, and how differences between two readings are settled."""

from typing import Any

from wtforms import Field, StringField
from wtforms.validators import InputRequired, Length

from exam_app.base.i18n import gettext as _
from exam_app.sheets.rules import Choice
from exam_app.sittings.rules import MOST_SLOTS
from exam_app.web.acts import ReasonAct, RowsAct
from exam_app.web.forms import Form

OTHER = "other"
MOST_TYPED = 20


class BySlot(Field):  # type: ignore[misc]
    """What was typed for each question: `answer-12`; questions that the paper cannot have are left aside."""

    def process(self, formdata: Any, *_data: Any, **_filters: Any) -> None:
        """Read all questions at once; the fields carry the question's number in their names."""
        self.process_errors: list[str] = []
        self.data: dict[int, str] = {}
        for key in formdata or {}:
            name, dash, number = key.partition("-")
            if name == self.name and dash and number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_SLOTS:
                self.data[int(number)] = formdata.get(key, "").strip()

    def populate_obj(self, obj: Any, name: str) -> None:
        """Set nothing: what was typed is read, never written to an object."""


class ReadSheetForm(Form):
    """One person's reading of a sheet."""

    sheet_code = StringField(
        _("答卷编号"),
        [InputRequired(), Length(max=20)],
        description=_("印在答卷每页右下角，也可用扫码枪扫右上角的二维码。"),
    )
    answer = BySlot(_("答案"))


class SettleSheetForm(Form):
    """For each difference one of the two readings, or what else the sheet shows, and why."""

    choice = BySlot(_("核定答案"))
    other = BySlot(_("其他答案"))
    reason = BySlot(_("理由"))

    def choices(self) -> dict[int, Choice]:
        """Return what was chosen, by question."""
        return {slot: Choice(self._typed(slot), self.reason.data.get(slot, "")) for slot in self.choice.data}

    def _typed(self, slot: int) -> str:
        chosen = str(self.choice.data[slot])
        return (str(self.other.data.get(slot, "")) if chosen == OTHER else chosen)[:MOST_TYPED]


class PutAct(RowsAct, ReasonAct):
    """Who goes on with pen and paper, and why."""
