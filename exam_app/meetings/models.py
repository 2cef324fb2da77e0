"""meetings.models — table of meetings."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.meetings.states import MeetingKind


class Meeting(Base):
    """One meeting of a term, numbered within its kind."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("term_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    kind: Mapped[MeetingKind]
    number: Mapped[int]
    held_on: Mapped[date]
    created_at: Mapped[datetime]
