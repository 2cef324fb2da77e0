"""web.admin.forms — opening accounts, opening terms."""

from wtforms import DateField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from exam_app.base.i18n import gettext as _
from exam_app.web.forms import Form


class AccountForm(Form):
    """Who the account is for and what they type to sign in; the first password is made by the machine."""

    display_name = StringField(
        _("姓名"), [InputRequired(), Length(max=60)], description=_("显示在页面右上角和审计记录中。")
    )
    username = StringField(
        _("用户名"),
        [InputRequired(), Length(min=2, max=60)],
        description=_("登录时输入。2 至 60 个字母、数字、汉字、点、短横或下划线，开通后不能修改。"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class TermForm(Form):
    """A new term of office."""

    number = IntegerField(_("第几届"), [InputRequired(), NumberRange(min=1, max=99)])
    began_on = DateField(_("起始日期"), [InputRequired()], description=_("新一届常委会产生之日。现任届次于该日结束。"))
