"""web.admin.self_check — 系统自检: whether this installation has what it needs, in plain words; printable."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from exam_app.audit.service import INSTALLATION
from exam_app.readiness import installation
from exam_app.web import who
from exam_app.web.admin.blueprint import bp
from exam_app.web.checking import CHECKERS, lines
from exam_app.web.who import allow


@bp.get("/settings/check")
@allow(*CHECKERS)
def self_check() -> ResponseReturnValue:
    """Show every finding about the installation."""
    mine = [INSTALLATION, who.committee_id()]
    findings = installation.examine(g.now, is_serving=True, committee_ids=mine)
    return render_template("admin/self_check.html", lines=lines(findings))
