"""supervision.moves — the one place where a duty's state changes: an act of the table, on record, in the audit."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from exam_app.appointments.models import Item
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.people.models import Person
from exam_app.supervision.errors import DayAhead, DayBeforeStep, DutyCannot, NobodyChosen, NoSuchDuty
from exam_app.supervision.models import DutyEvent, ReportDuty
from exam_app.supervision.states import DUTY_ACTS, DUTY_MOVES, DutyAct

PLAN = "duty.plan"
UNDATED = frozenset({PLAN, *(f"duty.{act}" for act in (DutyAct.SCHEDULE, DutyAct.RESTORE, DutyAct.DROP))})
"""Acts of the office alone: they happen when they are recorded, and nothing is before or after them."""


def lock(duty_ids: Iterable[int], committee_id: int) -> list[ReportDuty]:
    """Return the committee's duties, locked in the order of their ids, or raise NoSuchDuty or NobodyChosen."""
    wanted = set(duty_ids)
    if not wanted:
        raise NobodyChosen
    query = select(ReportDuty).where(ReportDuty.id.in_(wanted), ReportDuty.committee_id == committee_id)
    query = query.order_by(ReportDuty.id).with_for_update().execution_options(populate_existing=True)
    found = list(db.session.scalars(query))
    if len(found) != len(wanted):
        raise NoSuchDuty(duties=sorted(wanted - {duty.id for duty in found}))
    return found


def refuse_unless(duty: ReportDuty, act: DutyAct) -> None:
    """Raise DutyCannot unless the duty's state lets this be done."""
    if duty.state not in DUTY_ACTS[act][0]:
        raise DutyCannot(name=name_of(duty), year=duty.year, act=act.value, state=duty.state.value)


def do(
    duty: ReportDuty, act: DutyAct, day: date, actor: Actor, now: datetime, details: dict[str, Any] | None = None
) -> ReportDuty:
    """Do one act to a duty that happened on that day, or refuse with nothing changed."""
    refuse_unless(duty, act)
    if f"duty.{act.value}" not in UNDATED:
        _check_day(duty, day, now)
    target = DUTY_ACTS[act][1]
    if target is not None:
        duty.state = move(duty.state, target, DUTY_MOVES)
    record(duty, f"duty.{act.value}", day, actor, now, details)
    return duty


def record(
    duty: ReportDuty, verb: str, day: date, actor: Actor, now: datetime, details: dict[str, Any] | None = None
) -> None:
    """Put what happened on the duty's record and into the audit."""
    noted = details or {}
    db.session.add(
        DutyEvent(duty_id=duty.id, verb=verb, happened_on=day, at=now, actor_id=actor.account_id, details=noted)
    )
    about = f"duty:{duty.id}"
    audit.note(
        actor, verb, about=about, now=now, committee_id=duty.committee_id, details={"day": day.isoformat(), **noted}
    )


def name_of(duty: ReportDuty) -> str:
    """Return the name of the person who owes the report."""
    query = select(Person.name).join(Item, Item.person_id == Person.id).where(Item.id == duty.item_id)
    return db.session.scalars(query).one()


def _check_day(duty: ReportDuty, day: date, now: datetime) -> None:
    if day > local_date(now):
        raise DayAhead(day=day.isoformat())
    earlier = select(func.max(DutyEvent.happened_on)).where(DutyEvent.duty_id == duty.id)
    before = db.session.scalar(earlier.where(DutyEvent.verb.not_in(UNDATED)))
    if before is not None and day < before:
        raise DayBeforeStep(day=day.isoformat(), before=before.isoformat(), name=name_of(duty))
