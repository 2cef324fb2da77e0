"""certificates.rules — how a certificate is numbered, addressed and frozen."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from exam_app.printing.certificate import PASSED, CertificateFacts

CODE_LENGTH = 12
DAYS = ("exam_date", "issued_on")
AMOUNTS = ("score", "full_marks")


def number_of(short_name: str, year: int, serial: int) -> str:
    """Write a number as official documents do: 甲市人考〔2026〕3号."""
    return f"{short_name}人考〔{year}〕{serial}号"


def address_of(public_url: str, year: int, serial: int, code: str) -> str:
    """Return where the certificate is verified; plain letters, so that the QR code stays coarse."""
    return f"{public_url}/verify?number={year}-{serial}&code={code}"


def read_number(text: str) -> tuple[int, int] | None:
    """Return year and serial of a typed number, as printed (甲市人考〔2026〕3号) or short (2026-3)."""
    found = re.search(r"(\d{4})\D+(\d{1,6})", unicodedata.normalize("NFKC", text))
    return (int(found[1]), int(found[2])) if found else None


def tidy_code(text: str) -> str:
    """Return a typed code as it was made: no blanks or dashes, capitals."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isascii() and c.isalnum())


def grade_of(band: str) -> str:
    """Return the grade in print; a committee without bands certifies that the exam was passed."""
    return band or PASSED


def to_document(facts: CertificateFacts) -> dict[str, Any]:
    """Return the facts as they are stored: days and amounts as text."""
    document = asdict(facts)
    for name in (*DAYS, *AMOUNTS):
        document[name] = None if document[name] is None else str(document[name])
    return document


def from_document(document: Mapping[str, Any]) -> CertificateFacts:
    """Return the stored facts."""
    values = dict(document)
    for name in DAYS:
        values[name] = date.fromisoformat(values[name])
    for name in AMOUNTS:
        values[name] = None if values[name] is None else Decimal(values[name])
    return CertificateFacts(**values)
