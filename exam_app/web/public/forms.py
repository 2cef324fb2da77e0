"""web.public.forms — signing in and passwords."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from exam_app.base.i18n import gettext as _
from exam_app.web.forms import Form


class SignInForm(Form):
    """User name and password."""

    username = StringField(_("用户名"), [InputRequired(), Length(max=60)], render_kw={"autocomplete": "username"})
    password = PasswordField(_("密码"), [InputRequired()], render_kw={"autocomplete": "current-password"})


class SeatForm(Form):
    """Admission number and seat code, as printed on the slip."""

    admission_number = StringField(
        _("准考证号"), [InputRequired(), Length(max=20)], render_kw={"autocomplete": "off", "inputmode": "numeric"}
    )
    code = StringField(
        _("考试码"),
        [InputRequired(), Length(max=20)],
        description=_("准考证上的 8 位字母和数字，不分大小写，中间的短横可以不输。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class PasswordForm(Form):
    """The present password and a fresh one, twice."""

    present = PasswordField(_("当前密码"), [InputRequired()], render_kw={"autocomplete": "current-password"})
    fresh = PasswordField(
        _("新密码"),
        [InputRequired(), Length(max=128)],
        description=_("至少 8 位，含大写字母、小写字母、数字、符号中的三类。"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一次新密码"),
        [InputRequired(), EqualTo("fresh", message=_("两次输入的新密码不一致。"))],
        render_kw={"autocomplete": "new-password"},
    )
