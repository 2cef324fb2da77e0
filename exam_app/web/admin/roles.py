"""web.admin.roles — 岗位: granting and revoking roles, and which of them must not meet in one person."""

from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.people import queries
from exam_app.people import service as people
from exam_app.people.models import RoleGrant
from exam_app.people.rules import MUST_NOT_MEET, barriers
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.acts import RoleAct, posted
from exam_app.web.admin.blueprint import bp
from exam_app.web.admin.labels import ROLES
from exam_app.web.who import allow


@dataclass(frozen=True)
class RoleLine:
    """One role for one account: held since when, or what stands in its way."""

    role: Role
    label: str
    does: str
    grant: RoleGrant | None
    barriers: tuple[str, ...]


@bp.get("/settings/roles")
@allow(Role.SECURITY_ADMINISTRATOR)
def roles() -> ResponseReturnValue:
    """Show who holds what, and the pairs that must not meet."""
    query = queries.accounts_of(who.committee_id(), request.args.get("q", "").strip())
    page = fetch_page(query, request.args.get("page", 1, type=int), request.args.get("size", 20, type=int))
    grants = queries.roles_within(who.committee_id(), [account.id for account in page.rows])
    held = {account_id: {grant.role for grant in rows} for account_id, rows in grants.items()}
    return render_template("admin/roles.html", page=page, held=held, labels=ROLES, pairs=_pairs())


@bp.get("/settings/roles/<int:account_id>")
@allow(Role.SECURITY_ADMINISTRATOR)
def role_edit(account_id: int) -> ResponseReturnValue:
    """Show every role for one account: held, grantable, or refused and why."""
    account = queries.account_within(account_id, who.committee_id())
    own = account.id == who.account().account_id
    return render_template("admin/role_edit.html", account=account, lines=_lines(account_id), own=own)


@bp.post("/settings/roles/<int:account_id>/<act>")
@allow(Role.SECURITY_ADMINISTRATOR)
def role_change(account_id: int, act: str) -> ResponseReturnValue:
    """Grant or revoke one role."""
    queries.account_within(account_id, who.committee_id())
    role = Role(posted(RoleAct).role.data)
    change = {"grant": people.grant_role, "revoke": people.revoke_role}.get(act) or abort(404)
    with transaction():
        change(account_id, who.committee_id(), role, who.actor(), g.now)
    words = _("已授予“{role}”。") if act == "grant" else _("已收回“{role}”，立即生效。")
    flash(words.format(role=_(ROLES[role][0])), "good")
    return redirect(url_for("admin.role_edit", account_id=account_id))


def _lines(account_id: int) -> list[RoleLine]:
    grants = queries.roles_within(who.committee_id(), [account_id]).get(account_id, [])
    elsewhere = queries.roles_elsewhere(account_id, who.committee_id())
    by_role = {grant.role: grant for grant in grants}
    lines = []
    for role, (label, does) in ROLES.items():
        in_the_way = barriers(role, elsewhere | set(by_role))
        names = tuple(_name(one, elsewhere - set(by_role)) for one in in_the_way)
        lines.append(RoleLine(role, _(label), _(does), by_role.get(role), names))
    return lines


def _name(role: Role, elsewhere: frozenset[Role]) -> str:
    return _(ROLES[role][0]) + (_("（在其他常委会）") if role in elsewhere else "")


def _pairs() -> list[tuple[str, str]]:
    """Return each role with those it must not meet, in the order of the table."""
    rows = []
    for role, (label, _does) in ROLES.items():
        others = [_(name) for other, (name, _words) in ROLES.items() if frozenset((role, other)) in MUST_NOT_MEET]
        rows.append((_(label), "、".join(others) or _("都可兼任")))
    return rows
