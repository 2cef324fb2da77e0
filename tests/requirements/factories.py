"""tests.requirements.factories — rules that change, people who failed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from exam_app.appointments import queries, service
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.audit.service import MACHINE
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import service as committees
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import RosterEntry
from exam_app.exams.states import Absence
from tests.certificates.factories import make_exam, make_result
from tests.conftest import NINE

TODAY = local_date(NINE)


def change_rules(committee_id: int, day: date = TODAY, basis: str = "第9次主任会议通过", **changes: object) -> None:
    """Let other rules hold from a day on."""
    rules = replace(LocalRules(), **changes)  # type: ignore[arg-type]
    committees.record_rules(committee_id, day, rules, basis, MACHINE, NINE)


def let_sit(item: Item, score: str, now: datetime = NINE) -> None:
    """Let the item's nominee sit an exam, and tell the item of the result."""
    entry = _register(item, now)
    service.take_result(make_result(entry, score), MACHINE, now)


def let_stay_away(item: Item, now: datetime = NINE) -> None:
    """Let the item's nominee stay away from an exam without an excuse, and tell the item."""
    entry = _register(item, now)
    entry.absence = Absence.UNEXCUSED
    service.take_absences(entry.exam_id, MACHINE, now + timedelta(hours=3))


def _register(item: Item, now: datetime) -> RosterEntry:
    bill = db.session.get_one(Bill, item.bill_id)
    exam = make_exam(get_committee(bill.committee_id), opens_at=now + timedelta(hours=1))
    service.send_to_exam(exam.id, bill, [item.id], MACHINE, now)
    return db.session.get_one(RosterEntry, queries.requirement_of(item.id).roster_entry_id)


def verbs(item: Item) -> list[str]:
    """Return what happened to the item, in order."""
    return list(db.session.scalars(select(ItemEvent.verb).where(ItemEvent.item_id == item.id).order_by(ItemEvent.id)))
