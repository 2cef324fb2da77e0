"""certificates.errors — refusals about certificates."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchCertificate(NotFound):
    """No such certificate for this person."""

    code = "no_such_certificate"


class NotCertifiable(Conflict):
    """Only a published result that passed is certified."""

    code = "not_certifiable"


class ReasonMissing(Invalid):
    """A certificate is revoked with a reason of at most 300 characters."""

    code = "revocation_reason_missing"


class CertificatesUnprinted(Conflict):
    """Some certificates of a batch could not be drawn; the others are stored."""

    code = "certificates_unprinted"
