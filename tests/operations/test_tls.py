"""tests.operations.test_tls — the office's own authority: certificates that browsers take, made once."""

import ipaddress
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from exam_app.operations.tls import make_certificates
from tests.conftest import NINE


def read(path: Path) -> x509.Certificate:
    """Return the certificate in a file."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def names(certificate: x509.Certificate) -> x509.SubjectAlternativeName:
    """Return the names that the certificate is for."""
    return certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value


def test_server_certificate_is_signed_by_the_authority(tmp_path: Path) -> None:
    authority, certificate, _key = make_certificates(tmp_path, "exam.local", NINE)

    read(certificate).verify_directly_issued_by(read(authority))
    key = read(authority).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert read(authority).extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not read(certificate).extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_name_stands_where_browsers_look_for_it(tmp_path: Path) -> None:
    _authority, certificate, _key = make_certificates(tmp_path, "exam.local", NINE)
    assert names(read(certificate)).get_values_for_type(x509.DNSName) == ["exam.local"]


@pytest.mark.parametrize("host", ["192.168.1.20", "fd00::7"])
def test_address_is_an_address_and_no_name(tmp_path: Path, host: str) -> None:
    _authority, certificate, _key = make_certificates(tmp_path, host, NINE)

    assert names(read(certificate)).get_values_for_type(x509.IPAddress) == [ipaddress.ip_address(host)]
    assert names(read(certificate)).get_values_for_type(x509.DNSName) == []


def test_server_certificate_lasts_no_longer_than_browsers_allow(tmp_path: Path) -> None:
    _authority, certificate, _key = make_certificates(tmp_path, "exam.local", NINE)

    lasts = read(certificate).not_valid_after_utc - read(certificate).not_valid_before_utc
    assert lasts <= timedelta(days=825)
    assert read(certificate).not_valid_before_utc < NINE


def test_second_run_keeps_what_is_there(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in make_certificates(tmp_path, "exam.local", NINE)]
    second = [path.read_bytes() for path in make_certificates(tmp_path, "exam.local", NINE + timedelta(days=9))]
    assert first == second


def test_another_name_gets_its_own_from_the_same_authority(tmp_path: Path) -> None:
    authority, _certificate, _key = make_certificates(tmp_path, "exam.local", NINE)
    before = authority.read_bytes()

    authority, certificate, _key = make_certificates(tmp_path, "10.0.0.7", NINE)

    assert authority.read_bytes() == before
    read(certificate).verify_directly_issued_by(read(authority))


def test_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    make_certificates(folder, "exam.local", NINE)

    for path in folder.glob("*.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
