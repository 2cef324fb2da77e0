"""audit.models — the chained record. No foreign keys: entries outlive what they speak of."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base


class AuditEntry(Base):
    """One act. `hash` covers the entry and the hash before it; committee 0 is the installation itself."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("committee_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int]
    sequence: Mapped[int]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(100))
    verb: Mapped[str] = mapped_column(String(60), index=True)
    about: Mapped[str] = mapped_column(String(80), index=True)
    details: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """Where a committee's chain ends; its row lock is what puts concurrent acts in order."""

    __tablename__ = "audit_head"

    committee_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
