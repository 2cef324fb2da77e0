"""committees.models — tables of committees, terms and dated rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.committees.states import Level


class Committee(Base):
    """A standing committee. What its parent shares, it sees; its own rows nobody else does.

    `code` is what operators call it on the command line.
    """

    __tablename__ = "committee"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    short_name: Mapped[str] = mapped_column(String(40))
    level: Mapped[Level]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"))
    region_code: Mapped[str] = mapped_column(String(12))
    is_demo: Mapped[bool] = mapped_column(default=False)


class Term(Base):
    """A term of office (届). `ended_on` is empty while it runs."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("committee_id", "number"),
        CheckConstraint("ended_on IS NULL OR ended_on > began_on", name="ends_after_it_began"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    number: Mapped[int]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]


class LocalRulesVersion(Base):
    """The local rules in force from a day on; written once."""

    __tablename__ = "local_rules"
    __table_args__ = (UniqueConstraint("committee_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    valid_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    basis: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None]
