"""cli.accounts — flask account reset: the way back in when nobody else may reset an administrator's password."""

import click
from flask.cli import AppGroup

from exam_app.audit.service import MACHINE
from exam_app.base.clock import SystemClock
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.people import accounts
from exam_app.people.credentials import first_password
from exam_app.people.queries import find_account

group = AppGroup("account", help="Accounts, for whoever runs this machine.")
commands = (group,)


@group.command("reset")
@click.argument("username")
def reset(username: str) -> None:
    """Give USERNAME a first password again; ends a lock-out, stays on record."""
    account = find_account(username)
    if account is None:
        raise click.ClickException(_("没有用户名为“{username}”的账号。", username=username))
    password = first_password()
    with transaction():
        accounts.reset_password(account.id, password, MACHINE, SystemClock().now())
    click.echo(
        _("{username} 的新初始密码（只显示这一次，登录后必须修改）：{password}", username=username, password=password)
    )
