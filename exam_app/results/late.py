"""results.late — decides whether answers count that came late or by another way than the network; marks again.

Whoever keeps a late event (the network's late ones, an emergency file, a sheet of paper) has it decided here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.base.errors import Conflict
from exam_app.exams.models import Exam, RosterEntry
from exam_app.results.errors import (
    LateAfterPublication,
    LateAfterVoiding,
    LateBeforeClosing,
    LateNeedsReason,
    NoLateAnswerChosen,
    NoSuchLateAnswer,
)
from exam_app.results.models import LateDecision, Result
from exam_app.results.service import REASON_LENGTH, mark_again
from exam_app.results.states import ResultState
from exam_app.sittings import service as sittings
from exam_app.sittings.models import LateEvent, Sitting
from exam_app.sittings.states import RoomEventKind

SETTLED: dict[ResultState, type[Conflict]] = {
    ResultState.PUBLISHED: LateAfterPublication,
    ResultState.VOIDED: LateAfterVoiding,
}


def decide(
    late_event_ids: Iterable[int], accepted: bool, reason: str, actor: Actor, now: datetime, *, committee_id: int
) -> list[Result]:
    """Let late answers count or not, for a reason, all of them or none; return the results they belong to.

    What is marked already is marked again in the same act. Deciding again changes it back: every decision stays on
    record, the latest about an answer stands.
    """
    reason = reason.strip()
    if not 1 <= len(reason) <= REASON_LENGTH:
        raise LateNeedsReason(most=REASON_LENGTH)
    events = _events(set(late_event_ids), committee_id)
    results = _results([event.sitting_id for event in events])
    for sitting_id, group in groupby(events, key=lambda event: event.sitting_id):
        result, chosen = results[sitting_id], list(group)
        decision = {"accepted": accepted, "reason": reason, "decided_by": actor.account_id, "decided_at": now}
        db.session.add_all(LateDecision(late_event_id=event.id, **decision) for event in chosen)
        db.session.flush()  # what counts now is read from the decisions
        _record(chosen, accepted, reason, actor, now, committee_id)
        if result.state is ResultState.MARKED:
            cause = "late_accepted" if accepted else "late_declined"
            mark_again(result, {"cause": cause, "events": [event.id for event in chosen]}, actor, now)
    return list(results.values())


def _events(ids: set[int], committee_id: int) -> Sequence[LateEvent]:
    """Return the late events in the order of their sittings, if there are any and all are the committee's."""
    if not ids:
        raise NoLateAnswerChosen()
    query = (
        select(LateEvent)
        .join(Sitting, Sitting.id == LateEvent.sitting_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .join(Exam, Exam.id == RosterEntry.exam_id)
        .where(LateEvent.id.in_(ids), Exam.committee_id == committee_id)
        .order_by(LateEvent.sitting_id, LateEvent.id)
    )
    events = db.session.scalars(query).all()
    if len(events) != len(ids):
        raise NoSuchLateAnswer(events=sorted(ids - {event.id for event in events}))
    return events


def _results(sitting_ids: Iterable[int]) -> dict[int, Result]:
    """Lock the results, so that neither a publication nor a marking overtakes; refuse where nothing may change."""
    wanted = set(sitting_ids)
    query = select(Result).where(Result.sitting_id.in_(wanted)).order_by(Result.id).with_for_update()
    results = {row.sitting_id: row for row in db.session.scalars(query.execution_options(populate_existing=True))}
    if missing := wanted - set(results):
        raise LateBeforeClosing(sitting=min(missing))
    for result in results.values():
        if result.state in SETTLED:
            raise SETTLED[result.state](result=result.id)
    return results


def _record(
    events: list[LateEvent], accepted: bool, reason: str, actor: Actor, now: datetime, committee_id: int
) -> None:
    """Write the decision about one sitting's answers to its room events and to the audit."""
    sitting_id, slots = events[0].sitting_id, sorted({event.slot for event in events})
    details = {"reason": reason, "slots": slots, "events": [event.id for event in events]}
    told = {**details, "accepted": accepted}
    sittings.note_act(sitting_id, RoomEventKind.LATE_DECIDED, actor, now, told)
    verb, about = "late.accept" if accepted else "late.decline", f"sitting:{sitting_id}"
    audit.note(actor, verb, about=about, now=now, committee_id=committee_id, details=details)
