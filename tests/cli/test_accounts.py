"""tests.cli.test_accounts — flask account reset: an administrator locked out gets in again, on record."""

import re

from flask import Flask
from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.base.clock import SystemClock
from exam_app.base.db import db, transaction
from exam_app.people import accounts
from exam_app.people.queries import find_account
from exam_app.people.states import Role, SignIn
from tests.factories import make_account, make_committee


def test_locked_security_administrator_gets_in_with_the_printed_password(app: Flask) -> None:
    now = SystemClock().now()
    with transaction():
        make_account(make_committee(), Role.SECURITY_ADMINISTRATOR, username="anquan")
        for _try in range(5):
            accounts.sign_in("anquan", "wrong", "", now)

    done = app.test_cli_runner().invoke(args=["account", "reset", "anquan"])

    password = re.findall(r"：(\S+)$", done.output.strip())[0]
    with transaction():
        assert accounts.sign_in("anquan", password, "", now).outcome is SignIn.ACCEPTED
    account = find_account("anquan")
    assert account is not None and account.must_change
    assert "account.reset_password" in set(db.session.scalars(select(AuditEntry.verb)))


def test_unknown_name_is_said_and_nothing_happens(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["account", "reset", "nobody"])

    assert done.exit_code == 1
    assert "没有用户名为“nobody”的账号" in done.output
