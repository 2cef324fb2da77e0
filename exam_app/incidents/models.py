"""incidents.models — tables of outages, time given back and emergency files."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.incidents.states import CreditCause, CreditDecision, FileOutcome


class Silence(Base):
    """A gap between two signs of life of a sitting's device, as the server saw it; insert-only."""

    __tablename__ = "silence"
    __table_args__ = (
        UniqueConstraint("sitting_id", "began_at"),
        CheckConstraint("ended_at > began_at", name="ends_after_it_began"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]


class TimeCredit(Base):
    """What was decided about one outage of a room; insert-only."""

    __tablename__ = "time_credit"
    __table_args__ = (CheckConstraint("ended_at > began_at", name="ends_after_it_began"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"), index=True)
    cause: Mapped[CreditCause]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    decision: Mapped[CreditDecision]
    reason: Mapped[str] = mapped_column(String(200))
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime]


class TimeCreditSeat(Base):
    """How many minutes a seat was given back for an outage; insert-only."""

    __tablename__ = "time_credit_seat"
    __table_args__ = (CheckConstraint("minutes >= 0", name="minutes_not_negative"),)

    credit_id: Mapped[int] = mapped_column(ForeignKey("time_credit.id"), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    minutes: Mapped[int]


class EmergencyFile(Base):
    """An emergency file as it came, with what became of it; insert-only. Of a stranger `sitting_id` is None."""

    __tablename__ = "emergency_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"), index=True)
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    outcome: Mapped[FileOutcome]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    details: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(String(200), default="")
    loaded_by: Mapped[int | None]
    loaded_at: Mapped[datetime]
