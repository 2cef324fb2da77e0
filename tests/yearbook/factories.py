"""tests.yearbook.factories — items that were decided on a given day, with reports, letters and oaths, as rows."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.base.clock import from_local
from exam_app.base.db import db
from exam_app.committees.models import Committee, Term
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.models import Person
from exam_app.proceedings.models import Letter, Oath, WorkReport
from exam_app.proceedings.states import OathForm, OathOrganizer, ReportMode
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill
from tests.conftest import NINE
from tests.factories import make_person

DAY = date(2025, 6, 26)
_numbers = count(1)


def make_decided(committee: Committee, form: Form = Form.APPOINT, day: date | None = DAY, **changes: Any) -> Item:
    """Let an item have been carried and announced that day; without a day it still waits."""
    number = next(_numbers)
    person = changes.pop("person", None) or make_person(committee, f"王{chr(0x4E00 + number % 5000)}")
    values: dict[str, Any] = {
        "bill_id": _bill(committee).id,
        "number": number,
        "person_id": person.id,
        "organ_type": OrganType.GOVERNMENT,
        "post": "甲市财政局局长",
        "form": form,
        "state": ItemState.ANNOUNCED if day else ItemState.VOTED_PASSED,
        "exam_step": ExamStep.CLEARED,
        "announced_on": day,
    }
    return _kept(Item(**(values | changes)))


def make_meeting(committee: Committee, day: date = DAY, kind: MeetingKind = MeetingKind.STANDING_COMMITTEE) -> Meeting:
    """Let a meeting of the running term have been held that day."""
    term = db.session.scalars(select(Term).where(Term.committee_id == committee.id)).one()
    return _kept(
        Meeting(
            committee_id=committee.id,
            term_id=term.id,
            kind=kind,
            number=next(_numbers),
            held_on=day,
            state=MeetingState.CLOSED,
            members_total=51,
            present=47,
            created_at=NINE,
        )
    )


def make_report(item: Item, meeting: Meeting, mode: ReportMode = ReportMode.ORAL) -> WorkReport:
    """Let the nominee have reported at the meeting."""
    return _kept(WorkReport(item_id=item.id, meeting_id=meeting.id, mode=mode, recorded_at=NINE))


def make_letter(item: Item, committee: Committee, day: date = DAY) -> Letter:
    """Let the letter have been handed over that day."""
    serial = next(_numbers)
    return _kept(
        Letter(
            committee_id=committee.id,
            item_id=item.id,
            year=day.year,
            serial=serial,
            number=f"甲市任〔{day.year}〕{serial}号",
            issued_on=day,
            recorded_at=NINE,
        )
    )


def make_oath(item: Item, day: date = DAY, organizer: OathOrganizer = OathOrganizer.STANDING_COMMITTEE) -> Oath:
    """Let the appointee have sworn that day."""
    return _kept(
        Oath(
            item_id=item.id,
            sworn_on=day,
            organizer=organizer,
            form=OathForm.INDIVIDUAL,
            is_lead=False,
            edition=2018,
            recorded_at=NINE,
        )
    )


def at_china(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """Return an instant by the clock in China; hours before 8 lie on the day before in UTC."""
    return from_local(datetime(year, month, day, hour)).astimezone(UTC)  # noqa: DTZ001 - a wall clock


def _bill(committee: Committee) -> Bill:
    found = db.session.scalar(select(Bill).where(Bill.committee_id == committee.id).limit(1))
    return found or make_bill(committee)


def _kept(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def person_of(item: Item) -> Person:
    """Return who the item is about."""
    return db.session.get_one(Person, item.person_id)
