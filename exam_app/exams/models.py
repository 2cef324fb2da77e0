"""exams.models — tables of exams and rosters."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.exams.states import Absence, ExamState
from question_bank.kinds import OrganType


class Exam(Base):
    """One exam: a window, a duration and the rules as they were frozen when it was announced."""

    __tablename__ = "exam"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint("duration_minutes > 0", name="duration_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(120), default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    duration_minutes: Mapped[int]
    rules: Mapped[dict[str, Any]]
    state: Mapped[ExamState] = mapped_column(default=ExamState.DRAFT)
    makeup_of_id: Mapped[int | None] = mapped_column(ForeignKey("exam.id"))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]


class ExamBlueprint(Base):
    """Which blueprint the candidates of an organ type get in this exam."""

    __tablename__ = "exam_blueprint"

    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"), primary_key=True)
    organ_type: Mapped[OrganType] = mapped_column(primary_key=True)
    blueprint_id: Mapped[int] = mapped_column(ForeignKey("blueprint.id"))


class RosterEntry(Base):
    """One person expected at one exam. The seat code is kept as a keyed hash, and sealed for printing."""

    __tablename__ = "roster_entry"
    __table_args__ = (
        UniqueConstraint("exam_id", "person_id"),
        UniqueConstraint("exam_id", "seat"),
        UniqueConstraint("admission_number"),
        CheckConstraint("extra_minutes >= 0", name="extra_time_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organ_type: Mapped[OrganType]
    nominated_post: Mapped[str] = mapped_column(String(120), default="")
    admission_number: Mapped[str] = mapped_column(String(20))
    seat: Mapped[str] = mapped_column(String(10))
    code_hash: Mapped[str] = mapped_column(String(64))
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    code_epoch: Mapped[int] = mapped_column(default=1)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    checked_in_at: Mapped[datetime | None]
    absence: Mapped[Absence] = mapped_column(default=Absence.NONE)
    absence_reason: Mapped[str] = mapped_column(String(200), default="")
