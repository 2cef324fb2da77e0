"""papers.models — tables of blueprints and papers."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam_app.base.db import Base
from exam_app.papers.states import BlueprintState
from question_bank.kinds import Kind, OrganType, Part


class Blueprint(Base):
    """How a paper for one organ type is put together."""

    __tablename__ = "blueprint"
    __table_args__ = (UniqueConstraint("committee_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    organ_type: Mapped[OrganType]
    full_marks: Mapped[Decimal]
    state: Mapped[BlueprintState] = mapped_column(default=BlueprintState.DRAFT)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]

    sections: Mapped[list["BlueprintSection"]] = relationship(
        order_by="BlueprintSection.position", cascade="all, delete-orphan"
    )


class BlueprintSection(Base):
    """A section of the paper: one kind, each question worth the same."""

    __tablename__ = "blueprint_section"
    __table_args__ = (
        UniqueConstraint("blueprint_id", "position"),
        CheckConstraint("marks_each > 0", name="marks_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    blueprint_id: Mapped[int] = mapped_column(ForeignKey("blueprint.id"), index=True)
    position: Mapped[int]
    kind: Mapped[Kind]
    marks_each: Mapped[Decimal]

    cells: Mapped[list["BlueprintCell"]] = relationship(order_by="BlueprintCell.position", cascade="all, delete-orphan")


class BlueprintCell(Base):
    """So many questions of a section from this part and, if named, this law and these difficulties."""

    __tablename__ = "blueprint_cell"
    __table_args__ = (
        UniqueConstraint("section_id", "position"),
        CheckConstraint("count > 0", name="count_positive"),
        CheckConstraint("difficulty_from <= difficulty_to", name="difficulty_ordered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("blueprint_section.id"), index=True)
    position: Mapped[int]
    count: Mapped[int]
    part: Mapped[Part]
    law_slug: Mapped[str] = mapped_column(String(80), default="")
    difficulty_from: Mapped[int] = mapped_column(default=1)
    difficulty_to: Mapped[int] = mapped_column(default=5)


class Paper(Base):
    """One person's paper. Until the sitting starts only the sealed blob exists; the hash proves it later."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    blueprint_id: Mapped[int] = mapped_column(ForeignKey("blueprint.id"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    sealed_blob: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sealed_page: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    drawn_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]


class PaperSlot(Base):
    """One question of a paper, written when the sitting starts. `option_order` maps shown to stored letters."""

    __tablename__ = "paper_slot"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)
    kind: Mapped[Kind]
    marks: Mapped[Decimal]
    option_order: Mapped[str] = mapped_column(String(8))
