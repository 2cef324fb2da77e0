"""printing.signing — signs a PDF (PAdES B-B, EC P-256) as the committee, and checks such a signature.

The time in a signature is the signer's own statement: no time-stamp authority is asked.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from exam_app.printing.errors import FileNotSignable

# What a check finds is in its result; the library would log each broken file with a traceback.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

FIELD_NAME = "Committee"
TEN_YEARS = timedelta(days=3652)
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class IssuerKey:
    """PEM bytes. The key of the self-made authority is not kept: it signs this one certificate."""

    ca_pem: bytes
    certificate_pem: bytes
    key_pem: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SignatureCheck:
    """`trusted`: made with a certificate of the given authority, valid at the stated time."""

    intact: bool
    covers_whole_file: bool
    trusted: bool
    signer: str
    signed_at: datetime | None

    @property
    def is_good(self) -> bool:
        return self.intact and self.covers_whole_file and self.trusted


NOTHING_SHOWN = SignatureCheck(intact=False, covers_whole_file=False, trusted=False, signer="", signed_at=None)


def make_issuer(name: str, now: datetime) -> IssuerKey:
    """Make an authority and, by it, the certificate with which the committee signs for ten years."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name, own_name = _named(f"{name}签发机构", name), _named(name, name)
    ca = _certificate(ca_name, ca_key.public_key(), ca_name, now).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    ca = ca.add_extension(_usage(certifies=True), critical=True)
    own = _certificate(own_name, key.public_key(), ca_name, now).add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    own = own.add_extension(_usage(certifies=False), critical=True).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
    )
    return IssuerKey(
        ca_pem=ca.sign(ca_key, SHA256()).public_bytes(Encoding.PEM),
        certificate_pem=own.sign(ca_key, SHA256()).public_bytes(Encoding.PEM),
        key_pem=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _named(common: str, organisation: str) -> x509.Name:
    # RFC 5280 allows 64 characters in each.
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _certificate(
    subject: x509.Name, public_key: ec.EllipticCurvePublicKey, issuer: x509.Name, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_TOLERANCE)
        .not_valid_after(now + TEN_YEARS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        content_commitment=not certifies,
        key_cert_sign=certifies,
        crl_sign=certifies,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


class _TimedSigner(PdfSigner):  # type: ignore[misc]
    """Signs at the time that came in, not at the time of the machine."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, now: datetime) -> None:
        super().__init__(metadata, signer=signer)
        self._now = now

    def init_signing_session(self, *args: object, **kwargs: object) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._now
        return session


class _Writer(IncrementalPdfFileWriter):  # type: ignore[misc]
    """Leaves title, author and dates as they were drawn; the library would read the clock."""

    def _update_meta(self) -> None:
        pass


def sign_pdf(pdf: bytes, issuer: IssuerKey, now: datetime, reason: str, location: str) -> bytes:
    """Return the file certified: the signature allows no change at all."""
    [certificate] = load_certs_from_pemder_data(issuer.certificate_pem)
    signer = SimpleSigner(
        signing_cert=certificate,
        signing_key=load_private_key_from_pemder_data(issuer.key_pem, passphrase=None),
        cert_registry=SimpleCertificateStore(),
        embed_roots=False,
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
        location=location,
    )
    try:
        out = _TimedSigner(metadata, signer, now).sign_pdf(_Writer(BytesIO(pdf)))
    except (SigningError, PdfReadError) as refused:
        raise FileNotSignable(reason=str(refused)) from refused
    return bytes(out.getvalue())


def check_pdf(pdf: bytes, ca_pem: bytes) -> SignatureCheck:
    """Say whether the one signature of the file holds; whatever cannot be read is not intact."""
    try:
        [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
        status = _status(signature, ca_pem)
    except Exception:  # an altered file can break the reader anywhere, and each break means the same
        return NOTHING_SHOWN
    return SignatureCheck(
        intact=bool(status.intact and status.valid and _fills_its_gap(signature, pdf)),
        covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        trusted=bool(status.trusted),
        signer=_common_name(status),
        signed_at=signature.self_reported_timestamp,
    )


def _status(signature: EmbeddedPdfSignature, ca_pem: bytes) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=load_certs_from_pemder_data(ca_pem),
        allow_fetching=False,
        moment=signature.self_reported_timestamp,
    )
    # What was appended is not judged: anything beyond the signature counts as a change.
    return validate_pdf_signature(signature, signer_validation_context=context, skip_diff=True)


def _fills_its_gap(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """The signature cannot cover the field it stands in; nothing else may hide there."""
    _, begins, ends, _ = (int(each) for each in signature.byte_range)
    content = signature.pkcs7_content
    as_written = pdf[begins:ends].lower() == b"<" + content.hex().encode() + b">"
    return as_written and not any(content[_encoded_length(content) :])


def _encoded_length(content: bytes) -> int:
    """Return the length of one DER value of more than 127 bytes, head included; zeros pad it."""
    octets = content[1] & 0x7F
    return 2 + octets + int.from_bytes(content[2 : 2 + octets], "big")


def _common_name(status: PdfSignatureStatus) -> str:
    return str(status.signing_cert.subject.native.get("common_name", ""))
