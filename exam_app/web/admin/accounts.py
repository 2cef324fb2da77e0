"""web.admin.accounts — 账号: the committee's accounts, opening one, first passwords, unlocking, closing."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from exam_app.audit.service import Actor
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.people import accounts as service
from exam_app.people import queries
from exam_app.people.credentials import first_password
from exam_app.people.models import Account
from exam_app.people.rules import is_locked
from exam_app.people.states import AccountState, Role
from exam_app.web import who
from exam_app.web.admin.blueprint import bp
from exam_app.web.admin.forms import AccountForm
from exam_app.web.admin.labels import ROLES
from exam_app.web.who import allow

ORDERS = {"username": Account.username, "name": Account.display_name, "created": Account.created_at}
KEEPERS = (Role.SYSTEM_ADMINISTRATOR,)
READERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


@bp.get("/settings/accounts")
@allow(*READERS)
def accounts() -> ResponseReturnValue:
    """Show the committee's accounts with state and roles."""
    sort = request.args.get("sort", "username")
    query = _listed(sort)
    page = fetch_page(query, request.args.get("page", 1, type=int), request.args.get("size", 20, type=int))
    grants = queries.roles_within(who.committee_id(), [account.id for account in page.rows])
    return render_template(
        "admin/accounts.html",
        page=page,
        grants=grants,
        sort=sort,
        labels=ROLES,
        stand=stand_of,
        filtered=request.args.get("q") or request.args.get("state"),
    )


@bp.route("/settings/accounts/new", methods=["GET", "POST"])
@allow(*KEEPERS)
def account_new() -> ResponseReturnValue:
    """Open an account; its first password is shown once."""
    form = AccountForm()
    if form.validate_on_submit():
        password = first_password()
        command = service.OpenAccount(
            username=form.username.data,
            display_name=form.display_name.data,
            password=password,
            committee_id=who.committee_id(),
        )
        try:
            with transaction():
                opened = service.open_account(command, who.actor(), g.now)
        except DomainError as refusal:
            form.refuse(refusal, "username")
        else:
            return _show_password(opened, password)
    return render_template("admin/account_new.html", form=form)


@bp.get("/settings/accounts/<int:account_id>")
@allow(*READERS)
def account(account_id: int) -> ResponseReturnValue:
    """Show one account and what can be done with it."""
    found = queries.account_within(account_id, who.committee_id())
    grants = queries.roles_within(who.committee_id(), [found.id]).get(found.id, [])
    at_home = found.committee_id in (None, who.committee_id())
    return render_template(
        "admin/account.html",
        account=found,
        grants=grants,
        labels=ROLES,
        stand=stand_of(found),
        keeps=at_home and who.may(*KEEPERS) and found.id != who.account().account_id,
        at_home=at_home,
    )


@bp.post("/settings/accounts/<int:account_id>/password")
@allow(*KEEPERS)
def account_password(account_id: int) -> ResponseReturnValue:
    """Give the account a first password again."""
    queries.account_at_home(account_id, who.committee_id())
    password = first_password()
    with transaction():
        changed = service.reset_password(account_id, password, who.actor(), g.now)
    return _show_password(changed, password)


@bp.post("/settings/accounts/<int:account_id>/unlock")
@allow(*KEEPERS)
def account_unlock(account_id: int) -> ResponseReturnValue:
    """End a lock-out."""
    return _do(account_id, service.unlock, _("已解锁，可以马上登录。"))


@bp.post("/settings/accounts/<int:account_id>/disable")
@allow(*KEEPERS)
def account_disable(account_id: int) -> ResponseReturnValue:
    """Close the account; its sessions end at once."""
    return _do(account_id, service.disable, _("已停用，该账号的登录已全部退出。"))


@bp.post("/settings/accounts/<int:account_id>/enable")
@allow(*KEEPERS)
def account_enable(account_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    return _do(account_id, service.enable, _("已重新启用。"))


def _listed(sort: str) -> Select[Account]:
    """Return the accounts that the address of the list asks for, in its order."""
    words, stands = request.args.get("q", "").strip(), request.args.get("state", "")
    query = queries.accounts_of(who.committee_id(), words)
    if stands == "locked":
        query = query.where(Account.locked_until > g.now)
    elif stands in list(AccountState):
        query = query.where(Account.state == AccountState(stands))
    column = ORDERS.get(sort.removeprefix("-"), Account.username)
    return query.order_by(None).order_by(column.desc() if sort.startswith("-") else column, Account.id)


def _do(account_id: int, act: Callable[[int, Actor, datetime], None], words: str) -> ResponseReturnValue:
    queries.account_at_home(account_id, who.committee_id())
    with transaction():
        act(account_id, who.actor(), g.now)
    flash(words, "good")
    return redirect(url_for("admin.account", account_id=account_id))


def stand_of(account: Account) -> tuple[str, str]:
    """Return how an account stands, as badge and words."""
    if account.state is AccountState.DISABLED:
        return "disabled", _("已停用")
    if is_locked(account.locked_until, g.now):
        return "locked", _("已锁定")
    return ("warn", _("待改初始密码")) if account.must_change else ("active", _("正常"))


def _show_password(account: Account, password: str) -> ResponseReturnValue:
    """Show it once: it is kept nowhere, and must be changed at the first sign-in."""
    words = _(
        "用户名 {username}，初始密码 {password}。只显示这一次，请抄给 {name} 本人，首次登录后必须修改。",
        username=account.username,
        password=password,
        name=account.display_name,
    )
    flash(words, "good")
    return redirect(url_for("admin.account", account_id=account.id))
