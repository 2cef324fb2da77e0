"""web.officer.yearbook_forms — the form of a figure that is entered by hand."""

from hashlib import sha256

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from exam_app.base.i18n import gettext as _
from exam_app.texts.yearbook import OFFERED, OWN
from exam_app.web.forms import Form
from exam_app.yearbook.models import HandFigure
from exam_app.yearbook.service import LABEL_LENGTH, SENTENCE_LENGTH, VALUE_LENGTH, EnterFigure


class HandFigureForm(Form):
    """One of the figures that summaries usually have, or one of the office's own."""

    offered = SelectField(
        _("项目"),
        choices=[
            SelectChoice(OWN, _("自定项目（在下面填写名称）")),
            *(SelectChoice(key, _(one.label)) for key, one in OFFERED.items()),
        ],
        default=OWN,
    )
    label = StringField(_("自定名称"), [Length(max=LABEL_LENGTH)], default="")
    value = StringField(_("数值"), [Length(max=VALUE_LENGTH)], default="")
    sentence = TextAreaField(_("文字表述"), [Length(max=SENTENCE_LENGTH)], default="")

    @classmethod
    def of(cls, figure: HandFigure | None) -> "HandFigureForm":
        """Return the form, filled with a figure that is being changed."""
        if figure is None:
            return cls(formdata=None)
        offered = figure.key if figure.key in OFFERED else OWN
        label = "" if figure.key in OFFERED else figure.label
        return cls(formdata=None, offered=offered, label=label, value=figure.value, sentence=figure.sentence)

    def command(self, committee_id: int, year: int) -> EnterFigure:
        """Return what is to be entered; an offered figure brings its sentence where none was written."""
        offered = OFFERED.get(self.offered.data)
        label, value, sentence = (field.data.strip() for field in (self.label, self.value, self.sentence))
        if offered:
            label = offered.label
            sentence = sentence or (offered.sentence.format(value=value) if value else "")
        key = self.offered.data if offered else f"{OWN}-{sha256(label.encode()).hexdigest()[:16]}"
        return EnterFigure(committee_id=committee_id, year=year, key=key, label=label, value=value, sentence=sentence)
