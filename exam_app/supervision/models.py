"""supervision.models — tables of duties to report, assessments, rectifications and what happened to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.supervision.states import CountBase, DutyMode, DutyState


class ReportDuty(Base):
    """An official owes a report in a year on the post that an item gave him."""

    __tablename__ = "report_duty"
    __table_args__ = (UniqueConstraint("item_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    year: Mapped[int]
    mode: Mapped[DutyMode]
    state: Mapped[DutyState] = mapped_column(default=DutyState.PLANNED)
    reports_on: Mapped[date | None]
    draft_due_on: Mapped[date | None]
    final_due_on: Mapped[date | None]
    opinions: Mapped[str] = mapped_column(String(2000), default="")
    planned_at: Mapped[datetime]


class DutyEvent(Base):
    """What happened to a duty; insert-only."""

    __tablename__ = "duty_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("report_duty.id"), index=True)
    verb: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]


class Assessment(Base):
    """The counts of one satisfaction assessment and what they come to under the scheme that was in force."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("duty_id", "round"),
        CheckConstraint("present <= members_total", name="present_within_total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("report_duty.id"), index=True)
    round: Mapped[int]
    assessed_on: Mapped[date]
    scheme: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    abstain: Mapped[int]
    invalid: Mapped[int]
    members_total: Mapped[int]
    present: Mapped[int]
    base: Mapped[CountBase]
    base_count: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    recorded_by: Mapped[int | None]
    recorded_at: Mapped[datetime]


class Rectification(Base):
    """What an official has to put right after an assessment, and by when."""

    __tablename__ = "rectification"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), unique=True)
    due_on: Mapped[date]
    plan_received_on: Mapped[date | None]
    report_received_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
