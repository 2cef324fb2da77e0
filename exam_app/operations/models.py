"""operations.models — tables of the machinery."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.operations.states import JobState


class Job(Base):
    """Work that a page asked for and the clock does; `done` of `total` is its progress."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Lease(Base):
    """Who may act as the scheduler, until when; `fencing` grows with each new holder."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime]
    fencing: Mapped[int] = mapped_column(default=0)


class Pulse(Base):
    """From when to when a process of the server was seen alive; a new row for each start."""

    __tablename__ = "pulse"

    node: Mapped[str] = mapped_column(String(120), primary_key=True)
    began_at: Mapped[datetime]
    beat_at: Mapped[datetime] = mapped_column(index=True)


class RateWindow(Base):
    """How often something was tried under a key since the window began."""

    __tablename__ = "rate_window"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    began_at: Mapped[datetime]
    tries: Mapped[int]


class StoredFile(Base):
    """Bytes kept as they were made or handed in."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
