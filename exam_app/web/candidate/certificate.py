"""web.candidate.certificate — a candidate's own certificate."""

from flask import abort
from flask.typing import ResponseReturnValue

from exam_app.certificates.queries import find_for_seat
from exam_app.certificates.states import CertificateState
from exam_app.web import who
from exam_app.web.candidate.blueprint import bp
from exam_app.web.signed import send_certificate
from exam_app.web.who import allow_seat


@bp.get("/my/certificate.pdf")
@allow_seat
def certificate() -> ResponseReturnValue:
    """Show the certificate of whoever sat at this seat, if one is issued and stands."""
    found = find_for_seat(who.seat().entry_id)
    if found is None or found.state is not CertificateState.VALID:
        abort(404)
    return send_certificate(found)
