"""web.acts — forms of acts that are one button with little beside it: a reason, ticked rows, a day, a choice."""

from typing import Any, TypeVar

from wtforms import BooleanField, Field, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from exam_app.base.errors import Unreadable
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.web.forms import Form

Act = TypeVar("Act", bound=Form)
HIGHEST_ID = 2**31 - 1


class Numbers(Field):  # type: ignore[misc]
    """The ids of the rows that were ticked."""

    widget = TextInput()

    def process_formdata(self, values: list[str]) -> None:
        """Read the ids; anything that cannot be one is refused."""
        if not all(value.isascii() and value.isdigit() and int(value) <= HIGHEST_ID for value in values):
            raise ValueError(_("所选的行不对。"))
        self.data = [int(value) for value in values]


class ReasonAct(Form):
    """Why; whether a reason is needed and how long it may be is for the room to say."""

    reason = StringField(_("原因"), [Length(max=1000)], default="")


class RowsAct(Form):
    """The entries that were ticked."""

    entry = Numbers(_("所选人员"), default=list)


class ItemsAct(Form):
    """Items that were ticked, or all that the list shows on whatever page."""

    item = Numbers(_("所选事项"), default=list)
    everything = BooleanField(_("全部"))


class RegisterAct(ItemsAct):
    """Which items go to which exam."""

    exam = IntegerField(_("考试"), [InputRequired()])


class OpinionAct(ItemsAct):
    """What the review found about the items."""

    opinion = StringField(_("初审意见"), [InputRequired(), Length(max=600)])


class ConfirmAct(Form):
    """Which doubtful rows of a file come in."""

    doubtful = Numbers(_("需确认的行"), default=list)
    all_doubtful = BooleanField(_("全部"))


class RoleAct(Form):
    """One role."""

    role = SelectField(_("岗位"), choices=[SelectChoice(role.value, role.value) for role in Role])


class CommitteeAct(Form):
    """One committee."""

    committee = IntegerField(_("常委会"), [Optional()])


def posted(kind: type[Act], **values: Any) -> Act:
    """Return the form as it was posted, or raise Unreadable saying what is wrong with it."""
    form = kind(**values)
    if not form.validate():
        problems = [f"{form[name].label.text}：{words[0]}" for name, words in form.errors.items() if name in form]
        raise Unreadable(problem="".join(problems))
    return form
