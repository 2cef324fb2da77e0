"""bank.models — tables of questions, versions and citations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam_app.bank.states import VersionState
from exam_app.base.db import Base
from question_bank.kinds import Kind, OrganType, Part, Use


class Question(Base):
    """A question under its code; what it asks stands in its versions."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("committee_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    code: Mapped[str] = mapped_column(String(30))
    kind: Mapped[Kind]
    part: Mapped[Part]
    use: Mapped[Use]
    created_at: Mapped[datetime]

    organs: Mapped[list["QuestionOrgan"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class QuestionOrgan(Base):
    """An organ type whose paper may hold this special question."""

    __tablename__ = "question_organ"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    organ_type: Mapped[OrganType] = mapped_column(primary_key=True)


class QuestionVersion(Base):
    """What a question asks; never changed once it is live. `search_text` holds all its words in lower case,
    `source_file_id` the file it was imported from."""

    __tablename__ = "question_version"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("difficulty BETWEEN 1 AND 5", name="difficulty_in_range"),
        CheckConstraint("reviewer_id IS NULL OR reviewer_id <> author_id", name="reviewed_by_another"),
        Index(
            "uq_question_version_live",
            "question_id",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT, index=True)
    stem: Mapped[str] = mapped_column(Text)
    options: Mapped[list[str]]
    key: Mapped[str] = mapped_column(String(8))
    answer: Mapped[str] = mapped_column(Text, default="")
    explanation: Mapped[str] = mapped_column(Text)
    difficulty: Mapped[int]
    search_text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    review_note: Mapped[str] = mapped_column(String(500), default="")
    source_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    question: Mapped[Question] = relationship()
    citations: Mapped[list["CitationRow"]] = relationship(
        order_by="CitationRow.position", cascade="all, delete-orphan", lazy="selectin"
    )


class CitationRow(Base):
    """What a version rests on, by value, so that it stands before the text of the law is there."""

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        Index("ix_citation_law_slug_edition_article", "law_slug", "edition", "article"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)
    position: Mapped[int]
    law_slug: Mapped[str] = mapped_column(String(80))
    edition: Mapped[date]
    article: Mapped[str] = mapped_column(String(12))
    paragraph: Mapped[int | None]
    item: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(String(200))
