"""proceedings.models — tables of reviews, agenda entries, reports, votes, letters and oaths."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.proceedings.states import OathForm, OathOrganizer, ReportMode, VoteMethod


class ReviewReport(Base):
    """What the preliminary review found about an item; the newest row holds."""

    __tablename__ = "review_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    opinion: Mapped[str] = mapped_column(String(600))
    reported_by: Mapped[int | None]
    reported_at: Mapped[datetime]


class AgendaEntry(Base):
    """An item on the agenda of a meeting, in its place; off it again once `left_at` is set."""

    __tablename__ = "agenda_entry"
    __table_args__ = (UniqueConstraint("meeting_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    position: Mapped[int]
    left_at: Mapped[datetime | None]
    left_because: Mapped[str] = mapped_column(String(300), default="")


class WorkReport(Base):
    """A nominee's report to the standing committee, before the vote or after the letter as local rules have it."""

    __tablename__ = "work_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    mode: Mapped[ReportMode]
    recorded_at: Mapped[datetime]


class Vote(Base):
    """The totals of one vote, on one item or on several together. A correction is a new row that names the old one."""

    __tablename__ = "vote"
    __table_args__ = (
        CheckConstraint("yes + no + abstain + not_pressed = present", name="adds_up"),
        CheckConstraint("present <= total", name="present_within_total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    method: Mapped[VoteMethod]
    yes: Mapped[int]
    no: Mapped[int]
    abstain: Mapped[int]
    not_pressed: Mapped[int]
    present: Mapped[int]
    total: Mapped[int]
    passed: Mapped[bool]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("vote.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    recorded_by: Mapped[int | None]
    recorded_at: Mapped[datetime]


class VotedItem(Base):
    """An item that a vote was about."""

    __tablename__ = "voted_item"

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)


class Letter(Base):
    """A letter of appointment, numbered within the year; the director signs it by hand."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("committee_id", "year", "serial"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(60))
    issued_on: Mapped[date]
    recorded_at: Mapped[datetime]


class Oath(Base):
    """An oath to the Constitution; `edition` names the text that was in force that day."""

    __tablename__ = "oath"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    sworn_on: Mapped[date]
    organizer: Mapped[OathOrganizer]
    form: Mapped[OathForm]
    is_lead: Mapped[bool]
    edition: Mapped[int]
    recorded_at: Mapped[datetime]
