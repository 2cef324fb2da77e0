"""web.admin.audit — 审计记录: search, verify, export; and the attempts to sign in."""

from io import BytesIO

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from exam_app.audit import queries, service
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import INSTALLATION
from exam_app.base.db import db, transaction
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.people.models import LoginAttempt
from exam_app.people.queries import attempts_of
from exam_app.people.states import Role, SignIn
from exam_app.printing.tables import MEDIA_TYPE, write_table
from exam_app.web import who
from exam_app.web.admin.blueprint import bp
from exam_app.web.admin.labels import OUTCOMES
from exam_app.web.admin.verbs import about_words, details_words, verb_words, verbs_with
from exam_app.web.shell import moment
from exam_app.web.who import allow

MOST_ROWS = 50_000
FAULTS = {
    "edited": "内容被改动",
    "removed": "记录被删除",
    "reordered": "顺序被调换",
    "cut_off": "末尾被截断",
    "head_differs": "链尾与外部记录不符",
}


@bp.get("/settings/audit")
@allow(Role.AUDIT_ADMINISTRATOR)
def audit() -> ResponseReturnValue:
    """Show who did what, newest first."""
    page = fetch_page(_entries(), request.args.get("page", 1, type=int), request.args.get("size", 50, type=int))
    return render_template(
        "admin/audit.html",
        page=page,
        verb_words=verb_words,
        about_words=about_words,
        details_words=details_words,
    )


@bp.post("/settings/audit/verify")
@allow(Role.AUDIT_ADMINISTRATOR)
def audit_verify() -> ResponseReturnValue:
    """Check every chain and say what was found; that somebody checked goes on record too."""
    count, faults = queries.verify()
    mine = [fault for fault in faults if fault.committee_id in _chains()]
    with transaction():
        details: dict[str, object] = {"entries": count, "faults": len(faults)}
        _note("audit.verify", details)
    for fault in mine[:20]:
        words = _("第 {sequence} 条：{kind}。", sequence=fault.sequence, kind=_(FAULTS[fault.kind]))
        flash(words + _("请保护现场，不要继续操作，并报告分管领导。"), "bad")
    if not faults:
        flash(_("已核对 {count} 条，审计链完整，没有发现改动。", count=count), "good")
    elif not mine:
        flash(_("本会的审计链完整；本机其他审计链有 {count} 处问题，请通知系统运维人员。", count=len(faults)), "bad")
    return redirect(url_for("admin.audit"))


@bp.get("/settings/audit.xlsx")
@allow(Role.AUDIT_ADMINISTRATOR)
def audit_export() -> ResponseReturnValue:
    """Hand out what the search shows, as a table; that it left the house goes on record."""
    rows = db.session.scalars(_entries().limit(MOST_ROWS)).all()
    head = [_("序号"), _("时间"), _("操作人"), _("操作"), _("对象"), _("详情"), _("校验值")]
    table = write_table(_("审计记录"), head, [_line(entry) for entry in rows])
    with transaction():
        _note("audit.export", {"entries": len(rows), "words": _words()})
    return send_file(BytesIO(table), MEDIA_TYPE, as_attachment=True, download_name=_("审计记录.xlsx"))


@bp.get("/settings/attempts")
@allow(Role.AUDIT_ADMINISTRATOR)
def attempts() -> ResponseReturnValue:
    """Show the attempts to sign in with the committee's accounts."""
    query = attempts_of(who.committee_id(), _words())
    outcome = request.args.get("outcome", "")
    if outcome in list(SignIn):
        query = query.where(LoginAttempt.outcome == SignIn(outcome))
    page = fetch_page(query, request.args.get("page", 1, type=int), request.args.get("size", 50, type=int))
    return render_template("admin/attempts.html", page=page, outcomes=OUTCOMES)


def _note(verb: str, details: dict[str, object]) -> None:
    service.note(who.actor(), verb, about="audit:", now=g.now, committee_id=who.committee_id(), details=details)


def _words() -> str:
    return request.args.get("q", "").strip()


def _chains() -> list[int]:
    return [who.committee_id(), INSTALLATION]


def _entries() -> Select[AuditEntry]:
    return queries.entries(_chains(), _words(), verbs_with(_words()) if _words() else [])


def _line(entry: AuditEntry) -> tuple[int, str, str, str, str, str, str]:
    return (
        entry.sequence,
        moment(entry.at),
        entry.actor_name,
        verb_words(entry.verb),
        about_words(entry.about),
        details_words(entry.details),
        entry.hash,
    )
