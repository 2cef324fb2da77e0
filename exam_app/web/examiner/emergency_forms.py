"""web.examiner.emergency_forms — the emergency file that is handed in, and what is chosen from it."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextInput

from exam_app.base.i18n import gettext as _
from exam_app.incidents.loading import REASON_LENGTH
from exam_app.web.forms import Form

FROM_FILE, FROM_SERVER = "file", "server"


class EmergencyFileForm(Form):
    """The file as it came from the candidate's computer."""

    file = FileField(
        _("应急文件"),
        [FileRequired(message=_("请选择考生电脑上保存的应急文件。"))],
        description=_("文件名以“应急文件”开头，以 .exam 结尾，通常在考生电脑的“下载”文件夹中。"),
        render_kw={"accept": ".exam"},
    )


class Choices(Field):  # type: ignore[misc]
    """For each question (`choice-<slot>`) whether the answer of the file or of the server is taken."""

    widget = TextInput()

    def process(self, formdata: Any, *_given: Any, **_more: Any) -> None:
        """Read what was posted; a question that is not named keeps the server's answer."""
        self.process_errors: list[str] = []
        self.data: dict[int, str] = {}
        for name in formdata or ():
            slot = name.removeprefix("choice-")
            if name.startswith("choice-") and slot.isascii() and slot.isdigit():
                self.data[int(slot)] = formdata.get(name)

    @property
    def from_file(self) -> frozenset[int]:
        """The questions whose answer comes from the file."""
        return frozenset(slot for slot, choice in self.data.items() if choice == FROM_FILE)


class LoadForm(Form):
    """What the chief invigilator chose, why, and which comparison it was that they saw."""

    choice = Choices(_("选用"))
    seen = StringField(_("核对情况"), [Length(max=64)])
    reviewed = BooleanField(_("两边答案不同的题，我已逐题核对"))
    load_reason = StringField(
        _("载入原因"),
        [InputRequired(), Length(max=REASON_LENGTH)],
        description=_("如：考场交换机故障，10:20 起网络一直没有恢复。"),
    )
