"""tests.printing.test_signing — a signed file, altered in the ways files are altered."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exam_app.printing.certificate import render_certificate
from exam_app.printing.errors import FileNotSignable
from exam_app.printing.signing import IssuerKey, check_pdf, make_issuer, sign_pdf
from exam_app.printing.typefaces import Fonts
from tests.printing.facts import CERTIFICATE, COMMITTEE

MADE = datetime(2018, 1, 2, 1, 0, tzinfo=UTC)
SIGNED = datetime(2018, 3, 5, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Signed:
    issuer: IssuerKey
    pdf: bytes


@pytest.fixture(scope="module")
def signed(fonts: Fonts) -> Signed:
    issuer = make_issuer(COMMITTEE, MADE)
    return Signed(issuer, sign_pdf(render_certificate(CERTIFICATE, fonts), issuer, SIGNED, "核发合格证", "田州市"))


def test_signed_file_is_good_and_names_signer_and_time(signed: Signed) -> None:
    check = check_pdf(signed.pdf, signed.issuer.ca_pem)

    assert check.is_good
    assert (check.signer, check.signed_at) == (COMMITTEE, SIGNED)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_byte_is_found(signed: Signed, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(signed.pdf) - 1))
    altered = bytearray(signed.pdf)
    altered[at] ^= 1

    assert not check_pdf(bytes(altered), signed.issuer.ca_pem).is_good


def test_bytes_hidden_in_the_signature_field_are_found(signed: Signed) -> None:
    padding = signed.pdf.index(b"0" * 200)
    hidden = signed.pdf[: padding + 190] + b"cafe" + signed.pdf[padding + 194 :]

    check = check_pdf(hidden, signed.issuer.ca_pem)

    assert not check.intact
    assert check.covers_whole_file


def test_appended_bytes_are_found_though_the_signed_part_is_intact(signed: Signed) -> None:
    check = check_pdf(signed.pdf + b"\n% more\n", signed.issuer.ca_pem)

    assert check.intact
    assert not check.covers_whole_file
    assert not check.is_good


@pytest.mark.parametrize("file", [b"", b"no PDF"])
def test_file_that_is_no_pdf_is_not_signed(signed: Signed, file: bytes) -> None:
    with pytest.raises(FileNotSignable):
        sign_pdf(file, signed.issuer, SIGNED, "核发合格证", "田州市")


def test_signed_file_is_not_signed_again(signed: Signed) -> None:
    with pytest.raises(FileNotSignable):
        sign_pdf(signed.pdf, signed.issuer, SIGNED, "核发合格证", "田州市")


def test_signature_under_another_authority_is_not_trusted(signed: Signed) -> None:
    foreign = make_issuer(COMMITTEE, MADE)

    check = check_pdf(signed.pdf, foreign.ca_pem)

    assert check.intact
    assert not check.trusted
    assert not check.is_good


def test_signature_after_the_certificate_ended_is_not_trusted(fonts: Fonts, signed: Signed) -> None:
    late = MADE + timedelta(days=4000)
    pdf = sign_pdf(render_certificate(CERTIFICATE, fonts), signed.issuer, late, "核发合格证", "田州市")

    assert not check_pdf(pdf, signed.issuer.ca_pem).trusted


@pytest.mark.parametrize("file", [b"", b"%PDF-1.4\n", b"not a file"], ids=["empty", "cut short", "no PDF"])
def test_file_that_cannot_be_read_is_not_intact(signed: Signed, file: bytes) -> None:
    check = check_pdf(file, signed.issuer.ca_pem)

    assert (check.intact, check.trusted, check.signed_at) == (False, False, None)


def test_unsigned_file_is_not_intact(fonts: Fonts, signed: Signed) -> None:
    assert not check_pdf(render_certificate(CERTIFICATE, fonts), signed.issuer.ca_pem).intact


def test_issuer_is_named_in_chinese_and_lasts_ten_years(signed: Signed) -> None:
    certificate = x509.load_pem_x509_certificate(signed.issuer.certificate_pem)

    [name] = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value == COMMITTEE
    assert certificate.not_valid_after_utc.year == 2028


def test_issuer_never_shows_its_key(signed: Signed) -> None:
    assert "PRIVATE" not in repr(replace(signed.issuer, ca_pem=b""))
    assert b"PRIVATE" in signed.issuer.key_pem
