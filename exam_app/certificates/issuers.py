"""certificates.issuers — each committee's signing key, kept outside the database and made at first use."""

import re
from datetime import datetime
from pathlib import Path

from exam_app.base.keys import keys, read_or_make
from exam_app.committees.queries import get_committee
from exam_app.printing.signing import IssuerKey, make_issuer

PEM = re.compile(rb"-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----\n", re.DOTALL)


def issuer_of(committee_id: int, now: datetime) -> IssuerKey:
    """Return the key with which the committee signs; equal for all processes, whoever comes first makes it."""
    path = _path(committee_id)
    fresh = None
    if not path.exists():
        made = make_issuer(get_committee(committee_id).name, now)
        fresh = made.ca_pem + made.certificate_pem + made.key_pem
    ca_pem, certificate_pem, key_pem = PEM.findall(read_or_make(path, fresh))
    return IssuerKey(ca_pem=ca_pem, certificate_pem=certificate_pem, key_pem=key_pem)


def find_authority(committee_id: int) -> bytes | None:
    """Return the certificate of the authority behind the committee's signatures, None before the first one."""
    path = _path(committee_id)
    return PEM.findall(path.read_bytes())[0] if path.exists() else None


def _path(committee_id: int) -> Path:
    return keys().folder / f"committee-{committee_id}.pem"
