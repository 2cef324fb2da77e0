"""web.examiner.exam_check — 开考前自检: whether the coming exam, and the machine it runs on, have what they need."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from exam_app.audit.service import INSTALLATION
from exam_app.exams import queries
from exam_app.readiness import coming, installation
from exam_app.web import who
from exam_app.web.checking import CHECKERS, lines
from exam_app.web.examiner.blueprint import bp
from exam_app.web.who import allow


@bp.get("/exams/<int:exam_id>/check")
@allow(*CHECKERS)
def exam_check(exam_id: int) -> ResponseReturnValue:
    """Show every finding about the exam, and below those about the installation."""
    exam = queries.get_exam(exam_id, who.committee_id())
    mine = [INSTALLATION, exam.committee_id]
    installed = installation.examine(g.now, is_serving=True, committee_ids=mine)
    return render_template(
        "examiner/exam_check.html", exam=exam, lines=lines(coming.examine(exam, g.now)), installed=lines(installed)
    )
