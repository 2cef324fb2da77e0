"""yearbook.models — the table of figures that the office enters by hand."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base


class HandFigure(Base):
    """A figure or sentence that no record of this system proves; always shown as entered by hand."""

    __tablename__ = "hand_figure"
    __table_args__ = (UniqueConstraint("committee_id", "year", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    year: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(String(40), default="")
    sentence: Mapped[str] = mapped_column(String(400), default="")
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime]
