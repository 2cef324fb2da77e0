"""certificates.models — table of certificates."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.certificates.states import CertificateState


class Certificate(Base):
    """A certificate. The facts are frozen; the signed file is made once and stored.

    Serials of one committee's year run from 1 without a gap; `number` is how the year and serial are written.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("committee_id", "number"),
        UniqueConstraint("committee_id", "year", "serial"),
        CheckConstraint("serial > 0", name="serial_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), index=True)
    code: Mapped[str] = mapped_column(String(16))
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    facts: Mapped[dict[str, Any]]
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.VALID)
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    pdf_sha256: Mapped[str] = mapped_column(String(64), default="")
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None]
    revocation_reason: Mapped[str] = mapped_column(String(300), default="")
