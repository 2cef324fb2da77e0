"""sittings.models — tables of sittings and their journals (insert-only)."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.sittings.states import LateReason, RoomEventKind, SittingState


class Sitting(Base):
    """One candidate sitting one exam. `ends_at` is fixed at the start and moved only by extra time.

    `saves_close_at` is the end plus the grace, stored so that the guard of a save compares two instants and no more.
    `answered` is what the browser says of its progress, for the invigilator's board alone. `silent_from` and
    `silent_until` are the last gap between two signs of life; on paper since `on_paper_at`, no device may save.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint("ends_at > started_at", name="ends_after_it_started"),
        CheckConstraint("saves_close_at >= ends_at", name="grace_not_negative"),
        Index("ix_sitting_state_saves_close_at", "state", "saves_close_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_entry_id: Mapped[int] = mapped_column(ForeignKey("roster_entry.id"), unique=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)
    state: Mapped[SittingState] = mapped_column(default=SittingState.OPEN)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    saves_close_at: Mapped[datetime]
    slots: Mapped[int]
    device_token_hash: Mapped[str] = mapped_column(String(64))
    answered: Mapped[int] = mapped_column(default=0)
    last_saved_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime]
    silent_from: Mapped[datetime | None]
    silent_until: Mapped[datetime | None]
    on_paper_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    seal: Mapped[str] = mapped_column(String(64), default="")


class JournalSeal(Base):
    """The whole journal as it was sealed at closing: `text` is what the sitting's seal is the hash of, and signed."""

    __tablename__ = "journal_seal"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(128))


class ReadyPaper(Base):
    """The paper that was drawn and sealed for a person before the bell; used up when the sitting starts."""

    __tablename__ = "ready_paper"

    roster_entry_id: Mapped[int] = mapped_column(ForeignKey("roster_entry.id"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)


class AnswerEvent(Base):
    """An acknowledged answer. The highest revision of a slot is the answer that counts.

    Its key is all the index there is: a save writes one tree, and a journal lies together.
    """

    __tablename__ = "answer_event"
    __table_args__ = {"sqlite_with_rowid": False}

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[int]
    response: Mapped[str] = mapped_column(String(8))
    client_at: Mapped[datetime | None]
    server_at: Mapped[datetime]
    receipt: Mapped[str] = mapped_column(String(128))


class LateEvent(Base):
    """An answer that came after the grace or from a replaced device; kept and shown, not counted."""

    __tablename__ = "late_event"
    __table_args__ = (UniqueConstraint("sitting_id", "revision", "slot", "response"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    revision: Mapped[int]
    slot: Mapped[int]
    response: Mapped[str] = mapped_column(String(8))
    reason: Mapped[LateReason]
    client_at: Mapped[datetime | None]
    server_at: Mapped[datetime]
    receipt: Mapped[str] = mapped_column(String(128))


class RoomEvent(Base):
    """What happened around a sitting."""

    __tablename__ = "room_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    kind: Mapped[RoomEventKind]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]
