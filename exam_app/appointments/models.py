"""appointments.models — tables of bills, items, exam requirements and their events."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.appointments.states import DirectorsOutcome, ExamStep, Form, ItemState, Requirement
from exam_app.base.db import Base
from question_bank.kinds import OrganType


class Position(Base):
    """A post the standing committee fills: by which form, on whose nomination, by which article."""

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("committee_id", "organ_type", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    organ_type: Mapped[OrganType]
    name: Mapped[str] = mapped_column(String(80))
    form: Mapped[Form]
    nominator: Mapped[str] = mapped_column(String(40))
    legal_basis: Mapped[str] = mapped_column(String(120))
    in_scope: Mapped[bool] = mapped_column(default=True)


class Bill(Base):
    """A submission for appointment and removal; holds items."""

    __tablename__ = "bill"
    __table_args__ = (UniqueConstraint("committee_id", "document_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    submitting_organ: Mapped[str] = mapped_column(String(80))
    document_number: Mapped[str] = mapped_column(String(60))
    nominator: Mapped[str] = mapped_column(String(40), default="")
    received_on: Mapped[date]
    created_at: Mapped[datetime]


class Item(Base):
    """One person, one post, one form: what is voted on and counted (人次).

    `announced_on` is the day of the vote; a removal names in `ends_item_id` the appointment that it ends.
    """

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("bill_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), index=True)
    number: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    organ_type: Mapped[OrganType]
    post: Mapped[str] = mapped_column(String(120))
    form: Mapped[Form]
    continues_in_post: Mapped[bool] = mapped_column(default=False)
    lateral_move: Mapped[bool] = mapped_column(default=False)
    legally_qualified: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ItemState] = mapped_column(default=ItemState.SUBMITTED)
    exam_step: Mapped[ExamStep] = mapped_column(default=ExamStep.OPEN)
    reason: Mapped[str] = mapped_column(String(300), default="")
    announced_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(String(200), default="")
    ends_item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))


class ExamRequirement(Base):
    """Whether the item's nominee must sit, by which rule, on what evidence; the newest row holds."""

    __tablename__ = "exam_requirement"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    outcome: Mapped[Requirement]
    rule: Mapped[str] = mapped_column(String(40))
    evidence: Mapped[str] = mapped_column(String(200), default="")
    local_rules_id: Mapped[int | None] = mapped_column(ForeignKey("local_rules.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime]
    roster_entry_id: Mapped[int | None] = mapped_column(ForeignKey("roster_entry.id"))
    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"))


class DirectorsDecision(Base):
    """What a directors' meeting decided about an item; the newest of a kind holds."""

    __tablename__ = "directors_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    outcome: Mapped[DirectorsOutcome]
    reason: Mapped[str] = mapped_column(String(300))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]


class ItemEvent(Base):
    """What happened to an item; insert-only."""

    __tablename__ = "item_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    verb: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"))
    details: Mapped[dict[str, Any]]
