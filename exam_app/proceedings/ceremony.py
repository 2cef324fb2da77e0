"""proceedings.ceremony — what follows an appointment: the letter, the oath to the Constitution, office and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from exam_app.appointments.models import Item
from exam_app.appointments.moves import check, do, lock_items, name_of
from exam_app.appointments.states import APPOINTING_FORMS, LETTER_FORMS, Act
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.committees.models import Committee
from exam_app.proceedings.errors import (
    ActingSpared,
    DayOutOfOrder,
    EndingUnexplained,
    LeadTakerUnclear,
    LetterNumberTooLong,
    NoLetterDue,
    NotAnAppointment,
    OathElsewhere,
)
from exam_app.proceedings.models import Letter, Oath
from exam_app.proceedings.rules import letter_number, oath_edition, spared_as_acting, swears_here
from exam_app.proceedings.states import OathForm, OathOrganizer
from exam_app.proceedings.votes import held_meeting

NUMBER_LENGTH = 60
REASON_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class RecordOaths:
    """Appointees swore, alone or after a lead taker; those who were away swear on another day."""

    committee_id: int
    item_ids: Sequence[int]
    sworn_on: date
    organizer: OathOrganizer
    form: OathForm
    lead_item_id: int | None = None
    meeting_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class EndOffice:
    """An appointment ends by itself: death, an abolished body, a term that is over."""

    item_id: int
    committee_id: int
    ended_on: date
    because: str


def issue_letters(
    meeting_id: int | None, committee_id: int, item_ids: Sequence[int], issued_on: date, actor: Actor, now: datetime
) -> list[Letter]:
    """Issue the letters of appointment, numbered on within the year in the order of the items; at a meeting or not."""
    if meeting_id is not None:
        held_meeting(meeting_id, committee_id)
    items = lock_items(item_ids, committee_id)
    for item in items:
        if item.form not in LETTER_FORMS:
            raise NoLetterDue(name=name_of(item), post=item.post)
        check(item, Act.ISSUE_LETTER)
        _refuse_day(item, issued_on, now)
    letters = _numbered(sorted(items, key=lambda item: (item.bill_id, item.number)), committee_id, issued_on, now)
    by_id = {item.id: item for item in items}
    for letter in letters:
        details = {"number": letter.number, "issued_on": issued_on.isoformat(), **_at(meeting_id)}
        do(by_id[letter.item_id], Act.ISSUE_LETTER, actor, now, details)
    db.session.add_all(letters)
    return letters


def _next_serial(committee_id: int, year: int) -> int:
    """Return the first free number of the year; whoever issues next waits until this act is over."""
    db.session.scalars(select(Committee.id).where(Committee.id == committee_id).with_for_update(key_share=True)).one()
    used = select(func.max(Letter.serial)).where(Letter.committee_id == committee_id, Letter.year == year)
    return (db.session.scalar(used) or 0) + 1


def _numbered(items: Sequence[Item], committee_id: int, issued_on: date, now: datetime) -> list[Letter]:
    short = committees.get_committee(committee_id).short_name
    template = committees.rules_on(committee_id, issued_on).rules.letter_number
    letters = []
    for serial, item in enumerate(items, _next_serial(committee_id, issued_on.year)):
        number = letter_number(template, short=short, year=issued_on.year, serial=serial)
        if len(number) > NUMBER_LENGTH:
            raise LetterNumberTooLong(number=number)
        letter = Letter(item_id=item.id, committee_id=committee_id, year=issued_on.year, serial=serial, number=number)
        letter.issued_on, letter.recorded_at = issued_on, now
        letters.append(letter)
    return letters


def record_oaths(command: RecordOaths, actor: Actor, now: datetime) -> list[Oath]:
    """Record who swore to the Constitution, before whom and how; the words are those in force that day."""
    if command.meeting_id is not None:
        held_meeting(command.meeting_id, command.committee_id)
    items = lock_items(command.item_ids, command.committee_id)
    _refuse_lead(command)
    rules = committees.rules_on(command.committee_id, command.sworn_on).rules
    for item in items:
        if spared_as_acting(item.form, rules):
            raise ActingSpared(name=name_of(item), post=item.post)
        if not swears_here(item.post, item.form, rules):
            raise OathElsewhere(name=name_of(item), post=item.post)
        _refuse_unless_appointed(item, Act.SWEAR, command.sworn_on, now)
    oaths = [_oath(item, command, now) for item in items]
    for item, oath in zip(items, oaths, strict=True):
        details = {
            "sworn_on": oath.sworn_on.isoformat(),
            "organizer": oath.organizer.value,
            "edition": oath.edition,
            **_at(oath.meeting_id),
        }
        do(item, Act.SWEAR, actor, now, details)
    db.session.add_all(oaths)
    return oaths


def _at(meeting_id: int | None) -> dict[str, int]:
    return {} if meeting_id is None else {"meeting": meeting_id}


def _refuse_lead(command: RecordOaths) -> None:
    is_right = (
        command.lead_item_id in command.item_ids
        if command.form is OathForm.COLLECTIVE
        else command.lead_item_id is None
    )
    if not is_right:
        raise LeadTakerUnclear(form=command.form.value)


def _oath(item: Item, command: RecordOaths, now: datetime) -> Oath:
    return Oath(
        item_id=item.id,
        meeting_id=command.meeting_id,
        sworn_on=command.sworn_on,
        organizer=command.organizer,
        form=command.form,
        is_lead=item.id == command.lead_item_id,
        edition=oath_edition(command.sworn_on),
        recorded_at=now,
    )


def take_office(committee_id: int, item_ids: Sequence[int], actor: Actor, now: datetime) -> list[Item]:
    """Record that appointees took office."""
    items = lock_items(item_ids, committee_id)
    for item in items:
        _refuse_unless_appointed(item, Act.TAKE_OFFICE, local_date(now), now)
    return [do(item, Act.TAKE_OFFICE, actor, now) for item in items]


def end_office(command: EndOffice, actor: Actor, now: datetime) -> Item:
    """Record that an appointment ended without a removal: by death, with its body, at the end of the term."""
    [item] = lock_items([command.item_id], command.committee_id)
    because = command.because.strip()
    if not 1 <= len(because) <= REASON_LENGTH:
        raise EndingUnexplained
    _refuse_unless_appointed(item, Act.END, command.ended_on, now)
    item.ended_on, item.ended_because = command.ended_on, because
    return do(item, Act.END, actor, now, {"ended_on": command.ended_on.isoformat(), "because": because})


def _refuse_unless_appointed(item: Item, act: Act, day: date, now: datetime) -> None:
    """Let through an appointment in a state that the act can follow on, on a day on which it can have been done."""
    if item.form not in APPOINTING_FORMS:
        raise NotAnAppointment(name=name_of(item), post=item.post)
    check(item, act)
    _refuse_day(item, day, now)


def _refuse_day(item: Item, day: date, now: datetime) -> None:
    assert item.announced_on is not None  # what is done here comes after the announcement
    if not item.announced_on <= day <= local_date(now):
        raise DayOutOfOrder(name=name_of(item), day=day, earliest=item.announced_on)
