"""tests.certificates.test_file — the signed file is made once, and every change to it is found."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.crypto import sha256
from exam_app.base.db import db, transaction
from exam_app.base.states import IllegalMove
from exam_app.certificates import queries, service
from exam_app.certificates.drawing import draw_for_printer, draw_signed
from exam_app.certificates.errors import NoSuchCertificate, ReasonMissing
from exam_app.certificates.issuers import find_authority, issuer_of
from exam_app.certificates.models import Certificate
from exam_app.certificates.states import CERTIFICATE_MOVES, CertificateState
from exam_app.operations.models import StoredFile
from exam_app.operations.service import get_file
from exam_app.printing.signing import check_pdf
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import make_committee, make_person
from tests.printing.reading import page_count

LATER = NINE + timedelta(hours=4)


@pytest.fixture
def certificate(app: Flask) -> Certificate:
    """An issued certificate without its file."""
    with transaction():
        committee = make_committee()
        result = make_result(make_entry(make_exam(committee), make_person(committee)))
        return service.issue(result.id, MACHINE, LATER)


def store(certificate: Certificate) -> bytes:
    """Draw, sign and store the file, and return it as stored."""
    pdf = draw_signed(service.work_order(certificate, LATER))
    with transaction():
        kept = service.keep_signed(certificate.id, pdf, LATER)
    assert kept.file_id is not None
    return get_file(kept.file_id, kept.committee_id).content


def test_signature_holds_and_changes_are_found(certificate: Certificate) -> None:
    pdf = store(certificate)
    authority = find_authority(certificate.committee_id)
    assert authority is not None
    assert certificate.pdf_sha256 == sha256(pdf)
    assert check_pdf(pdf, authority).is_good

    altered = pdf.replace(b"/Rotate 0", b"/Rotate 9", 1)
    assert altered != pdf
    assert not check_pdf(altered, authority).is_good
    assert not check_pdf(pdf + b"\n% more", authority).is_good


def test_second_file_is_dropped(certificate: Certificate) -> None:
    first = store(certificate)
    assert store(certificate) == first
    assert db.session.scalar(select(func.count(StoredFile.id))) == 1


def test_unknown_certificate_takes_no_file(app: Flask) -> None:
    with pytest.raises(NoSuchCertificate), transaction():
        service.keep_signed(1, b"%PDF", LATER)
    assert db.session.scalar(select(func.count(StoredFile.id))) == 0


def test_committee_keeps_one_key(certificate: Certificate) -> None:
    first = issuer_of(certificate.committee_id, LATER)
    assert issuer_of(certificate.committee_id, LATER + timedelta(days=400)) == first
    assert find_authority(certificate.committee_id) == first.ca_pem
    assert find_authority(certificate.committee_id + 1) is None


def test_printers_file_has_a_page_for_each(certificate: Certificate) -> None:
    assert page_count(draw_for_printer([certificate.facts, certificate.facts], {})) == 2


def test_revocation_leaves_the_file(certificate: Certificate) -> None:
    pdf = store(certificate)
    with transaction():
        service.revoke(certificate.id, certificate.committee_id, " 成绩经复核无效 ", MACHINE, LATER)
    assert certificate.state is CertificateState.REVOKED
    assert certificate.revocation_reason == "成绩经复核无效"
    assert certificate.pdf_sha256 == sha256(pdf)


@pytest.mark.parametrize("reason", ["", "  ", "因" * 301])
def test_revocation_without_reason_is_refused(certificate: Certificate, reason: str) -> None:
    with pytest.raises(ReasonMissing), transaction():
        service.revoke(certificate.id, certificate.committee_id, reason, MACHINE, LATER)
    assert (certificate.state, certificate.revoked_at) == (CertificateState.VALID, None)


def test_revoked_stays_revoked(certificate: Certificate) -> None:
    with transaction():
        service.revoke(certificate.id, certificate.committee_id, "成绩无效", MACHINE, LATER)
    with pytest.raises(IllegalMove), transaction():
        service.revoke(certificate.id, certificate.committee_id, "再次", MACHINE, LATER)
    assert certificate.revocation_reason == "成绩无效"
    assert CERTIFICATE_MOVES[CertificateState.REVOKED] == frozenset()


def test_certificate_of_another_committee_is_not_found(certificate: Certificate) -> None:
    other = certificate.committee_id + 1
    with pytest.raises(NoSuchCertificate):
        queries.get_certificate(certificate.id, other)
    with pytest.raises(NoSuchCertificate), transaction():
        service.revoke(certificate.id, other, "成绩无效", MACHINE, LATER)
    assert certificate.state is CertificateState.VALID


def test_code_is_found_however_it_is_typed(certificate: Certificate) -> None:
    code = certificate.code
    grouped = f"{code[:4]}-{code[4:8]}－{code[8:]}".lower()
    assert queries.find_by_code(" 甲市人考〔２０２６〕1号", grouped) is certificate
    assert queries.find_by_code("2026-1", code) is certificate


def test_wrong_code_number_or_nonsense_finds_nothing(certificate: Certificate) -> None:
    for number, code in (("2026-1", "A" * 12), ("2026-2", certificate.code), ("", ""), ("2026", certificate.code)):
        assert queries.find_by_code(number, code) is None
