"""jobs.certificates — issues and prints the certificates of an exam; children draw, this process alone writes.

Run again after a crash, it goes on where it stopped: what is issued stays, what lacks its file is drawn.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from exam_app.audit.service import Actor
from exam_app.base.clock import Clock
from exam_app.base.config import settings
from exam_app.base.db import transaction
from exam_app.certificates import queries, service
from exam_app.certificates.drawing import DrawCertificate, draw_for_printer, draw_signed
from exam_app.certificates.errors import CertificatesUnprinted
from exam_app.certificates.models import Certificate
from exam_app.operations import service as operations
from exam_app.operations.models import Job
from exam_app.printing.errors import MissingGlyph

KIND = "print_certificates"


def print_exam(job: Job, clock: Clock) -> None:
    """Issue, draw, sign and store each certificate of the exam, then make one file for the printer."""
    job_id, committee_id, exam_id = job.id, job.committee_id, int(job.payload["exam"])
    actor = Actor(job.created_by, job.payload["actor"])
    unprinted: list[str] = []
    drawn: list[Certificate] = []
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as children:
        for done, result_id in enumerate(queries.results_to_certify(exam_id), 1):
            certificate = _issue(result_id, actor, clock)
            try:
                _file(certificate, children, clock)
                drawn.append(certificate)
            except MissingGlyph:
                unprinted.append(certificate.number)
            with transaction():
                operations.advance_job(job_id, done)
        facts = [certificate.facts for certificate in drawn]
        printed = children.submit(draw_for_printer, facts, dict(settings().fonts)).result()
    with transaction():
        stored = operations.keep_file(committee_id, "合格证（供打印）.pdf", "application/pdf", printed, clock.now())
        operations.attach_file(job_id, stored.id)
    if unprinted:
        raise CertificatesUnprinted(numbers="、".join(unprinted))


def _issue(result_id: int, actor: Actor, clock: Clock) -> Certificate:
    with transaction():
        return service.issue(result_id, actor, clock.now())


def _file(certificate: Certificate, children: ProcessPoolExecutor, clock: Clock) -> None:
    """Draw outside any transaction, store in a short one."""
    if certificate.file_id is not None:
        return
    order: DrawCertificate = service.work_order(certificate, clock.now())
    certificate_id = certificate.id
    pdf = children.submit(draw_signed, order).result()
    with transaction():
        service.keep_signed(certificate_id, pdf, clock.now())
