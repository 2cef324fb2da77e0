"""submissions.service — the clerk's acts on a submission: papers, correction notices, corrected items, answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from exam_app.appointments import bills
from exam_app.appointments import queries as appointments
from exam_app.appointments import service as requirements
from exam_app.appointments.errors import PostMissing
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.moves import do, lock_items, name_of, record
from exam_app.appointments.states import UNDECIDED, Act, Form, ItemState
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.people import nominees
from exam_app.people.models import Person
from exam_app.submissions import queries
from exam_app.submissions.errors import (
    AnswerMissing,
    ItemVotedOn,
    NothingCorrected,
    NoticeAnswered,
    NoticeInvalid,
    ObjectionGone,
)
from exam_app.submissions.models import CorrectionItem, CorrectionNotice, ObjectionAnswer
from exam_app.submissions.states import Objection
from question_bank.kinds import OrganType

CORRECTED = (
    "post",
    "form",
    "organ_type",
    "position_id",
    "reason",
    "continues_in_post",
    "lateral_move",
    "legally_qualified",
)


@dataclass(frozen=True, kw_only=True)
class CorrectItem:
    """What an item says from now on; unit and present post of its nominee change where they are given."""

    item_id: int
    committee_id: int
    post: str
    form: Form
    organ_type: OrganType
    position_id: int | None
    reason: str = ""
    continues_in_post: bool = False
    lateral_move: bool = False
    legally_qualified: bool = False
    unit: str = ""
    present: str = ""


@dataclass(frozen=True, kw_only=True)
class SendCorrection:
    """What the submitting organ is to correct or complete, about which items, by when."""

    committee_id: int
    bill_id: int
    item_ids: tuple[int, ...]
    what: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class AnswerObjection:
    """Why an item may stand although something speaks against it."""

    committee_id: int
    item_id: int
    objection: Objection
    reason: str


def correct_item(command: CorrectItem, actor: Actor, now: datetime) -> Item:
    """Correct an item before its vote; whether its nominee must sit is decided again."""
    (item,) = lock_items([command.item_id], command.committee_id)
    if item.state not in UNDECIDED:
        raise ItemVotedOn(name=name_of(item), post=item.post)
    wanted = _wanted(command)
    changed = [name for name in CORRECTED if getattr(item, name) != wanted[name]]
    person = db.session.get_one(Person, item.person_id)
    is_renewed = nominees.renew(person, command.unit, command.present, actor, now)
    if not changed:
        if not is_renewed:
            raise NothingCorrected
        return item
    _change(item, person, wanted, actor, now)
    return item


def _change(item: Item, person: Person, wanted: dict[str, Any], actor: Actor, now: datetime) -> None:
    before = {name: getattr(item, name) for name in CORRECTED}
    changed = [name for name in CORRECTED if before[name] != wanted[name]]
    bill = db.session.get_one(Bill, item.bill_id)
    bills.refuse_twice(bill, person, wanted["post"], wanted["form"], but=item.id)
    for name in changed:
        setattr(item, name, wanted[name])
    db.session.flush()  # the requirement is decided from what stands now
    details = {"before": {name: _said(before[name]) for name in changed}}
    details["after"] = {name: _said(wanted[name]) for name in changed}
    record(item, "item.correct", actor, now, details)
    if changed != ["reason"]:
        requirements.decide_again(item, actor, now)


def _wanted(command: CorrectItem) -> dict[str, Any]:
    wanted = {name: getattr(command, name) for name in CORRECTED}
    wanted |= {"post": command.post.strip(), "reason": command.reason.strip()[:300]}
    if not 1 <= len(wanted["post"]) <= 120:
        raise PostMissing(name="")
    if command.position_id is not None:
        bills.get_position(command.position_id, command.committee_id)
    return wanted


def _said(value: object) -> object:
    return value if isinstance(value, bool | int | None) else str(value)


def send_correction(command: SendCorrection, actor: Actor, now: datetime) -> CorrectionNotice:
    """Send items under review back to the submitting organ, with a notice of what is lacking."""
    bill = _locked_bill(command.bill_id, command.committee_id)
    what, today = command.what.strip(), local_date(now)
    if not command.item_ids or not 1 <= len(what) <= 1000 or command.due_on < today:
        raise NoticeInvalid
    items = _items_of(bill, command.item_ids)
    notice = CorrectionNotice(
        bill_id=bill.id,
        number=_next_number(bill.id),
        what=what,
        sent_on=today,
        due_on=command.due_on,
        recorded_by=actor.account_id,
        recorded_at=now,
    )
    db.session.add(notice)
    db.session.flush()  # the items name it
    for item in items:
        db.session.add(CorrectionItem(notice_id=notice.id, item_id=item.id))
        do(item, Act.RETURN, actor, now, {"notice": notice.id, "number": notice.number})
    return notice


def answer_correction(notice_id: int, committee_id: int, actor: Actor, now: datetime) -> list[Item]:
    """Take the organ's answer: what is still returned goes on being reviewed."""
    notice, bill = queries.get_notice(notice_id, committee_id)
    _locked_bill(bill.id, committee_id)
    db.session.refresh(notice)
    if notice.answered_on is not None:
        raise NoticeAnswered(number=notice.number)
    notice.answered_on = local_date(now)
    ids = [item.id for item, _person in queries.items_of_notices([notice.id])[notice.id]]
    items = [one for one in lock_items(ids, committee_id) if one.state is ItemState.RETURNED_FOR_CORRECTION]
    return [do(item, Act.RESUBMIT, actor, now, {"notice": notice.id, "number": notice.number}) for item in items]


def answer_objection(command: AnswerObjection, actor: Actor, now: datetime) -> ObjectionAnswer:
    """Record why an item may stand although something speaks against it; a later answer replaces the first."""
    (item,) = lock_items([command.item_id], command.committee_id)
    reason = command.reason.strip()
    if not 1 <= len(reason) <= 300:
        raise AnswerMissing
    found = queries.objections_of(item.bill_id, local_date(now), [item.id]).get(item.id, [])
    standing = next((one for one in found if one.objection is command.objection), None)
    if standing is None:
        raise ObjectionGone(name=name_of(item))
    answer = standing.answer or ObjectionAnswer(item_id=item.id, objection=command.objection)
    answer.reason, answer.answered_by, answer.answered_at = reason, actor.account_id, now
    db.session.add(answer)
    record(item, "objection.answer", actor, now, {"objection": command.objection.value, "reason": reason})
    return answer


def _locked_bill(bill_id: int, committee_id: int) -> Bill:
    """Return the bill with its row locked: notices are numbered one after the other."""
    bill = appointments.get_bill(bill_id, committee_id)
    return db.session.scalars(select(Bill).where(Bill.id == bill.id).with_for_update()).one()


def _items_of(bill: Bill, item_ids: Sequence[int]) -> list[Item]:
    appointments.items_of(bill.id, item_ids)
    return lock_items(item_ids, bill.committee_id)


def _next_number(bill_id: int) -> int:
    query = select(func.max(CorrectionNotice.number)).where(CorrectionNotice.bill_id == bill_id)
    return (db.session.scalar(query) or 0) + 1
