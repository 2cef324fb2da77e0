"""web.examiner.bank_editor — writing questions: a new one, a draft, a new version; sending on and giving up."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.bank import queries, service
from exam_app.bank.queries import item_of
from exam_app.bank.states import VersionState
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.laws import queries as laws
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.acts import ReasonAct, posted
from exam_app.web.examiner.bank_forms import QuestionForm, form_data
from exam_app.web.examiner.bank_views import shown
from exam_app.web.examiner.blueprint import bp
from exam_app.web.who import allow

FIELD_OF = {"question_code_taken": "code", "classification_fixed": "code"}


@bp.route("/bank/new", methods=["GET", "POST"])
@allow(Role.AUTHOR)
def question_new() -> ResponseReturnValue:
    """Write a new question."""
    form = QuestionForm()
    form.offer(laws.list_laws(local_date(g.now)))
    if form.validate_on_submit():
        try:
            with transaction():
                version = service.draft(who.committee_id(), form.to_item(), who.actor(), g.now)
                _send_on_if_asked(version.id)
        except DomainError as refusal:
            form.refuse(refusal, FIELD_OF.get(refusal.code, ""))
        else:
            return _saved(version.question_id)
    return render_template("examiner/question_edit.html", form=form, version=None, cited=())


@bp.route("/bank/versions/<int:version_id>/edit", methods=["GET", "POST"])
@allow(Role.AUTHOR)
def question_edit(version_id: int) -> ResponseReturnValue:
    """Change a draft."""
    version = queries.get_version(version_id, who.committee_id())
    if version.state is not VersionState.DRAFT:
        return redirect(url_for("examiner.question", question_id=version.question_id))
    form = QuestionForm(data=form_data(item_of(version)))
    form.offer(laws.list_laws(local_date(g.now)))
    if form.validate_on_submit():
        try:
            with transaction():
                service.edit(version_id, who.committee_id(), form.to_item(), who.actor(), g.now)
                _send_on_if_asked(version_id)
        except DomainError as refusal:
            form.refuse(refusal, FIELD_OF.get(refusal.code, ""))
        else:
            return _saved(version.question_id)
    return render_template("examiner/question_edit.html", form=form, **_beside(version_id))


def _beside(version_id: int) -> dict[str, object]:
    version = queries.get_version(version_id, who.committee_id())
    return {"version": version, "cited": shown(version, g.now).cited}


def _send_on_if_asked(version_id: int) -> None:
    if "submit_for_review" in request.form:
        service.submit_for_review(version_id, who.committee_id(), who.actor(), g.now)


def _saved(question_id: int) -> ResponseReturnValue:
    sent = "submit_for_review" in request.form
    flash(_("已送审，等待另一位审题人审定。") if sent else _("草稿已保存。"), "good")
    return redirect(url_for("examiner.question", question_id=question_id))


@bp.post("/bank/questions/<int:question_id>/revise")
@allow(Role.AUTHOR)
def question_revise(question_id: int) -> ResponseReturnValue:
    """Begin a new version."""
    with transaction():
        version = service.revise(question_id, who.committee_id(), who.actor(), g.now)
    flash(_("已建立新版本草稿；审定之前，原来的版本继续使用。"), "good")
    return redirect(url_for("examiner.question_edit", version_id=version.id))


@bp.post("/bank/versions/<int:version_id>/submit")
@allow(Role.AUTHOR)
def question_submit(version_id: int) -> ResponseReturnValue:
    """Send a draft to review."""
    with transaction():
        version = service.submit_for_review(version_id, who.committee_id(), who.actor(), g.now)
    flash(_("已送审，等待另一位审题人审定。"), "good")
    return redirect(url_for("examiner.question", question_id=version.question_id))


@bp.post("/bank/versions/<int:version_id>/retire")
@allow(Role.AUTHOR, Role.REVIEWER)
def question_retire(version_id: int) -> ResponseReturnValue:
    """Take a question out of use, or give a draft up."""
    reason = posted(ReasonAct).reason.data
    with transaction():
        version = service.retire(version_id, who.committee_id(), reason, who.actor(), g.now)
    flash(_("已停用，今后组卷不再抽取；已考过的试卷不受影响。"), "good")
    return redirect(url_for("examiner.question", question_id=version.question_id))
