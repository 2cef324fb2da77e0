"""proceedings.agenda — which items a meeting deals with, and in which order."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, select

from exam_app.appointments.errors import ExamStandsInTheWay, ReasonNeeded
from exam_app.appointments.models import Item
from exam_app.appointments.moves import cannot, check, do, lock_items, name_of, record
from exam_app.appointments.rules import may_go_on
from exam_app.appointments.states import (
    APPOINTING_FORMS,
    AT_THE_MEETING,
    IN_REVIEW,
    REMOVING_FORMS,
    Act,
    ExamStep,
    Form,
    ItemState,
)
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.meetings import queries as meetings
from exam_app.meetings import service as meeting_service
from exam_app.meetings.errors import MeetingOver
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings.errors import (
    AgendaDiffers,
    AlreadyOnAgenda,
    DirectorsDecideAgain,
    ItemsUndecided,
    NotOnAgenda,
    RemovalFirst,
)
from exam_app.proceedings.models import AgendaEntry
from exam_app.proceedings.queries import FOR_THE_DIRECTORS
from question_bank.kinds import OrganType

ORGANS, FORMS = list(OrganType), list(Form)
Post = tuple[OrganType, str]


class Line(Protocol):
    """What an agenda has a line about: an item, whatever else is known of it."""

    @property
    def item(self) -> Item:
        """The item itself."""
        ...


SomeLine = TypeVar("SomeLine", bound=Line)


def ordered(lines: Sequence[SomeLine]) -> list[SomeLine]:
    """Return the lines of an agenda in the usual order."""
    by_item = {id(line.item): line for line in lines}
    return [by_item[id(item)] for item in usual_order([line.item for line in lines])]


def usual_order(items: Iterable[Item]) -> list[Item]:
    """Return items in the usual order: by organ, form, bill and number; of one post the removal first."""
    return removals_first(sorted(items, key=_place))


def removals_first(items: Sequence[Item]) -> list[Item]:
    """Return the items in their order, but each removal before the first appointment to its post (深圳 §19).

    One person's removal from one post and appointment to another may stand either way.
    """
    emptied: dict[Post, list[Item]] = {}
    for item in items:
        if item.form in REMOVING_FORMS:
            emptied.setdefault(_post(item), []).append(item)
    result: dict[int, Item] = {}
    for item in items:
        earlier = emptied.get(_post(item), []) if item.form in APPOINTING_FORMS else []
        result |= {id(one): one for one in [*earlier, item] if id(one) not in result}
    return list(result.values())


def late_removal(items: Iterable[Item]) -> Item | None:
    """Return the first removal that stands after an appointment to its post; None if the order holds."""
    filled: set[Post] = set()
    for item in items:
        if item.form in APPOINTING_FORMS:
            filled.add(_post(item))
        elif item.form in REMOVING_FORMS and _post(item) in filled:
            return item
    return None


def _place(item: Item) -> tuple[int, int, int, int]:
    return ORGANS.index(item.organ_type), FORMS.index(item.form), item.bill_id, item.number


def _post(item: Item) -> Post:
    return item.organ_type, item.post


def place(
    meeting_id: int, committee_id: int, item_ids: Sequence[int], actor: Actor, now: datetime
) -> list[AgendaEntry]:
    """Put items on the agenda of a meeting that is not over; return its whole agenda in order.

    On the standing committee's agenda an item moves on; the directors only have it before them. A planned agenda
    that nobody has arranged by hand stays in the usual order; otherwise new items come last.
    """
    meeting = _unclosed(meeting_id, committee_id)
    items = lock_items(item_ids, committee_id)
    entries = {entry.item_id: entry for entry in db.session.scalars(_entries(meeting.id))}
    if meeting.kind is MeetingKind.STANDING_COMMITTEE:
        _refuse_for_the_committee(items, committee_id, now)
    else:
        _refuse_for_the_directors(items, entries)
    before = _live_items(meeting.id)
    for item in items:
        entry = entries.get(item.id) or AgendaEntry(meeting_id=meeting.id, item_id=item.id, position=0)
        entry.left_at, entry.left_because = None, ""
        entries[item.id] = entry
        db.session.add(entry)
        _note(item, Act.PLACE, meeting, actor, now, {})
    return _number(_arranged(meeting, before, items), entries)


def _refuse_for_the_committee(items: Sequence[Item], committee_id: int, now: datetime) -> None:
    decides_again = committees.rules_on(committee_id, local_date(now)).rules.after_deferral == "directors"
    for item in items:
        check(item, Act.PLACE)
        if decides_again and item.state is ItemState.VOTE_DEFERRED:
            raise DirectorsDecideAgain(name=name_of(item), post=item.post)
    refuse_blocked(items, committee_id, now)


def _refuse_for_the_directors(items: Sequence[Item], entries: dict[int, AgendaEntry]) -> None:
    for item in items:
        is_blocked = item.state in IN_REVIEW and item.exam_step is ExamStep.BLOCKED
        if item.state not in FOR_THE_DIRECTORS and not is_blocked:
            raise cannot(item, Act.PLACE.value)
        if item.id in entries and entries[item.id].left_at is None:
            raise AlreadyOnAgenda(name=name_of(item), post=item.post)


def refuse_blocked(items: Sequence[Item], committee_id: int, now: datetime) -> None:
    """Raise ExamStandsInTheWay if the gate of the rules of the day is shut for one of the items."""
    rules = committees.rules_on(committee_id, local_date(now)).rules
    for item in items:
        if not may_go_on(item.exam_step, rules):
            raise ExamStandsInTheWay(item=item.id, name=name_of(item))


def _arranged(meeting: Meeting, before: list[Item], new: Sequence[Item]) -> list[Item]:
    if meeting.state is MeetingState.PLANNED and before == usual_order(before):
        return usual_order([*before, *new])
    return removals_first([*before, *usual_order(new)])


def take_off(
    meeting_id: int, committee_id: int, item_ids: Sequence[int], reason: str, actor: Actor, now: datetime
) -> list[Item]:
    """Take items off the agenda of a meeting, also of one that closed without dealing with them."""
    because = reason_of(reason)
    meeting = meetings.lock_meeting(meeting_id, committee_id)
    items = lock_items(item_ids, committee_id)
    live = {entry.item_id: entry for entry in db.session.scalars(_live(meeting.id))}
    for item in items:
        if item.id not in live:
            raise NotOnAgenda(name=name_of(item), post=item.post)
        if meeting.kind is MeetingKind.STANDING_COMMITTEE:
            check(item, Act.TAKE_OFF)
    for item in items:
        live[item.id].left_at, live[item.id].left_because = now, because
        _note(item, Act.TAKE_OFF, meeting, actor, now, {"reason": because})
    return items


def leave(item: Item, because: str, now: datetime) -> None:
    """Let an item that goes no further leave the standing committee's agenda, and those of meetings still planned."""
    query = select(AgendaEntry).join(Meeting, Meeting.id == AgendaEntry.meeting_id)
    query = query.where(AgendaEntry.item_id == item.id, AgendaEntry.left_at.is_(None))
    concerned = (Meeting.kind == MeetingKind.STANDING_COMMITTEE) | (Meeting.state == MeetingState.PLANNED)
    for entry in db.session.scalars(query.where(concerned)):
        entry.left_at, entry.left_because = now, because


def reorder(
    meeting_id: int, committee_id: int, item_ids: Sequence[int], actor: Actor, now: datetime
) -> list[AgendaEntry]:
    """Set the order of the whole agenda; refused if it puts an appointment before the removal from its post."""
    meeting = _unclosed(meeting_id, committee_id)
    entries = {entry.item_id: entry for entry in db.session.scalars(_live(meeting.id))}
    if sorted(item_ids) != sorted(entries):
        raise AgendaDiffers(meeting=meeting.id)
    known = {item.id: item for item in _live_items(meeting.id)}
    order = [known[item_id] for item_id in item_ids]
    late = late_removal(order)
    if late is not None:
        raise RemovalFirst(name=name_of(late), post=late.post)
    details = {"items": list(item_ids)}
    about = f"meeting:{meeting.id}"
    audit.note(actor, "meeting.reorder", about=about, now=now, committee_id=committee_id, details=details)
    return _number(order, entries)


def close(meeting_id: int, committee_id: int, actor: Actor, now: datetime) -> Meeting:
    """Close a meeting, unless items on its agenda are neither voted on nor deferred nor taken off."""
    meeting = meetings.lock_meeting(meeting_id, committee_id)
    left = [item for item in _live_items(meeting.id) if item.state in AT_THE_MEETING]
    if left and meeting.kind is MeetingKind.STANDING_COMMITTEE:
        raise ItemsUndecided(name=name_of(left[0]), count=len(left))
    return meeting_service.close(meeting_id, committee_id, actor, now)


def reason_of(text: str) -> str:
    """Return the reason of an act without blanks around it, or raise ReasonNeeded."""
    reason = text.strip()
    if not 1 <= len(reason) <= 300:
        raise ReasonNeeded
    return reason


def _note(item: Item, act: Act, meeting: Meeting, actor: Actor, now: datetime, details: dict[str, Any]) -> None:
    told = {"meeting": meeting.id, **details}
    if meeting.kind is MeetingKind.STANDING_COMMITTEE:
        do(item, act, actor, now, told)
    else:
        record(item, f"directors.{act.value}", actor, now, told)


def _number(order: Sequence[Item], entries: dict[int, AgendaEntry]) -> list[AgendaEntry]:
    for position, item in enumerate(order, start=1):
        entries[item.id].position = position
    db.session.flush()  # whoever reads the agenda next needs ids and order
    return [entries[item.id] for item in order]


def _entries(meeting_id: int) -> Select[AgendaEntry]:
    query = select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id)
    return query.order_by(AgendaEntry.position, AgendaEntry.id)


def _live(meeting_id: int) -> Select[AgendaEntry]:
    return _entries(meeting_id).where(AgendaEntry.left_at.is_(None))


def _live_items(meeting_id: int) -> list[Item]:
    query = select(Item).join(AgendaEntry, AgendaEntry.item_id == Item.id)
    query = query.where(AgendaEntry.meeting_id == meeting_id, AgendaEntry.left_at.is_(None))
    return list(db.session.scalars(query.order_by(AgendaEntry.position, AgendaEntry.id)))


def _unclosed(meeting_id: int, committee_id: int) -> Meeting:
    meeting = meetings.lock_meeting(meeting_id, committee_id)
    if meeting.state is MeetingState.CLOSED:
        raise MeetingOver(meeting=meeting.id)
    return meeting
