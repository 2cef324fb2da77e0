"""results.models — tables of results and marks."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.results.states import MarkedBy, ResultState


class Result(Base):
    """What a sitting was worth. `passed` is decided once, by the frozen pass mark."""

    __tablename__ = "result"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'voided') OR score IS NOT NULL", name="marked_has_score"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), unique=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[ResultState] = mapped_column(default=ResultState.WAITING, index=True)
    score: Mapped[Decimal | None]
    passed: Mapped[bool | None]
    band: Mapped[str] = mapped_column(String(20), default="")
    marked_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None]


class Mark(Base):
    """What one slot earned: a fraction from 0 to 1, and that fraction of the slot's marks."""

    __tablename__ = "mark"
    __table_args__ = (CheckConstraint("fraction BETWEEN 0 AND 1", name="fraction_in_range"),)

    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    response: Mapped[str] = mapped_column(String(8))
    fraction: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    marks: Mapped[Decimal]
    marked_by: Mapped[MarkedBy] = mapped_column(default=MarkedBy.MACHINE)


class LateDecision(Base):
    """What the chief invigilator decided about an answer that was kept apart; insert-only, the latest stands."""

    __tablename__ = "late_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    late_event_id: Mapped[int] = mapped_column(ForeignKey("late_event.id"), index=True)
    accepted: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime]


class MarkingEvent(Base):
    """A marking as it was made; insert-only."""

    __tablename__ = "marking_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    score: Mapped[Decimal]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]
