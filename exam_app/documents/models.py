"""documents.models — tables of issued documents and archive packages."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.documents.states import DocumentKind, DocumentState


class Document(Base):
    """A document as it was issued: content frozen, digest over it. `about` tells several of a kind apart."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[DocumentKind]
    about: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(60), default="")
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[DocumentState] = mapped_column(default=DocumentState.ISSUED)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    issued_by: Mapped[int | None]
    issued_at: Mapped[datetime]


class Archive(Base):
    """The archive package of a meeting: one file with a list of hashes inside."""

    __tablename__ = "archive"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
