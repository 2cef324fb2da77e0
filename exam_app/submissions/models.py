"""submissions.models — tables of attachments, correction notices and answers to objections."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.submissions.states import AttachmentKind, Objection


class Attachment(Base):
    """A paper on the checklist of a bill, of one item where `item_id` is set; received once `received_on` is."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[AttachmentKind]
    received_on: Mapped[date | None]
    waived_because: Mapped[str] = mapped_column(String(200), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    recorded_at: Mapped[datetime]


class CorrectionNotice(Base):
    """A notice that asks the submitting organ to correct or complete items; answered once `answered_on` is set."""

    __tablename__ = "correction_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), index=True)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(1000))
    sent_on: Mapped[date]
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    recorded_by: Mapped[int | None]
    recorded_at: Mapped[datetime]


class CorrectionItem(Base):
    """An item that a correction notice is about."""

    __tablename__ = "correction_item"

    notice_id: Mapped[int] = mapped_column(ForeignKey("correction_notice.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)


class ObjectionAnswer(Base):
    """Why an item stands although something speaks against it."""

    __tablename__ = "objection_answer"
    __table_args__ = (UniqueConstraint("item_id", "objection"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    objection: Mapped[Objection]
    reason: Mapped[str] = mapped_column(String(300))
    answered_by: Mapped[int | None]
    answered_at: Mapped[datetime]
