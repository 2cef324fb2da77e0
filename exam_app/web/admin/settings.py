"""web.admin.settings — 设置: what this account may administer, as cards."""

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.admin.blueprint import bp
from exam_app.web.shell import ADMINISTRATORS
from exam_app.web.who import allow

CARDS = (
    (
        "admin.accounts",
        "user",
        "账号",
        "开通账号、重置密码、解锁、停用。岗位由安全管理员授予。",
        (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR),
    ),
    (
        "admin.roles",
        "shield",
        "岗位",
        "给账号授予或收回岗位，查看哪些岗位不能由一人兼任。",
        (Role.SECURITY_ADMINISTRATOR,),
    ),
    (
        "admin.committee",
        "landmark",
        "常委会与本地规则",
        "届次，及格分数、补考、免考、成绩公开等本地规则的历次版本。",
        (Role.OFFICER, Role.SYSTEM_ADMINISTRATOR),
    ),
    (
        "admin.self_check",
        "circle-check",
        "系统自检",
        "数据库、密钥、磁盘、时间、调度、备份是否正常，要处理的怎么处理。",
        (Role.OFFICER, Role.SYSTEM_ADMINISTRATOR),
    ),
    (
        "admin.audit",
        "history",
        "审计记录",
        "谁在什么时候做了什么；核对审计链是否完整，导出。",
        (Role.AUDIT_ADMINISTRATOR,),
    ),
    (
        "admin.attempts",
        "key",
        "登录记录",
        "每一次登录尝试：时间、用户名、地址、结果。",
        (Role.AUDIT_ADMINISTRATOR,),
    ),
)


@bp.get("/settings")
@allow(*ADMINISTRATORS, Role.OFFICER)
def settings() -> ResponseReturnValue:
    """Show the places that the account may administer."""
    places = [
        (url_for(endpoint), icon, _(title), _(words))
        for endpoint, icon, title, words, roles in CARDS
        if endpoint in current_app.view_functions and who.may(*roles)
    ]
    return render_template("admin/settings.html", places=places)
