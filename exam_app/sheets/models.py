"""sheets.models — tables of sittings on paper and of what two people read from the sheets."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base


class PaperTurn(Base):
    """A sitting that goes on with pen and paper: answers saved when it was printed, answers settled at the end."""

    __tablename__ = "paper_turn"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    printed_by: Mapped[int | None]
    printed_at: Mapped[datetime]
    printed_answers: Mapped[dict[str, Any]]
    settled_by: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    settled_answers: Mapped[dict[str, Any] | None]


class PaperEntry(Base):
    """One person's reading of the answers on a sheet; two different people read each sheet. Insert-only."""

    __tablename__ = "paper_entry"
    __table_args__ = (UniqueConstraint("sitting_id", "entered_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("paper_turn.sitting_id"))
    entered_by: Mapped[int]
    entered_at: Mapped[datetime]
    answers: Mapped[dict[str, Any]]
