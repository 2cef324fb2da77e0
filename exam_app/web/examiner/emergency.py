"""web.examiner.emergency — emergency files of an exam: hand in, compare question by question, load with a reason."""

from flask import flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.incidents import emergency, file_queries, loading
from exam_app.incidents.emergency import LARGEST_FILE, Difference
from exam_app.incidents.errors import AnswersMovedOn
from exam_app.incidents.loading import Loaded, LoadFile
from exam_app.incidents.states import FileOutcome
from exam_app.people.states import Role
from exam_app.sittings import takeover
from exam_app.texts import words_for
from exam_app.texts.incidents import FILE_OUTCOMES, FILE_REFUSALS
from exam_app.web import who
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.emergency_forms import EmergencyFileForm, LoadForm
from exam_app.web.examiner.emergency_views import lines
from exam_app.web.who import allow

BRINGERS = (Role.INVIGILATOR, Role.EXAMINER, Role.CHIEF_INVIGILATOR)
FILES = "/exams/<int:exam_id>/emergency"


@bp.route(FILES, methods=["GET", "POST"])
@allow(*BRINGERS)
def emergency_files(exam_id: int) -> ResponseReturnValue:
    """List the exam's emergency files and take one in; one that is refused is on record with the reason."""
    exam = exams.get_exam(exam_id, who.committee_id())
    form = EmergencyFileForm()
    if form.validate_on_submit():
        content = form.file.data.read(LARGEST_FILE + 1)
        with transaction():
            taken = loading.hand_in(exam_id, exam.committee_id, form.file.data.filename, content, who.actor(), g.now)
        if isinstance(taken, int):
            return redirect(url_for(".emergency_file", exam_id=exam_id, file_id=taken))
        return _refused(exam_id, taken.refused)
    waiting = file_queries.waiting_files(exam_id, exam.committee_id)
    facts = {"exam": exam, "files": file_queries.files_of(exam_id), "outcomes": FILE_OUTCOMES}
    return render_template("examiner/emergency_files.html", form=form, waiting=waiting, **facts)


def _refused(exam_id: int, outcome: FileOutcome | None) -> ResponseReturnValue:
    if outcome:
        flash(_(FILE_REFUSALS[outcome]), "bad")
    return redirect(url_for(".emergency_files", exam_id=exam_id))


@bp.get(FILES + "/<int:file_id>")
@allow(*BRINGERS)
def emergency_file(exam_id: int, file_id: int) -> ResponseReturnValue:
    """Show the file beside the server's answers, question by question."""
    return _comparison(exam_id, file_id, LoadForm(formdata=None))


@bp.post(FILES + "/<int:file_id>/load")
@allow(Role.CHIEF_INVIGILATOR)
def emergency_load(exam_id: int, file_id: int) -> ResponseReturnValue:
    """Load what was chosen."""
    form = LoadForm()
    content = loading.read_waiting(file_id, exam_id, who.committee_id())
    if form.validate_on_submit():
        try:
            with transaction():
                loaded = loading.load(_command(exam_id, content, form), who.actor(), g.now)
        except AnswersMovedOn as refusal:
            flash(words_for(refusal), "warn")  # what was chosen was chosen before the newer answer was seen
            return redirect(url_for(".emergency_file", exam_id=exam_id, file_id=file_id))
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _done(exam_id, loaded)
    return make_response(_comparison(exam_id, file_id, form), 422)


def _command(exam_id: int, content: bytes, form: LoadForm) -> LoadFile:
    return LoadFile(
        exam_id=exam_id,
        committee_id=who.committee_id(),
        content=content,
        taken=form.choice.from_file,
        seen=form.seen.data or "",
        is_reviewed=form.reviewed.data,
        reason=form.load_reason.data,
    )


def _done(exam_id: int, loaded: Loaded) -> ResponseReturnValue:
    if loaded.refused:
        return _refused(exam_id, loaded.refused)
    if loaded.late_event_ids:
        words = _("已留存 {count} 题，作为迟到作答等待决定是否计入成绩。", count=loaded.count)
    else:
        words = _("已载入 {count} 题。考生如已在别的电脑上作答，请让其刷新页面，核对载入的答案。", count=loaded.count)
    flash(words, "good")
    return redirect(url_for(".emergency_files", exam_id=exam_id))


def _comparison(exam_id: int, file_id: int, form: LoadForm) -> ResponseReturnValue:
    exam = exams.get_exam(exam_id, who.committee_id())
    content = loading.read_waiting(file_id, exam_id, exam.committee_id)
    examined = loading.examine(exam_id, exam.committee_id, content)
    if examined.refused or examined.sitting is None:
        return _refused(exam_id, examined.refused)
    shown = lines(examined, file_queries.devices_of(examined.sitting.id), form.choice.data)
    facts = {"exam": exam, "file_id": file_id, "found": examined.found, "seat": examined.seat, "form": form}
    return render_template(
        "examiner/emergency_file.html",
        open_lines=[line for line in shown if line.is_open],
        other_lines=[line for line in shown if not line.is_open],
        equal=sum(row.difference is Difference.EQUAL for row in examined.rows),
        seen=emergency.fingerprint(examined.rows),
        counts_at_once=takeover.still_takes(examined.sitting, g.now),
        **facts,
    )
