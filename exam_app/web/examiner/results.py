"""web.examiner.results — the results of an exam: list, figures, publishing, one person's marks, voiding, export."""

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from exam_app.appointments import service as appointments
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError, NotFound
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.papers import queries as papers
from exam_app.people.states import Role
from exam_app.printing.tables import MEDIA_TYPE, write_table
from exam_app.results import late_queries, queries
from exam_app.results import service as results
from exam_app.results.errors import NoSuchResult
from exam_app.results.models import Result
from exam_app.results.queries import ResultRow
from exam_app.results.states import ResultState
from exam_app.sittings import queries as sittings
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.examiner import results_views as views
from exam_app.web.examiner.blueprint import bp
from exam_app.web.forms import Form
from exam_app.web.shell import marks
from exam_app.web.who import allow
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS

READERS = (Role.EXAMINER, Role.INVIGILATOR, Role.OFFICER, Role.DIRECTOR)
PUBLISHERS = (Role.EXAMINER, Role.INVIGILATOR, Role.DIRECTOR)
RESULTS = "/exams/<int:exam_id>/results"


class VoidForm(Form):
    """Why a result is voided."""

    reason = StringField(_("作废原因"), [InputRequired(), Length(max=200)], description=_("原因和操作人会记录在案。"))


@bp.get(RESULTS, endpoint="results")
@allow(*READERS)
def list_results(exam_id: int) -> ResponseReturnValue:
    """Show the results, searched, filtered and sorted as asked, and the figures above."""
    exam = exams.get_exam(exam_id, who.committee_id())
    rows = queries.for_exam(exam_id)
    waiting = sum(1 for row in rows if row.state is not None and row.state.value == "marked")
    return render_template(
        "examiner/results.html",
        exam=exam,
        rows=_chosen(rows),
        figures=views.figures(rows),
        late=late_queries.count_undecided(exam_id),
        to_publish=waiting,
        sheets_awaited=sum(1 for row in rows if row.on_paper_at and row.state is ResultState.WAITING),
        views=views,
        sort=request.args.get("sort", "seat"),
        may_publish=who.may(*PUBLISHERS),
        organ_labels=ORGAN_LABELS,
    )


@bp.get(RESULTS + ".xlsx")
@allow(*READERS)
def results_export(exam_id: int) -> ResponseReturnValue:
    """Hand out what the list shows as a workbook."""
    exam = exams.get_exam(exam_id, who.committee_id())
    head = [
        _("座位"),
        _("姓名"),
        _("单位"),
        _("机关"),
        _("准考证号"),
        _("状态"),
        _("得分"),
        _("结果"),
        _("等次"),
        _("备注"),
    ]
    lines = [_line(row) for row in _chosen(queries.for_exam(exam_id))]
    answer = Response(write_table(f"{exam.title}{_('成绩')}", head, lines), mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"results-{exam_id}.xlsx")
    return answer


@bp.post(RESULTS + "/publish")
@allow(*PUBLISHERS)
def results_publish(exam_id: int) -> ResponseReturnValue:
    """Publish what is marked, and hand each result to its appointment item in the same act."""
    try:
        with transaction():
            exams.get_exam(exam_id, who.committee_id())
            published = results.publish(exam_id, who.actor(), g.now)
            for result in published:
                appointments.take_result(result, actor=who.actor(), now=g.now)
            appointments.take_absences(exam_id, who.actor(), g.now)
            count = len(published)
    except DomainError as refusal:
        return _back_with(refusal, exam_id)
    flash(_("已发布 {count} 人的成绩，考生现在可以查看。", count=count), "good")
    return redirect(url_for("examiner.results", exam_id=exam_id))


@bp.get(RESULTS + "/<int:result_id>")
@allow(*READERS)
def result_sheet(exam_id: int, result_id: int) -> ResponseReturnValue:
    """Show one person's marks, slot by slot, without any question's words."""
    return _sheet_page(exam_id, result_id, VoidForm())


@bp.post(RESULTS + "/<int:result_id>/void")
@allow(Role.EXAMINER, Role.DIRECTOR)
def result_void(exam_id: int, result_id: int) -> ResponseReturnValue:
    """Void a result, for a reason; the appointment item learns it in the same act."""
    form = VoidForm()
    if form.validate_on_submit():
        try:
            with transaction():
                _get_result(exam_id, result_id)
                result = results.void(result_id, who.committee_id(), form.reason.data, who.actor(), g.now)
                appointments.take_result(result, actor=who.actor(), now=g.now)
        except DomainError as refusal:
            form.refuse(refusal, "reason")
        else:
            flash(_("成绩已作废。"), "warn")
            return redirect(url_for("examiner.result_sheet", exam_id=exam_id, result_id=result_id))
    return _sheet_page(exam_id, result_id, form), 422


def _chosen(rows: list[ResultRow]) -> list[ResultRow]:
    asked = request.args
    return views.chosen(rows, asked.get("q", "").strip(), asked.get("outcome", ""), asked.get("sort", "seat"))


def _line(row: ResultRow) -> list[str]:
    score = "" if row.score is None or row.state not in views.COUNTING else marks(row.score)
    return [
        row.seat,
        row.name,
        row.unit,
        ORGAN_LABELS[row.organ_type],
        row.admission_number,
        views.state_words(row)[1],
        score,
        views.outcome_words(row),
        row.band or "",
        row.absence_reason,
    ]


def _get_result(exam_id: int, result_id: int) -> Result:
    exams.get_exam(exam_id, who.committee_id())
    result = queries.get_result(result_id)
    if result is None or result.exam_id != exam_id:
        raise NoSuchResult(result=result_id)
    return result


def _sheet_page(exam_id: int, result_id: int, form: VoidForm) -> str:
    result = _get_result(exam_id, result_id)
    row = next(row for row in queries.for_exam(exam_id) if row.result_id == result_id)
    sitting = sittings.get_sitting(result.sitting_id)
    return render_template(
        "examiner/result_sheet.html",
        exam=exams.get_exam(exam_id, who.committee_id()),
        row=row,
        sitting=sitting,
        slots=list(zip(papers.slots(sitting.paper_id), queries.marks_of(result_id), strict=False)),
        late=late_queries.late_answers([sitting.id]).get(sitting.id, []),
        weak=queries.weak_laws(result_id),
        views=views,
        form=form,
        kind_labels=KIND_LABELS,
        may_void=who.may(Role.EXAMINER, Role.DIRECTOR) and row.state is not None and row.state.value != "voided",
    )


def _back_with(refusal: DomainError, exam_id: int) -> ResponseReturnValue:
    if isinstance(refusal, NotFound):
        raise refusal
    flash(words_for(refusal), "bad")
    return redirect(url_for("examiner.results", exam_id=exam_id))
