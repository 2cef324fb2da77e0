"""incidents.time_credits — keeps silences, and gives time back for outages when the chief invigilator says so.

An outage is found anew from what is kept whenever it is asked for; only decisions are stored. The lock on the exam
makes two chiefs, or two clicks, take turns: the second finds nothing left to decide.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import db, insert_new
from exam_app.exams.errors import NoSuchExam, ReasonMissing
from exam_app.exams.models import Exam
from exam_app.incidents import credit_queries
from exam_app.incidents.credit_queries import NewSilence, OutageSeat, Proposal
from exam_app.incidents.errors import NoSeatChosen
from exam_app.incidents.models import Silence, TimeCredit, TimeCreditSeat
from exam_app.incidents.states import CreditDecision
from exam_app.operations.rules import Span
from exam_app.sittings import service as sittings

LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True)
class DecideOutage:
    """A decision about the outage that was shown with this span, for these sittings."""

    exam_id: int
    committee_id: int
    span: Span
    sittings: Collection[int]
    decision: CreditDecision
    reason: str


@dataclass(frozen=True)
class SeatOutcome:
    """What a decision did for a seat; `minutes` is 0 where the sitting is closed or its extra time used up."""

    seat: OutageSeat
    minutes: int


@dataclass(frozen=True)
class Decided:
    """What came of a decision: nothing at all where all of it was decided before."""

    credit_id: int | None = None
    seats: tuple[SeatOutcome, ...] = ()


def note_silences(found: Iterable[NewSilence]) -> None:
    """Keep silences that have ended; those that are kept already stay as they are."""
    for silence in found:
        insert_new(Silence, sitting_id=silence.sitting_id, began_at=silence.began_at, ended_at=silence.ended_at)


def decide_outage(command: DecideOutage, actor: Actor, now: datetime) -> Decided:
    """Give the seats back what the outage took from them, or decline; what was decided before stays decided."""
    reason = command.reason.strip()
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise ReasonMissing
    if not command.sittings:
        raise NoSeatChosen
    exam = db.session.scalar(_locked_exam(command.exam_id))
    if exam is None or exam.committee_id != command.committee_id:
        raise NoSuchExam(exam=command.exam_id)
    proposal, seats = _undecided(command, now)
    if proposal is None:
        return Decided()
    credit = _store(proposal, command.decision, reason, exam.id, actor, now)
    given = _give(seats, reason, actor, now) if command.decision is CreditDecision.CONFIRMED else {}
    outcomes = tuple(SeatOutcome(seat, given.get(seat.sitting_id, 0)) for seat in seats)
    for outcome in outcomes:
        sitting_id = outcome.seat.sitting_id
        db.session.add(TimeCreditSeat(credit_id=credit.id, sitting_id=sitting_id, minutes=outcome.minutes))
    _note(credit, outcomes, exam, actor, now)
    return Decided(credit.id, outcomes)


def _undecided(command: DecideOutage, now: datetime) -> tuple[Proposal | None, list[OutageSeat]]:
    """Find the outage that was shown, as it is known now, and those of the seats that nothing was decided about."""
    for proposal in credit_queries.proposals(command.exam_id, now):
        seats = [seat for seat in proposal.seats if seat.sitting_id in command.sittings]
        if seats and proposal.outage.span.meets(command.span):
            return proposal, seats
    return None, []


def _store(
    proposal: Proposal, decision: CreditDecision, reason: str, exam_id: int, actor: Actor, now: datetime
) -> TimeCredit:
    credit = TimeCredit(
        exam_id=exam_id,
        cause=proposal.outage.cause,
        began_at=proposal.outage.span.began_at,
        ended_at=proposal.outage.span.ended_at,
        decision=decision,
        reason=reason,
        decided_by=actor.account_id,
        decided_at=now,
    )
    db.session.add(credit)
    db.session.flush()  # its seats need the id
    return credit


def _give(seats: Iterable[OutageSeat], reason: str, actor: Actor, now: datetime) -> dict[int, int]:
    return sittings.give_back({seat.sitting_id: seat.minutes for seat in seats}, reason, actor, now)


def _note(credit: TimeCredit, outcomes: Iterable[SeatOutcome], exam: Exam, actor: Actor, now: datetime) -> None:
    audit.note(
        actor,
        "outage.confirm" if credit.decision is CreditDecision.CONFIRMED else "outage.decline",
        about=f"exam:{exam.id}",
        now=now,
        committee_id=exam.committee_id,
        details={
            "credit": credit.id,
            "cause": credit.cause.value,
            "from": credit.began_at.isoformat(),
            "until": credit.ended_at.isoformat(),
            "reason": credit.reason,
            "minutes": {outcome.seat.seat: outcome.minutes for outcome in outcomes},
        },
    )


def _locked_exam(exam_id: int) -> Select[Exam]:
    locked = select(Exam).where(Exam.id == exam_id).with_for_update(key_share=True)
    return locked.execution_options(populate_existing=True)
