"""laws.models — tables of laws, editions and articles."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base


class Law(Base):
    """A statute under its slug, whatever edition is in force."""

    __tablename__ = "law"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120), unique=True)
    short_title: Mapped[str] = mapped_column(String(80))


class Edition(Base):
    """A law as adopted or amended on a day. The text hash is empty until the office loads the text."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("law_id", "adopted_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    law_id: Mapped[int] = mapped_column(ForeignKey("law.id"), index=True)
    adopted_on: Mapped[date]
    effective_on: Mapped[date | None]
    repealed_on: Mapped[date | None]
    article_count: Mapped[int]
    source: Mapped[str] = mapped_column(String(200), default="")
    text_hash: Mapped[str] = mapped_column(String(64), default="")
    imported_at: Mapped[datetime | None]


class Article(Base):
    """One article of an edition; `number` is 120 or 120-1 (第一百二十条之一), `text` holds its paragraphs (款),
    a blank line between two; the items （项） of a paragraph are lines of their own in it."""

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(40))
    chapter: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
