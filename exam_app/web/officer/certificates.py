"""web.officer.certificates — 证书: the list, printing an exam's certificates in one go, revoking."""

import json

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.certificates import queries, service
from exam_app.certificates.states import CertificateState
from exam_app.exams.queries import get_exam
from exam_app.operations import service as operations
from exam_app.operations.errors import NoSuchFile
from exam_app.people.states import Role
from exam_app.texts import all_words
from exam_app.texts.certificates import STATES
from exam_app.web import who
from exam_app.web.acts import ReasonAct, posted
from exam_app.web.officer.blueprint import bp
from exam_app.web.signed import send_certificate, send_pdf
from exam_app.web.who import allow

KIND = "print_certificates"
READERS = (Role.OFFICER, Role.DIRECTOR, Role.EXAMINER)


@bp.get("/certificates")
@allow(*READERS)
def certificates() -> ResponseReturnValue:
    """List the committee's certificates, and the exams that have people to certify."""
    given = request.args.get("state", "")
    state = CertificateState(given) if given in set(CertificateState) else None
    query = queries.certificates_of(who.committee_id(), request.args.get("q", "")[:60].strip(), state)
    counts = queries.count_states(who.committee_id())
    return render_template(
        "officer/certificates.html",
        page=fetch_page(query, request.args.get("page", 1, type=int), request.args.get("size", 20, type=int)),
        exams=queries.certifiable_exams(who.committee_id()),
        labels=STATES,
        states=[(one.value, _(label), counts.get(one, 0)) for one, label in STATES.items()],
    )


@bp.get("/certificates/<int:certificate_id>.pdf")
@allow(*READERS)
def certificate_file(certificate_id: int) -> ResponseReturnValue:
    """Show the signed file; a reprint is the same file."""
    return send_certificate(queries.get_certificate(certificate_id, who.committee_id()))


@bp.post("/certificates/<int:certificate_id>/revoke")
@allow(Role.OFFICER)
def certificate_revoke(certificate_id: int) -> ResponseReturnValue:
    """Revoke a certificate with a reason."""
    with transaction():
        reason = posted(ReasonAct).reason.data
        revoked = service.revoke(certificate_id, who.committee_id(), reason, who.actor(), g.now)
        number = revoked.number
    flash(_("证书 {number} 已撤销，核验时将显示“已撤销”。", number=number), "good")
    return redirect(url_for(".certificates"))


@bp.post("/certificates/print/<int:exam_id>")
@allow(Role.OFFICER)
def certificates_print(exam_id: int) -> ResponseReturnValue:
    """Queue the certificates of an exam."""
    with transaction():
        exam = get_exam(exam_id, who.committee_id())
        total, actor = len(queries.results_to_certify(exam.id)), who.actor()
        payload = {"exam": exam.id, "actor": actor.name}
        job = operations.queue_job(who.committee_id(), KIND, payload, total, actor.account_id, g.now)
        job_id = job.id
    return redirect(url_for(".certificates_job", job_id=job_id))


@bp.get("/certificates/jobs/<int:job_id>")
@allow(Role.OFFICER)
def certificates_job(job_id: int) -> ResponseReturnValue:
    """Show how far printing has come; asked with poll=1, the moving part alone."""
    job = operations.get_job(job_id, who.committee_id())
    template = "officer/_certificates_job.html" if "poll" in request.args else "officer/certificates_job.html"
    return render_template(template, job=job, failure=_failure(job.failure))


def _failure(stored: str) -> str:
    if not stored.startswith("{"):
        return _("系统遇到意外错误，已记入日志。已生成的证书都已保存，可以再打印一次。") if stored else ""
    refusal = json.loads(stored)
    return _(all_words().get(refusal["code"], ""), **refusal["facts"])


@bp.get("/certificates/jobs/<int:job_id>.pdf")
@allow(Role.OFFICER)
def certificates_printed(job_id: int) -> ResponseReturnValue:
    """Show the file for the printer that a job made."""
    job = operations.get_job(job_id, who.committee_id())
    if job.kind != KIND or job.file_id is None:
        raise NoSuchFile(job=job_id)
    return send_pdf(job.file_id, job.committee_id)
