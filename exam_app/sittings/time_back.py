"""sittings.time_back — gives many sittings their lost minutes back at once: a room, in a handful of statements."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.exams import seating
from exam_app.exams.models import RosterEntry
from exam_app.sittings.models import RoomEvent, Sitting
from exam_app.sittings.service import EXTRA_MINUTES
from exam_app.sittings.states import RoomEventKind, SittingState


def give_back(minutes: Mapping[int, int], reason: str, actor: Actor, now: datetime) -> dict[int, int]:
    """Lengthen each sitting by its minutes, also past the end of the window; return what each was given.

    A closed sitting gets nothing, nor does one whose extra time is used up. The act that asks for it writes the audit.
    """
    mine = select(Sitting.roster_entry_id).where(Sitting.id.in_(list(minutes)))
    entries = (
        select(RosterEntry).where(RosterEntry.id.in_(mine)).order_by(RosterEntry.id).with_for_update(key_share=True)
    )
    by_id = {entry.id: entry for entry in db.session.scalars(entries.execution_options(populate_existing=True))}
    sittings = select(Sitting).where(Sitting.id.in_(list(minutes))).order_by(Sitting.id).with_for_update(key_share=True)
    given = {}
    for sitting in db.session.scalars(sittings.execution_options(populate_existing=True)).all():
        wanted = min(minutes[sitting.id], EXTRA_MINUTES[-1]) if sitting.state is SittingState.OPEN else 0
        given[sitting.id] = seating.lengthen(by_id[sitting.roster_entry_id], wanted)
        if given[sitting.id]:
            _lengthen(sitting, given[sitting.id], reason, actor, now)
    return given


def _lengthen(sitting: Sitting, minutes: int, reason: str, actor: Actor, now: datetime) -> None:
    more = timedelta(minutes=minutes)
    sitting.ends_at += more
    sitting.saves_close_at += more
    db.session.add(
        RoomEvent(
            sitting_id=sitting.id,
            kind=RoomEventKind.EXTRA_TIME,
            at=now,
            actor_id=actor.account_id,
            details={"minutes": minutes, "reason": reason},
        )
    )
