"""certificates.states — the life of a certificate."""

from collections.abc import Mapping
from enum import StrEnum


class CertificateState(StrEnum):
    """Valid until someone revokes it with a reason."""

    VALID = "valid"
    REVOKED = "revoked"


CERTIFICATE_MOVES: Mapping[CertificateState, frozenset[CertificateState]] = {
    CertificateState.VALID: frozenset({CertificateState.REVOKED}),
    CertificateState.REVOKED: frozenset(),
}
