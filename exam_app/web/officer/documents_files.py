"""web.officer.documents_files — documents as PDF, Word and Excel files, and the archive package of a meeting."""

import json
from urllib.parse import quote

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.crypto import sha256
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.documents import queries
from exam_app.documents.archive import verify
from exam_app.operations import service as operations
from exam_app.operations.errors import NoSuchJob
from exam_app.people.states import Role
from exam_app.printing.official.files import FORMS, render
from exam_app.printing.official.text import OfficialText
from exam_app.texts import all_words
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.documents import READERS, kind_of
from exam_app.web.pdf import fonts
from exam_app.web.who import allow

KIND = "package_documents"
FORM = "<any(pdf, docx, xlsx):form>"


@bp.get(f"/meetings/<int:meeting_id>/documents/{FORM}/<kind>")
@allow(*READERS)
def document_file(meeting_id: int, form: str, kind: str) -> ResponseReturnValue:
    """Hand out a document as the record has it now; one that is no more, as it was issued."""
    about = request.args.get("about", "")[:60]
    _papers, draft = queries.find_draft(meeting_id, who.committee_id(), kind_of(kind), about)
    if draft.text is None and draft.issued is not None:
        return _file(queries.text_of(draft.issued), form)
    assert draft.text is not None  # a document is drafted, or issued, or both
    return _file(draft.text, form)


@bp.get(f"/documents/<int:document_id>/{FORM}")
@allow(*READERS)
def issued_document_file(document_id: int, form: str) -> ResponseReturnValue:
    """Hand out a document as it was issued."""
    return _file(queries.text_of(queries.get_document(document_id, who.committee_id())), form)


def _file(text: OfficialText, form: str) -> Response:
    """Return the file under its title; a PDF opens in the browser."""
    answer = Response(render(text, form, fonts()), mimetype=FORMS[form])
    name = quote(f"{text.title}.{form}".replace("\n", ""))
    how = "inline" if form == "pdf" else "attachment"
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{name}"
    return answer


@bp.post("/meetings/<int:meeting_id>/documents/package")
@allow(Role.OFFICER)
def documents_package(meeting_id: int) -> ResponseReturnValue:
    """Queue the archive package of a meeting: all documents in all forms."""
    papers = queries.papers(meeting_id, who.committee_id())
    total = len(FORMS) * (len(papers.drafts) + len(papers.others))
    with transaction():
        actor = who.actor()
        payload = {"meeting": meeting_id, "actor": actor.name}
        job_id = operations.queue_job(who.committee_id(), KIND, payload, total, actor.account_id, g.now).id
    return redirect(url_for(".documents_job", job_id=job_id))


@bp.get("/documents/jobs/<int:job_id>")
@allow(*READERS)
def documents_job(job_id: int) -> ResponseReturnValue:
    """Show how far the package has come; asked with poll=1, the moving part alone."""
    job = operations.get_job(job_id, who.committee_id())
    if job.kind != KIND:
        raise NoSuchJob(job=job_id)
    template = "officer/_documents_job.html" if "poll" in request.args else "officer/documents_job.html"
    meeting_id = job.payload["meeting"]
    archive = next((one for one in queries.archives_of(meeting_id) if one.file_id == job.file_id), None)
    return render_template(template, job=job, meeting_id=meeting_id, archive=archive, failure=_failure(job.failure))


def _failure(stored: str) -> str:
    if not stored.startswith("{"):
        return _("系统遇到意外错误，已记入日志。请再生成一次；若再次出现，请联系系统管理员。") if stored else ""
    refusal = json.loads(stored)
    return _(all_words().get(refusal["code"], ""), **refusal["facts"])


@bp.get("/documents/archives/<int:archive_id>.zip")
@allow(*READERS)
def archive_file(archive_id: int) -> ResponseReturnValue:
    """Hand out an archive package."""
    archive = queries.get_archive(archive_id, who.committee_id())
    stored = operations.get_file(archive.file_id, who.committee_id())
    answer = Response(stored.content, mimetype=stored.media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
    return answer


@bp.get("/documents/archives/<int:archive_id>/check")
@allow(*READERS)
def archive_check(archive_id: int) -> ResponseReturnValue:
    """Check a package as it is kept here: file by file against its list, and as a whole."""
    archive = queries.get_archive(archive_id, who.committee_id())
    stored = operations.get_file(archive.file_id, who.committee_id())
    return render_template(
        "officer/archive_check.html",
        archive=archive,
        stored=stored,
        findings=verify(stored.content),
        is_same=sha256(stored.content) == archive.digest,
    )
