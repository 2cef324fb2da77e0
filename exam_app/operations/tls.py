"""operations.tls — the office's own certificate authority, made at first run where no certificate is given."""

import ipaddress
import json
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS, SERVER_DAYS = 3650, 820  # browsers refuse server certificates of more than 825 days


def make_certificates(folder: Path, host: str, now: datetime) -> tuple[Path, Path, Path]:
    """Return authority, certificate and key files for the host; what is there already is kept."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority, certificate, key = (folder / name for name in ("authority.pem", f"{host}.pem", f"{host}.key"))
    if not authority.exists():
        secret = _new_key(folder / "authority.key")
        _write(authority, _certificate(_name(f"考试系统自签发证机构 {host}"), secret, None, now))
    if not certificate.exists():
        issuer = x509.load_pem_x509_certificate(authority.read_bytes())
        issuer_key = serialization.load_pem_private_key((folder / "authority.key").read_bytes(), None)
        assert isinstance(issuer_key, ec.EllipticCurvePrivateKey)
        secret = _new_key(key)
        _write(certificate, _certificate(_name(host), secret, (issuer, issuer_key), now, host))
    return authority, certificate, key


def expiry(instance: Path) -> datetime | None:
    """Return until when the certificate is valid that this installation was served with last; None: without one."""
    try:
        used = Path(json.loads((instance / "serve.json").read_text())["certificate"])
        return x509.load_pem_x509_certificate(used.read_bytes()).not_valid_after_utc
    except (OSError, ValueError, KeyError):
        return None


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _new_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return key


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None,
    now: datetime,
    host: str = "",
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=SERVER_DAYS if issuer else AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if host:
        builder = builder.add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256())


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _write(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
