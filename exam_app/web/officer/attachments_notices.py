"""web.officer.attachments_notices — 补正通知: writing one, its official text, what came back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from exam_app.appointments import queries
from exam_app.appointments.models import Bill
from exam_app.appointments.queries import ItemRow
from exam_app.appointments.states import ItemState
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import get_committee
from exam_app.documents import service as documents
from exam_app.documents.models import Document
from exam_app.documents.states import DocumentKind
from exam_app.people.states import Role
from exam_app.printing.official.correction_notice import NoticeFacts, correction_notice
from exam_app.printing.official.text import OfficialText
from exam_app.submissions import queries as submissions
from exam_app.submissions import service
from exam_app.submissions.models import CorrectionNotice
from exam_app.submissions.queries import ChecklistLine, OpenObjection
from exam_app.submissions.service import SendCorrection
from exam_app.texts.submissions import KINDS, objection_words
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.forms import Form
from exam_app.web.officer.attachments_forms import CorrectionForm
from exam_app.web.officer.blueprint import bp
from exam_app.web.who import allow

USUAL_DAYS = timedelta(days=5)
LONGEST = 1000
Objections = dict[int, list[OpenObjection]]


@bp.route("/bills/<int:bill_id>/corrections/new", methods=["GET", "POST"])
@allow(Role.OFFICER)
def correction_new(bill_id: int) -> ResponseReturnValue:
    """Write a notice: what lacks is filled in, the clerk says it in his own words."""
    bill = queries.get_bill(bill_id, who.committee_id())
    rows = [row for row in queries.list_items(bill_id) if row.item.state is ItemState.UNDER_REVIEW]
    lacking = lacks(rows, submissions.checklist(bill_id), submissions.objections_of(bill_id, local_date(g.now)))
    form = CorrectionForm(what=_prefilled(rows, lacking), due_on=local_date(g.now) + USUAL_DAYS)
    ticked = form.ticked() if form.is_submitted() else frozenset(lacking)
    if form.validate_on_submit():
        try:
            with transaction():
                notice_id = service.send_correction(_command(form, bill_id), who.actor(), g.now).id
            flash(_("已退回补正，请打印通知送提请机关。"), "good")
            return redirect(url_for(".correction", notice_id=notice_id))
        except DomainError as refusal:
            form.refuse(refusal)
    facts = {"bill": bill, "rows": rows, "lacking": lacking, "ticked": ticked}
    return render_template("officer/correction_new.html", form=form, **facts)


def _command(form: CorrectionForm, bill_id: int) -> SendCorrection:
    return SendCorrection(
        committee_id=who.committee_id(),
        bill_id=bill_id,
        item_ids=tuple(sorted(form.ticked())),
        what=(form.what.data or "").replace("\r\n", "\n"),
        due_on=form.due_on.data,
    )


def lacks(rows: Sequence[ItemRow], checklist: Iterable[ChecklistLine], found: Objections) -> dict[int, list[str]]:
    """Return what each item lacks, in words; one that lacks nothing is left out."""
    lacking: dict[int, list[str]] = {}
    for line in checklist:
        if line.item is not None and line.is_missing:
            lacking.setdefault(line.item.id, []).append(_("缺{kind}", kind=_(KINDS[line.kind])))
    for item_id, ones in found.items():
        said = [objection_words(one.objection, one.facts) for one in ones if one.is_open]
        lacking.setdefault(item_id, []).extend(f"{title}：{text}" for title, text in said)
    shown = {row.item.id for row in rows}
    return {item_id: said for item_id, said in lacking.items() if said and item_id in shown}


def _prefilled(rows: Iterable[ItemRow], lacking: dict[int, list[str]]) -> str:
    """Return a line for each item that lacks something, as many as fit."""
    text = "\n".join(_lines(rows, lacking))
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition("\n")[0]


def _lines(rows: Iterable[ItemRow], lacking: dict[int, list[str]]) -> Iterator[str]:
    for row in rows:
        if row.item.id in lacking:
            said = "；".join(one.rstrip("。") for one in lacking[row.item.id])
            yield _("{name}（{post}）：{said}。", name=row.person.name, post=row.item.post, said=said)


@bp.get("/corrections/<int:notice_id>")
@allow(Role.OFFICER, Role.DIRECTOR)
def correction(notice_id: int) -> ResponseReturnValue:
    """Show a notice as it goes out."""
    notice, bill = submissions.get_notice(notice_id, who.committee_id())
    facts = {"notice": notice, "bill": bill, "text": _text(notice, bill), "issued": _issued(notice, bill)}
    return render_template("officer/correction.html", **facts)


def _text(notice: CorrectionNotice, bill: Bill) -> OfficialText:
    about = submissions.items_of_notices([notice.id])[notice.id]
    return correction_notice(
        NoticeFacts(
            committee=get_committee(bill.committee_id).name,
            organ=bill.submitting_organ,
            bill_title=bill.title,
            bill_number=bill.document_number,
            received_on=bill.received_on,
            number=notice.number,
            items=[(item.form.value, person.name, item.post) for item, person in about],
            what=notice.what,
            due_on=notice.due_on,
            day=notice.sent_on,
        )
    )


def _issued(notice: CorrectionNotice, bill: Bill) -> list[Document]:
    query = select(Document).where(Document.committee_id == bill.committee_id)
    query = query.where(Document.kind == DocumentKind.CORRECTION_NOTICE, Document.about == f"notice:{notice.id}")
    return list(db.session.scalars(query.order_by(Document.id.desc())))


@bp.post("/corrections/<int:notice_id>/issue")
@allow(Role.OFFICER)
def correction_issue(notice_id: int) -> ResponseReturnValue:
    """Freeze the notice as an issued document."""
    with transaction():
        posted(Form)
        notice, bill = submissions.get_notice(notice_id, who.committee_id())
        command = documents.IssueDocument(
            committee_id=bill.committee_id,
            kind=DocumentKind.CORRECTION_NOTICE,
            text=_text(notice, bill),
            about=f"notice:{notice.id}",
        )
        document_id = documents.issue(command, who.actor(), g.now).id
    flash(_("补正通知已定稿存档，打印后送提请机关。"), "good")
    return redirect(url_for(".issued_document", document_id=document_id))


@bp.post("/corrections/<int:notice_id>/answered")
@allow(Role.OFFICER)
def correction_answered(notice_id: int) -> ResponseReturnValue:
    """Take the organ's answer: the items go on being reviewed."""
    _notice, bill = submissions.get_notice(notice_id, who.committee_id())
    bill_id = bill.id
    with refusals_said():
        with transaction():
            posted(Form)
            count = len(service.answer_correction(notice_id, who.committee_id(), who.actor(), g.now))
        flash(_("已登记答复，{count} 项继续初审。", count=count), "good")
    return redirect(url_for(".bill_papers", bill_id=bill_id, tab="notices"))
