"""web.examiner.bank_review — one question under review: its law, its checks, approve or send back."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.bank import queries, search, service
from exam_app.bank.models import QuestionVersion
from exam_app.bank.search import Filter
from exam_app.bank.states import VersionState
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.people.queries import account_names
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.examiner.bank_forms import ReasonForm
from exam_app.web.examiner.bank_views import READERS, findings, shown
from exam_app.web.examiner.blueprint import bp
from exam_app.web.who import allow


@bp.get("/bank/versions/<int:version_id>/review")
@allow(*READERS)
def question_review(version_id: int) -> ResponseReturnValue:
    """Show a version under review with all that decides on it."""
    version = queries.get_version(version_id, who.committee_id())
    if version.state is not VersionState.IN_REVIEW:
        return redirect(url_for("examiner.question", question_id=version.question_id))
    return _page(version, ReasonForm())


def _page(version: QuestionVersion, form: ReasonForm) -> str:
    view = shown(version, g.now)
    return render_template(
        "examiner/question_review.html",
        shown=view,
        findings=findings(view.item, g.now),
        form=form,
        author=account_names([version.author_id or 0]).get(version.author_id or 0, "—"),
        is_author=version.author_id == who.account().account_id,
    )


@bp.post("/bank/versions/<int:version_id>/approve")
@allow(Role.REVIEWER)
def question_approve(version_id: int) -> ResponseReturnValue:
    """Make a version live and go on to the next one that waits."""
    with transaction():
        version = service.approve(version_id, who.committee_id(), who.actor(), g.now)
        code = version.question.code
    flash(_("试题 {code} 已审定启用。", code=code), "good")
    return _next()


@bp.post("/bank/versions/<int:version_id>/send-back")
@allow(Role.REVIEWER)
def question_send_back(version_id: int) -> ResponseReturnValue:
    """Return a version to its author."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(queries.get_version(version_id, who.committee_id()), form), 422
    try:
        with transaction():
            version = service.send_back(version_id, who.committee_id(), form.reason.data, who.actor(), g.now)
            code = version.question.code
    except DomainError as refusal:
        form.refuse(refusal, "reason")
        return _page(queries.get_version(version_id, who.committee_id()), form), 409
    flash(_("试题 {code} 已退回命题人。", code=code), "good")
    return _next()


def _next() -> ResponseReturnValue:
    """Go to the oldest version that waits and that this person did not write; without one, to the list."""
    waiting = search.find(who.committee_id(), Filter(state=VersionState.IN_REVIEW, reads_formal=True))
    mine = QuestionVersion.author_id == who.account().account_id
    found = db.session.scalars(waiting.where(~mine).limit(1)).first()
    if found is None:
        return redirect(url_for("examiner.bank"))
    return redirect(url_for("examiner.question_review", version_id=found.id))
