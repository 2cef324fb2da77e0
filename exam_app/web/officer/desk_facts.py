"""web.officer.desk_facts — what the pages of one meeting share: its rows, its rules, its steps with done and left."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from flask import request

from exam_app.appointments.states import (
    AFTER_ANNOUNCEMENT,
    APPOINTING_FORMS,
    LETTER_FORMS,
    ItemState,
)
from exam_app.base.paging import SIZES, Page
from exam_app.committees.rules import LocalRules
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings.queries import AgendaRow
from exam_app.proceedings.rules import swears_here

Row = TypeVar("Row")
ANNOUNCED = AFTER_ANNOUNCEMENT | {ItemState.ENDED}
TO_SWEAR = frozenset({ItemState.ANNOUNCED, ItemState.LETTER_ISSUED})
TO_ENTER = TO_SWEAR | {ItemState.SWORN}


@dataclass(frozen=True, kw_only=True)
class DeskStep:
    """One step of a meeting: what of it is done, what is left, and where it is done."""

    key: str
    label: str
    verb: str
    href: str
    words: str
    done: int = 0
    total: int = 0
    is_done: bool = False
    is_ready: bool = True

    @property
    def count(self) -> str | None:
        """Return “3/12” for the tab; nothing where nothing is to be counted."""
        return f"{self.done}/{self.total}" if self.total else None


@dataclass(frozen=True, kw_only=True)
class MeetingDesk:
    """A meeting as its desk shows it."""

    meeting: Meeting
    name: str
    rules: LocalRules
    today: date
    rows: Sequence[AgendaRow]
    steps: list[DeskStep] = field(default_factory=list)

    @property
    def is_directors(self) -> bool:
        """Whether the directors meet."""
        return self.meeting.kind is MeetingKind.DIRECTORS

    @property
    def is_open(self) -> bool:
        """Whether the attendance is taken and the meeting is not over."""
        return self.meeting.state is MeetingState.OPEN

    @property
    def is_planned(self) -> bool:
        """Whether nobody has been counted yet."""
        return self.meeting.state is MeetingState.PLANNED

    @property
    def is_ahead(self) -> bool:
        """Whether the day of the meeting is still to come."""
        return self.meeting.held_on > self.today

    @property
    def is_closed(self) -> bool:
        """Whether the meeting is over."""
        return self.meeting.state is MeetingState.CLOSED

    @property
    def is_confidential(self) -> bool:
        """Whether anybody on the agenda is not announced yet: their names are not for everyone."""
        return any(row.item.announced_on is None for row in self.rows)

    @property
    def next_step(self) -> DeskStep | None:
        """Return the first step that can be done and is not done."""
        return next((step for step in self.steps if step.is_ready and not step.is_done), None)

    def ids(self, states: frozenset[ItemState]) -> list[int]:
        """Return the items of the meeting that are in one of the states, in their order."""
        return [row.item.id for row in self.rows if row.item.state in states]


def page_of(rows: Sequence[Row]) -> Page[Row]:
    """Return the page of the rows that the address asks for."""
    asked, size = request.args.get("page", 1, type=int), request.args.get("size", 50, type=int)
    size = size if size in SIZES else 50
    number = min(max(1, asked), max(1, -(-len(rows) // size)))
    return Page(rows=rows[(number - 1) * size : number * size], number=number, size=size, total=len(rows))


def decision_here(desk: MeetingDesk, row: AgendaRow) -> bool:
    """Whether this very meeting decided about the item."""
    return row.decision is not None and row.decision.meeting_id == desk.meeting.id


def letters_due(desk: MeetingDesk) -> list[AgendaRow]:
    """Return the announced items whose form gets a letter."""
    return [row for row in desk.rows if row.item.form in LETTER_FORMS and row.item.state in ANNOUNCED]


def oaths_due(desk: MeetingDesk) -> list[AgendaRow]:
    """Return the announced items by which somebody takes a post and swears."""
    due = (row for row in desk.rows if row.item.form in APPOINTING_FORMS and row.item.state in ANNOUNCED)
    return [row for row in due if swears_here(row.item.post, row.item.form, desk.rules)]
