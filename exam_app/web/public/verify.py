"""web.public.verify — anyone may ask whether a certificate stands; of the person nothing shows before the vote."""

from dataclasses import dataclass
from datetime import timedelta

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from exam_app.appointments.queries import is_announced
from exam_app.base.crypto import same, sha256
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.certificates.issuers import find_authority
from exam_app.certificates.models import Certificate
from exam_app.certificates.queries import find_by_code
from exam_app.certificates.rules import from_document
from exam_app.operations import service as operations
from exam_app.people.rules import mask_name
from exam_app.printing.certificate import CertificateFacts
from exam_app.printing.signing import check_pdf
from exam_app.web.forms import Form
from exam_app.web.public.blueprint import bp
from exam_app.web.who import allow_public

TRIES = 20
WITHIN = timedelta(minutes=1)


class VerifyForm(Form):
    """What is printed on a certificate, and if at hand the file itself."""

    number = StringField(
        _("证书编号"), [InputRequired(), Length(max=60)], description=_("如 甲市人考〔2026〕3号，也可以只输 2026-3。")
    )
    code = StringField(
        _("核验码"),
        [InputRequired(), Length(max=30)],
        description=_("证书左下角的 12 位字母和数字，不分大小写。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    file = FileField(_("电子证书文件"), description=_("上传 PDF 可以核对文件有没有被改动；文件不会保存。"))


@dataclass(frozen=True)
class Finding:
    """What may be told. `facts` only once the appointment is announced; `file_is_genuine` None: none was given."""

    certificate: Certificate
    facts: CertificateFacts | None
    masked_name: str
    file_is_genuine: bool | None


@bp.route("/verify", methods=["GET", "POST"])
@allow_public
def verify() -> ResponseReturnValue:
    """Answer for a number and code; which of the two was wrong is never said."""
    form = VerifyForm(number=request.args.get("number"), code=request.args.get("code"))
    asked = form.validate_on_submit() if request.method == "POST" else bool(form.number.data and form.code.data)
    finding = None
    if asked:
        try:
            with transaction():
                operations.limit_rate(f"verify:{request.remote_addr}", TRIES, WITHIN, g.now)
            finding = _find(form)
        except DomainError as refusal:
            form.refuse(refusal)
            asked = False
    return render_template("public/verify.html", form=form, asked=asked, finding=finding)


def _find(form: VerifyForm) -> Finding | None:
    certificate = find_by_code(form.number.data[:60], form.code.data[:30])
    if certificate is None:
        return None
    data = form.file.data.read() if form.file.data else b""
    facts = from_document(certificate.facts) if is_announced(certificate.result_id) else None
    return Finding(
        certificate=certificate,
        facts=facts,
        masked_name=mask_name(facts.person_name) if facts else "",
        file_is_genuine=_is_genuine(certificate, data) if data else None,
    )


def _is_genuine(certificate: Certificate, data: bytes) -> bool:
    """Whether the file is the stored one, byte for byte, under a signature that holds."""
    authority = find_authority(certificate.committee_id)
    return authority is not None and same(sha256(data), certificate.pdf_sha256) and check_pdf(data, authority).is_good
