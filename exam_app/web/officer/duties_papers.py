"""web.officer.duties_papers — notice, result and letter of a duty: looked at, downloaded, issued."""

from dataclasses import replace

from flask import Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.documents import queries as documents
from exam_app.documents import service as issuing
from exam_app.documents.errors import DocumentChanged, NoSuchDocument
from exam_app.documents.models import Document
from exam_app.documents.rules import Difference, compared, with_number
from exam_app.documents.service import IssueDocument
from exam_app.documents.states import NAMES, DocumentKind
from exam_app.people.states import Role
from exam_app.printing.official import files
from exam_app.printing.official.text import OfficialText, digest
from exam_app.supervision import papers, queries
from exam_app.supervision.queries import DutyRow
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.duties import READERS
from exam_app.web.officer.duties_forms import IssueAct
from exam_app.web.pdf import fonts
from exam_app.web.who import allow

PAPER = "/duties/<int:duty_id>/papers/<kind>"
DOWNLOADS = ("pdf", "docx")


@bp.get(PAPER)
@allow(*READERS)
def duty_paper(duty_id: int, kind: str) -> ResponseReturnValue:
    """Show a paper as it would be issued now, and whether the issued one still says the same."""
    row = queries.get_row(duty_id, who.committee_id())
    text, issued = _text(kind, row)
    return render_template(
        "officer/duty_paper.html",
        row=row,
        kind=kind,
        name=NAMES[DocumentKind(kind)],
        text=text,
        digest=digest(text),
        issued=issued,
        differences=_differences(issued, text),
    )


@bp.get(PAPER + ".<ending>")
@allow(*READERS)
def duty_paper_file(duty_id: int, kind: str, ending: str) -> ResponseReturnValue:
    """Hand out a paper: as it was issued, else as it stands now."""
    if ending not in DOWNLOADS:
        abort(404)
    row = queries.get_row(duty_id, who.committee_id())
    text, issued = _text(kind, row)
    content = files.render(documents.text_of(issued) if issued else text, ending, fonts())
    answer = Response(content, mimetype=files.FORMS[ending])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{kind}-{duty_id}.{ending}")
    return answer


@bp.post(PAPER)
@allow(Role.OFFICER)
def duty_paper_issue(duty_id: int, kind: str) -> ResponseReturnValue:
    """Issue a paper as it was shown."""
    with refusals_said():
        with transaction():
            act = posted(IssueAct)
            row = queries.get_row(duty_id, who.committee_id())
            text, _issued = _text(kind, row)
            if digest(text) != act.digest.data:
                raise DocumentChanged(title=text.title)
            issuing.issue(_command(DocumentKind(kind), row, text, act.number.data), who.actor(), g.now)
        flash(_("已印发。印发的内容不再改变，可以下载打印。"), "good")
    return redirect(url_for(".duty_paper", duty_id=duty_id, kind=kind))


def _text(kind: str, row: DutyRow) -> tuple[OfficialText, Document | None]:
    """Return a paper as it stands now, under the number it was issued with, and the issued one."""
    if kind not in set(DocumentKind):
        raise NoSuchDocument(kind=kind)
    text = papers.compose(DocumentKind(kind), row.duty.id, row.duty.committee_id, local_date(g.now))
    issued = papers.find_issued(DocumentKind(kind), row)
    return (with_number(text, issued.number) if issued else text), issued


def _command(kind: DocumentKind, row: DutyRow, text: OfficialText, number: str) -> IssueDocument:
    return IssueDocument(
        committee_id=row.duty.committee_id,
        kind=kind,
        about=papers.about(kind, row),
        meeting_id=row.duty.meeting_id,
        text=replace(text, number=number.strip() or text.number),
    )


def _differences(issued: Document | None, text: OfficialText) -> list[Difference]:
    if issued is None or issued.digest == digest(text):
        return []
    return compared(documents.text_of(issued), text)[1]
