"""web.officer.failure_letter — what follows a last failed exam: the attempts, the draft of the letter, issuing it."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from exam_app.appointments.rules import Attempt
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import get_committee
from exam_app.documents import service as documents
from exam_app.documents.models import Document
from exam_app.documents.states import DocumentKind
from exam_app.people.states import Role
from exam_app.printing.official.failure_letters import FailureFacts, suggest_deferral, suggest_withdrawal
from exam_app.printing.official.text import OfficialText
from exam_app.requirements import queries, service
from exam_app.requirements.rules import Failure
from exam_app.texts.requirements import ATTEMPTS, CONSEQUENCES
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.forms import Form
from exam_app.web.officer.blueprint import bp
from exam_app.web.shell import marks
from exam_app.web.who import allow

LETTERS = {
    "withdraw": (DocumentKind.SUGGEST_WITHDRAWAL, suggest_withdrawal),
    "defer": (DocumentKind.SUGGEST_DEFERRAL, suggest_deferral),
}
KINDS = [kind for kind, _compose in LETTERS.values()]


@bp.get("/items/<int:item_id>/failure-letter")
@allow(Role.OFFICER, Role.DIRECTOR)
def item_failure_letter(item_id: int) -> ResponseReturnValue:
    """Show the attempts at the exam, what they lead to, and the letter if one is due."""
    failure = queries.failure_of(item_id, who.committee_id(), local_date(g.now))
    return render_template(
        "officer/item_failure_letter.html",
        failure=failure,
        said=[(one, _said(failure, one)) for one in failure.attempts],
        consequences=CONSEQUENCES,
        text=_letter(failure) if failure.is_letter_due else None,
        issued=_issued(failure),
    )


@bp.post("/items/<int:item_id>/failure-letter")
@allow(Role.OFFICER)
def item_failure_letter_issue(item_id: int) -> ResponseReturnValue:
    """Issue the letter as it is drafted now; issued again without a change, the one that holds is shown."""
    document_id = 0
    with refusals_said(), transaction():
        posted(Form)
        document_id = _issue(queries.failure_of(item_id, who.committee_id(), local_date(g.now)))
    if not document_id:
        return redirect(url_for(".item_failure_letter", item_id=item_id))
    flash(_("函件已定稿存档，打印后送提请机关。"), "good")
    return redirect(url_for(".issued_document", document_id=document_id))


def _issue(failure: Failure) -> int:
    command = documents.IssueDocument(
        committee_id=who.committee_id(),
        kind=LETTERS[service.due_letter(failure)][0],
        text=_letter(failure),
        about=f"item:{failure.item.id}",
    )
    held = {one.id for one in _issued(failure)}
    document = documents.issue(command, who.actor(), g.now)
    if document.id not in held:
        service.note_letter(failure, document.id, who.actor(), g.now)
    return document.id


def _issued(failure: Failure) -> list[Document]:
    """Return the letters that were issued about an item, newest first."""
    query = select(Document).where(Document.committee_id == failure.bill.committee_id, Document.kind.in_(KINDS))
    query = query.where(Document.about == f"item:{failure.item.id}").order_by(Document.id.desc())
    return list(db.session.scalars(query))


def _letter(failure: Failure) -> OfficialText:
    item, bill, in_force = failure.item, failure.bill, failure.in_force
    facts = FailureFacts(
        committee=get_committee(bill.committee_id).name,
        organ=bill.submitting_organ,
        bill_number=bill.document_number,
        name=failure.person.name,
        form=item.form.value,
        post=item.post,
        exam_title=in_force.rules.exam_title,
        attempts=[(one.day, _said(failure, one)) for one in failure.attempts],
        basis=in_force.basis,
        day=local_date(g.now),
    )
    return LETTERS[failure.consequence][1](facts)


def _said(failure: Failure, attempt: Attempt) -> str:
    """Return a result in words, with the score only where the rules disclose scores."""
    words = _(ATTEMPTS[attempt.outcome])
    if attempt.score is None or failure.in_force.rules.disclosure != "score":
        return words
    return _("{words}（{score} 分）", words=words, score=marks(attempt.score))
