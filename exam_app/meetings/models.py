"""meetings.models — tables of meetings, of what else is on their agenda, and of the members."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.meetings.states import MeetingKind, MeetingState, MemberOffice


class Meeting(Base):
    """One meeting of a term, numbered within its kind. The number of members is entered for each meeting."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("term_id", "kind", "number"),
        CheckConstraint("present IS NULL OR present <= members_total", name="present_within_total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    kind: Mapped[MeetingKind]
    number: Mapped[int]
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(80), default="")
    chair: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    members_total: Mapped[int | None]
    present: Mapped[int | None]
    created_at: Mapped[datetime]


class AgendaTopic(Base):
    """A line of the agenda that is no appointment item; `position` orders it among the others."""

    __tablename__ = "agenda_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))


class Membership(Base):
    """A person's seat on the standing committee in one term; `ended_on` is empty while it lasts."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="ends_after_it_began"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    office: Mapped[MemberOffice]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
