"""web.officer.documents — 文书: all documents of a meeting, what is wrong with issued ones, preview and issue."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.documents import queries, service
from exam_app.documents.errors import NoSuchDocument
from exam_app.documents.rules import WRONG, Standing
from exam_app.documents.service import Choice
from exam_app.documents.states import DocumentKind
from exam_app.people.queries import account_names
from exam_app.people.states import Role
from exam_app.printing.official.text import OfficialText
from exam_app.texts import documents as texts
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.forms import Form
from exam_app.web.officer.blueprint import bp
from exam_app.web.who import allow

READERS = (Role.OFFICER, Role.DIRECTOR)
TABLES = frozenset({"Grid", "Ballot"})


class IssueAct(Form):
    """One document as it was shown, and the number it gets."""

    about = StringField(_("对象"), [Length(max=60)], default="")
    digest = StringField(_("校验码"), [Length(max=64)], default="")
    number = StringField(_("文号"), [Length(max=60)], default="")


@bp.get("/meetings/<int:meeting_id>/documents")
@allow(*READERS)
def meeting_documents(meeting_id: int) -> ResponseReturnValue:
    """List the documents of a meeting: drafts, issued ones, and what is wrong with these by now."""
    papers = queries.papers(meeting_id, who.committee_id())
    return render_template(
        "officer/meeting_documents.html",
        meeting_id=meeting_id,
        papers=papers,
        wrong=[one for one in papers.drafts if one.is_stale],
        waiting=sum(one.standing is not Standing.ISSUED for one in papers.drafts),
        archives=queries.archives_of(meeting_id),
        texts=texts,
        has_tables=has_tables,
    )


def has_tables(text: OfficialText | None) -> bool:
    """Whether a workbook of the document holds more than its lines."""
    return text is not None and any(block.kind in TABLES for block in text.blocks)


@bp.post("/meetings/<int:meeting_id>/documents/issue")
@allow(Role.OFFICER)
def documents_issue(meeting_id: int) -> ResponseReturnValue:
    """Issue every document of a meeting that is not issued as it is."""
    with transaction():
        count = len(service.issue_all(meeting_id, who.committee_id(), who.actor(), g.now))
    flash(_("已印发 {count} 份文件。", count=count) if count else _("没有需要印发的文件：全部与记录一致。"), "good")
    return redirect(url_for(".meeting_documents", meeting_id=meeting_id))


@bp.get("/meetings/<int:meeting_id>/documents/<kind>")
@allow(*READERS)
def document(meeting_id: int, kind: str) -> ResponseReturnValue:
    """Show one document as the record has it now, and what was issued."""
    about = request.args.get("about", "")[:60]
    papers, draft = queries.find_draft(meeting_id, who.committee_id(), kind_of(kind), about)
    issued = draft.issued
    return render_template(
        "officer/document.html",
        meeting_id=meeting_id,
        papers=papers,
        draft=draft,
        text=draft.text or (queries.text_of(issued) if issued else None),
        is_wrong=draft.standing in WRONG,
        versions=queries.list_versions(issued) if issued else [],
        texts=texts,
        has_tables=has_tables,
    )


def kind_of(given: str) -> DocumentKind:
    """Return the kind in an address, or raise NoSuchDocument."""
    if given not in set(DocumentKind):
        raise NoSuchDocument(kind=given[:40])
    return DocumentKind(given)


@bp.post("/meetings/<int:meeting_id>/documents/<kind>/issue")
@allow(Role.OFFICER)
def document_issue(meeting_id: int, kind: str) -> ResponseReturnValue:
    """Issue one document in the words that were shown."""
    form = posted(IssueAct)
    choice = Choice(kind=kind_of(kind), about=form.about.data, digest=form.digest.data, number=form.number.data.strip())
    with transaction():
        issued = service.issue_one(meeting_id, who.committee_id(), choice, who.actor(), g.now)
        title = issued.title.replace("\n", "")
    flash(_("《{title}》已印发。", title=title), "good")
    return redirect(url_for(".document", meeting_id=meeting_id, kind=kind, about=choice.about or None))


@bp.get("/documents/<int:document_id>")
@allow(*READERS)
def issued_document(document_id: int) -> ResponseReturnValue:
    """Show a document as it was issued, also one that was replaced."""
    issued = queries.get_document(document_id, who.committee_id())
    return render_template(
        "officer/issued_document.html",
        issued=issued,
        text=queries.text_of(issued),
        versions=queries.list_versions(issued),
        names=account_names([issued.issued_by] if issued.issued_by else []),
        texts=texts,
        has_tables=has_tables,
    )
