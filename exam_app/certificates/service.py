"""certificates.service — issues certificates, keeps their signed files, revokes them.

Drawing and signing take long and happen between two transactions; what a crash leaves between them, the next
print finishes, because a certificate without a file is drawn again from the same frozen facts.
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base import chance
from exam_app.base.clock import local_date
from exam_app.base.config import settings
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.certificates.drawing import DrawCertificate
from exam_app.certificates.errors import NoSuchCertificate, NotCertifiable, ReasonMissing
from exam_app.certificates.issuers import issuer_of
from exam_app.certificates.models import Certificate
from exam_app.certificates.queries import Sources, find_for_result, find_sources, get_certificate
from exam_app.certificates.rules import CODE_LENGTH, address_of, grade_of, number_of, to_document
from exam_app.certificates.states import CERTIFICATE_MOVES, CertificateState
from exam_app.committees.models import Committee
from exam_app.committees.rules import from_document as rules_from
from exam_app.operations import service as operations
from exam_app.printing.certificate import CertificateFacts
from exam_app.printing.drawing.words import chinese_date, grouped_code
from exam_app.results.states import ResultState
from question_bank.kinds import ORGAN_LABELS


def issue(result_id: int, actor: Actor, now: datetime) -> Certificate:
    """Issue the certificate of a published passed result, once; a second call returns the first one."""
    sources = find_sources(result_id)
    if sources is None or sources.result.state is not ResultState.PUBLISHED or not sources.result.passed:
        raise NotCertifiable(result=result_id)
    committee = _queue_up(sources.exam.committee_id)
    issued = find_for_result(result_id)
    if issued is not None:
        return issued
    certificate = _numbered(committee, now)
    certificate.result_id, certificate.person_id = result_id, sources.person.id
    certificate.issued_by = actor.account_id
    certificate.facts = to_document(_facts(sources, committee, certificate))
    db.session.add(certificate)
    db.session.flush()  # the audit line needs the id, and the next number must see this one
    audit.note(
        actor,
        "certificate.issue",
        about=f"certificate:{certificate.id}",
        now=now,
        committee_id=committee.id,
        details={"number": certificate.number, "result": result_id},
    )
    return certificate


def _queue_up(committee_id: int) -> Committee:
    """Let one issuer at a time take a number; rows that merely refer to the committee need not wait."""
    return db.session.scalars(
        select(Committee).where(Committee.id == committee_id).with_for_update(key_share=True)
    ).one()


def _numbered(committee: Committee, now: datetime) -> Certificate:
    year = local_date(now).year
    latest = select(func.max(Certificate.serial)).where(
        Certificate.committee_id == committee.id, Certificate.year == year
    )
    serial = (db.session.scalar(latest) or 0) + 1
    return Certificate(
        committee_id=committee.id,
        year=year,
        serial=serial,
        number=number_of(committee.short_name, year, serial),
        code=chance.code(CODE_LENGTH),
        issued_at=now,
    )


def _facts(sources: Sources, committee: Committee, certificate: Certificate) -> CertificateFacts:
    rules = rules_from(sources.exam.rules)
    sat_on = local_date(sources.started_at)
    facts = CertificateFacts(
        committee_name=committee.name,
        exam_title=sources.exam.title,
        number=certificate.number,
        person_name=sources.person.name,
        unit=sources.person.unit,
        post=sources.person.post,
        nominated_post=sources.entry.nominated_post,
        organ_label=f"{ORGAN_LABELS[sources.entry.organ_type]}卷",
        exam_date=sat_on,
        score=sources.result.score,
        full_marks=Decimal(rules.full_marks),
        grade=grade_of(sources.result.band),
        issued_on=local_date(certificate.issued_at),
        verify_url=address_of(settings().public_url, certificate.year, certificate.serial, certificate.code),
        verify_code=grouped_code(certificate.code),
        laws_note=f"本次考试以{chinese_date(sat_on)}有效的法律为准。",
    )
    return facts if rules.disclosure == "score" else replace(facts, score=None)


def work_order(certificate: Certificate, now: datetime) -> DrawCertificate:
    """Return what the signed file is made from, to be drawn outside any transaction."""
    return DrawCertificate(
        facts=certificate.facts,
        issuer=issuer_of(certificate.committee_id, now),
        signed_at=now,
        fonts=dict(settings().fonts),
    )


def keep_signed(certificate_id: int, pdf: bytes, now: datetime) -> Certificate:
    """Store the signed file; if another process was first, its file stays and this one is dropped."""
    certificate = db.session.scalar(select(Certificate).where(Certificate.id == certificate_id).with_for_update())
    if certificate is None:
        raise NoSuchCertificate(certificate=certificate_id)
    if certificate.file_id is None:
        name = f"{certificate.number}.pdf"
        stored = operations.keep_file(certificate.committee_id, name, "application/pdf", pdf, now)
        certificate.file_id, certificate.pdf_sha256 = stored.id, stored.sha256
    return certificate


def revoke(certificate_id: int, committee_id: int, reason: str, actor: Actor, now: datetime) -> Certificate:
    """Revoke a certificate with a reason; its file and facts stay as they are."""
    certificate = get_certificate(certificate_id, committee_id)
    reason = reason.strip()
    if not 1 <= len(reason) <= 300:
        raise ReasonMissing(certificate=certificate_id)
    certificate.state = move(certificate.state, CertificateState.REVOKED, CERTIFICATE_MOVES)
    certificate.revoked_at, certificate.revoked_by = now, actor.account_id
    certificate.revocation_reason = reason
    audit.note(
        actor,
        "certificate.revoke",
        about=f"certificate:{certificate_id}",
        now=now,
        committee_id=committee_id,
        details={"number": certificate.number, "reason": reason},
    )
    return certificate
