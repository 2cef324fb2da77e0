"""web.officer.intake_forms — the form of a list on its way into a bill: text or file, and what was said of its rows."""

import re
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, StopValidation
from wtforms.widgets import TextInput

from exam_app.appointments.states import Form as AppointmentForm
from exam_app.base.i18n import gettext as _
from exam_app.intake.files import text_of
from exam_app.intake.placing import CHOSEN, TYPED, with_defaults
from exam_app.intake.reading import Reading, read
from exam_app.web.forms import Form
from exam_app.web.officer.item_forms import form_choices, organ_choices
from question_bank.kinds import OrganType

CELL = re.compile(rf"(?:{'|'.join((*TYPED, *CHOSEN))})-\d{{1,5}}(?:-\d{{1,3}}){{0,3}}")
LONGEST_CELL, LONGEST_LIST = 400, 400_000


class Cells(Field):  # type: ignore[misc]
    """Everything that was written or chosen in the cells of a preview, by the name of the cell."""

    widget = TextInput()
    data: dict[str, str]

    def process(self, formdata: Any, *_others: Any, **_more: Any) -> None:
        """Gather the cells out of all that was posted; longer words than any cell takes are cut."""
        self.errors: tuple[str, ...] = ()
        self.process_errors: list[str] = []
        self.object_data: dict[str, str] = {}
        posted = formdata.items() if formdata else ()
        self.data = {name: str(value).strip()[:LONGEST_CELL] for name, value in posted if CELL.fullmatch(name)}


class TextOrFile:
    """The list comes as text or as a file."""

    field_flags = {"required": True}

    def __call__(self, form: "PasteForm", field: Field) -> None:
        """Refuse where neither came."""
        if not (field.data or "").strip() and not form.file.data:
            raise StopValidation(_("请粘贴名单，或选择名单文件。"))


class PasteForm(Form):
    """A list out of a document, and what holds where it says nothing."""

    text = TextAreaField(
        _("名单"),
        [TextOrFile(), Length(max=LONGEST_LIST)],
        description=_("从 Word 或 Excel 复制后粘贴。任命和免职可以混在一起，表格、小标题和整句都能读。"),
        render_kw={"rows": 12, "spellcheck": "false"},
    )
    file = FileField(_("或上传文件"), description=_("Word（.docx）或 Excel（.xlsx）。选了文件就不读上面粘贴的内容。"))
    form = SelectField(_("任免方式"), choices=[], default="", description=_("只用于名单没有写明的行。"))
    organ_type = SelectField(_("机关"), choices=[], default="", description=_("只用于名单没有写明的行。"))
    cells = Cells()
    edit = StringField(validators=[Length(max=20)], default="")
    confirmed = BooleanField()

    def offer(self) -> None:
        """Fill in what can be chosen."""
        recognised = SelectChoice("", _("按名单和职务表识别"))
        self.form.choices = [recognised, *form_choices()]
        self.organ_type.choices = [recognised, *organ_choices()]

    def take_file(self) -> None:
        """Let a file be the text, as if it had been pasted."""
        if self.file.data:
            self.text.data = text_of(self.file.data.read())

    def reading(self) -> Reading:
        """Return the list as it reads, with what was said of all of it."""
        found = read(self.text.data or "")
        form = AppointmentForm(self.form.data) if self.form.data else None
        organ = OrganType(self.organ_type.data) if self.organ_type.data else None
        return Reading(tuple(with_defaults(found.rows, form, organ)), found.unread)
