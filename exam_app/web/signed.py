"""web.signed — serves the signed file of a certificate; whoever asks first has it made."""

from urllib.parse import quote

from flask import Response, g

from exam_app.base.db import transaction
from exam_app.certificates import service
from exam_app.certificates.drawing import draw_signed
from exam_app.certificates.models import Certificate
from exam_app.operations.service import get_file


def send_certificate(certificate: Certificate) -> Response:
    """Return the stored file; one that is not there yet is drawn outside the transaction that stores it."""
    if certificate.file_id is None:
        certificate_id, order = certificate.id, service.work_order(certificate, g.now)
        pdf = draw_signed(order)
        with transaction():
            certificate = service.keep_signed(certificate_id, pdf, g.now)
    assert certificate.file_id is not None
    return send_pdf(certificate.file_id, certificate.committee_id)


def send_pdf(file_id: int, committee_id: int) -> Response:
    """Return a stored file of the committee, shown in the browser under its own name."""
    stored = get_file(file_id, committee_id)
    answer = Response(stored.content, mimetype=stored.media_type)
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(stored.name)}"
    return answer
