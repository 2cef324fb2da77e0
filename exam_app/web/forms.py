"""web.forms — the base of every form: CSRF, Chinese messages, refusals shown at their field."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.i18n import get_translations

from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.texts import words_for

OWN_WORDS = {
    "This field is required.": _("请填写。"),
    "Not a valid integer value.": _("请填整数。"),
    "Not a valid decimal value.": _("请填数字。"),
    "Not a valid date value.": _("请填日期。"),
    "Not a valid datetime value.": _("请填日期和时间。"),
    "Not a valid choice.": _("请从列出的选项中选择。"),
    "Not a valid choice: could not coerce.": _("请从列出的选项中选择。"),
    "Number must be between %(min)s and %(max)s.": _("请填 %(min)s 到 %(max)s 之间的数。"),
}
"""Where the library's Chinese sounds like a machine."""


class Messages:
    """The library's Chinese messages, some in words of our own."""

    def __init__(self) -> None:
        self._theirs = get_translations(["zh"])

    def gettext(self, message: str) -> str:
        """Return the message in Chinese."""
        return OWN_WORDS.get(message) or str(self._theirs.gettext(message))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the message about a number in Chinese."""
        return str(self._theirs.ngettext(singular, plural, count))


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose messages are Chinese and which can show a refusal of the house as its own error."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Translations come with WTForms; no second library is needed."""

        locales = ("zh",)

        def get_translations(self, _form: Any) -> Any:
            """Return the Chinese messages."""
            return Messages()

    def refuse(self, refusal: DomainError, field: str = "") -> None:
        """Show the refusal at the field, or above the form when it belongs to no field."""
        words = words_for(refusal)
        target: Field | None = self._fields.get(field)
        if target is None:
            self.form_errors.append(words)
        else:
            target.errors = [*target.errors, words]
