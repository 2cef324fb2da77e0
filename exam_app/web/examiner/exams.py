"""web.examiner.exams — 考试: the list, and setting an exam up on one page."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.committees.queries import rules_on
from exam_app.exams import queries, rules, service
from exam_app.exams.models import Exam
from exam_app.exams.rules import Phase
from exam_app.papers.queries import ready_blueprints
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.exam_forms import ExamForm, makeup_values, new_values, old_values
from exam_app.web.shell import STAFF
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS

PHASES = {
    Phase.DRAFT: ("draft", "准备中"),
    Phase.UPCOMING: ("announced", "已发布"),
    Phase.ENTRY: ("waiting", "入场中，待放行"),
    Phase.RUNNING: ("running", "考试中"),
    Phase.OVER: ("done", "已结束"),
    Phase.CANCELLED: ("cancelled", "已取消"),
}
FIELDS = {
    "exam_title_invalid": "title",
    "window_in_past": "opens_at",
    "closes_before_it_opens": "closes_at",
    "duration_too_long": "duration_minutes",
}


@bp.get("/exams")
@allow(*STAFF)
def exams() -> ResponseReturnValue:
    """Show the committee's exams, latest first."""
    words = request.args.get("q", "").strip()
    page = fetch_page(
        queries.exams_of(who.committee_id(), words),
        request.args.get("page", 1, type=int),
        request.args.get("size", 20, type=int),
    )
    stands = {exam.id: PHASES[rules.phase(exam, g.now)] for exam, _people in page.rows}
    return render_template("examiner/exams.html", page=page, stands=stands)


@bp.route("/exams/new", methods=["GET", "POST"])
@allow(Role.EXAMINER)
def exam_new() -> ResponseReturnValue:
    """Set up an exam; it begins with the local rules of the day, a make-up exam with those of its original."""
    local_rules = rules_on(who.committee_id(), local_date(g.now)).rules
    ready = ready_blueprints(who.committee_id())
    values = new_values(local_rules, g.now, ready)
    original = request.args.get("makeup_of", type=int)
    if original is not None:
        first = queries.get_exam(original, who.committee_id())
        local_rules = queries.rules_of(first)
        values = makeup_values(first, values)
    form = ExamForm(data=values)
    form.offer(ready)
    if form.validate_on_submit():
        command = form.command(who.committee_id(), local_rules, original)
        answer = _kept(form, lambda: service.create(command, who.actor(), g.now))
        if answer:
            return answer
    return render_template("examiner/exam_edit.html", form=form, exam=None, rules=local_rules, organs=ORGAN_LABELS)


@bp.route("/exams/<int:exam_id>/edit", methods=["GET", "POST"])
@allow(Role.EXAMINER)
def exam_edit(exam_id: int) -> ResponseReturnValue:
    """Change an exam that is not announced yet."""
    exam = queries.get_exam(exam_id, who.committee_id())
    frozen = queries.rules_of(exam)
    form = ExamForm(data=old_values(exam))
    form.offer(ready_blueprints(who.committee_id()))
    if form.validate_on_submit():
        command = form.command(who.committee_id(), frozen, exam.makeup_of_id)
        answer = _kept(form, lambda: service.revise(exam_id, command, who.actor(), g.now))
        if answer:
            return answer
    return render_template("examiner/exam_edit.html", form=form, exam=exam, rules=frozen, organs=ORGAN_LABELS)


def _kept(form: ExamForm, act: Callable[[], Exam]) -> ResponseReturnValue | None:
    """Do the act and go on to the exam; None when it was refused, which the form then says."""
    try:
        with transaction():
            exam_id = act().id
    except DomainError as refusal:
        form.refuse(refusal, FIELDS.get(refusal.code, refusal.facts.get("field", "")))
        return None
    exam = queries.get_exam(exam_id, who.committee_id())
    flash(_("考试已保存为准备中，发布前都可以修改。"), "good")
    frozen = queries.rules_of(exam)
    if rules.is_notice_short(exam.opens_at, frozen, g.now):
        flash(_("离开考不足 {days} 天，短于规定的提前通知时间。确有需要可以继续。", days=frozen.notice_days), "warn")
    return redirect(url_for(".exam", exam_id=exam_id))
