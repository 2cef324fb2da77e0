"""certificates.drawing — facts → signed file. Touches no database, so that a child process can do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from exam_app.certificates.rules import from_document
from exam_app.printing.certificate import render_certificate, render_certificates
from exam_app.printing.signing import IssuerKey, sign_pdf
from exam_app.printing.typefaces import Fonts, open_fonts

REASON = "颁发任前法律知识考试合格证"


@dataclass(frozen=True, kw_only=True)
class DrawCertificate:
    """All that one signed file is made from; plain values that travel to another process."""

    facts: Mapping[str, Any]
    issuer: IssuerKey
    signed_at: datetime
    fonts: Mapping[str, str]


def draw_signed(command: DrawCertificate) -> bytes:
    """Draw the certificate and sign it as the committee."""
    facts = from_document(command.facts)
    pdf = render_certificate(facts, _fonts(command.fonts))
    return sign_pdf(pdf, command.issuer, command.signed_at, REASON, facts.committee_name)


def draw_for_printer(documents: Sequence[Mapping[str, Any]], fonts: Mapping[str, str]) -> bytes:
    """Draw many certificates as one file for the printer; it carries no signature."""
    return render_certificates([from_document(document) for document in documents], _fonts(fonts))


def _fonts(own: Mapping[str, str]) -> Fonts:
    paths = {name.lower(): Path(path) for name, path in own.items()}
    return open_fonts(fangsong=paths.get("fangsong"), xiaobiaosong=paths.get("xiaobiaosong"))
