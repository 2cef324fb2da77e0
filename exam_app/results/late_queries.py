"""results.late_queries — reads late answers for whoever decides about them: who, what counts now, what was decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from exam_app.base.db import db
from exam_app.base.lookups import Lookup
from exam_app.exams.models import Exam, RosterEntry
from exam_app.people.models import Account, Person
from exam_app.results.models import LateDecision, Result
from exam_app.results.queries import late_decisions
from exam_app.results.rules import Decided, counting_late
from exam_app.results.states import ResultState
from exam_app.sittings.models import AnswerEvent, LateEvent, Sitting
from exam_app.sittings.states import LateReason, SittingState

DECIDABLE = (ResultState.WAITING, ResultState.MARKED)


class Latecomer(NamedTuple):
    """A person with late answers; `result_state` is None while the person sits."""

    sitting_id: int
    seat: str
    name: str
    unit: str
    admission_number: str
    state: SittingState
    saves_close_at: datetime
    closed_at: datetime | None
    result_state: ResultState | None

    @property
    def can_be_decided(self) -> bool:
        """Whether what counts may still change."""
        return self.result_state in DECIDABLE


class Counting(NamedTuple):
    """The answer that counts for a question now."""

    response: str
    at: datetime
    late_event_id: int | None


class Decision(NamedTuple):
    """One decision as a page tells it."""

    accepted: bool
    reason: str
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LateAnswer:
    """A late answer beside the one that counts now (None: never answered), with every decision, oldest first."""

    event_id: int
    slot: int
    response: str
    reason: LateReason
    server_at: datetime
    client_at: datetime | None
    counting: Counting | None
    decisions: list[Decision]

    @property
    def counts(self) -> bool:
        """Whether this very answer is the one that counts."""
        return self.counting is not None and self.counting.late_event_id == self.event_id


def count_undecided(exam_id: int) -> int:
    """Return how many late answers of the exam wait for a decision that can be made."""
    [(count,)] = _COUNT_UNDECIDED.rows(exam=exam_id)
    return int(count)


def undecided(committee_id: int) -> list[tuple[Exam, int]]:
    """Return the committee's exams with late answers that wait for a decision, with how many; oldest first."""
    query = _undecided(select(Exam, func.count()).select_from(Result).join(Exam, Exam.id == Result.exam_id))
    query = query.where(Exam.committee_id == committee_id).group_by(Exam.id).order_by(Exam.closes_at)
    return [(exam, count) for exam, count in db.session.execute(query)]


def _undecided(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    joined = query.join(LateEvent, LateEvent.sitting_id == Result.sitting_id)
    # Spelt out, because a statement of the lane (base.lookups) holds no lists.
    decidable = or_(*(Result.state == state for state in DECIDABLE))
    return joined.where(decidable, _has_no_decision())


def _has_no_decision() -> ColumnElement[bool]:
    return ~select(LateDecision.id).where(LateDecision.late_event_id == LateEvent.id).correlate(LateEvent).exists()


def latecomers(exam_id: int, words: str = "", only_undecided: bool = False) -> Select[*tuple[Any, ...]]:
    """Return the people with late answers by seat: those whose name, unit or number holds the words."""
    late = select(LateEvent.id).where(LateEvent.sitting_id == Sitting.id).correlate(Sitting)
    if only_undecided:
        late = late.where(Result.state.in_(DECIDABLE), _has_no_decision()).correlate(Sitting, Result)
    query = (
        select(
            Sitting.id,
            RosterEntry.seat,
            Person.name,
            Person.unit,
            RosterEntry.admission_number,
            Sitting.state,
            Sitting.saves_close_at,
            Sitting.closed_at,
            Result.state,
        )
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .join(Person, Person.id == RosterEntry.person_id)
        .outerjoin(Result, Result.sitting_id == Sitting.id)
        .where(RosterEntry.exam_id == exam_id, late.exists())
    )
    if words:
        text = Person.name + " " + Person.unit + " " + RosterEntry.admission_number
        query = query.where(text.contains(words, autoescape=True))
    return query.order_by(RosterEntry.seat, Sitting.id)


def late_answers(sitting_ids: Iterable[int]) -> dict[int, list[LateAnswer]]:
    """Return the late answers of these sittings by question and time, in four statements whatever their number."""
    ids = list(sitting_ids)
    events = db.session.scalars(
        select(LateEvent)
        .where(LateEvent.sitting_id.in_(ids))
        .order_by(LateEvent.sitting_id, LateEvent.slot, LateEvent.server_at, LateEvent.id)
    ).all()
    if not events:
        return {}
    made, decisions = late_decisions(ids), _decisions([event.id for event in events])
    in_time = _in_time(ids)
    arrived = {event.id: event.server_at for event in events}
    counting = {number: _counting(in_time.get(number, {}), arrived, made.get(number, [])) for number in ids}
    found: dict[int, list[LateAnswer]] = {}
    for event in events:
        line = LateAnswer(
            event_id=event.id,
            slot=event.slot,
            response=event.response,
            reason=event.reason,
            server_at=event.server_at,
            client_at=event.client_at,
            counting=counting[event.sitting_id].get(event.slot),
            decisions=decisions.get(event.id, []),
        )
        found.setdefault(event.sitting_id, []).append(line)
    return found


def _counting(
    in_time: dict[int, Counting], arrived: dict[int, datetime], decisions: list[Decided]
) -> dict[int, Counting]:
    late = {
        slot: Counting(each.response, arrived[each.event], each.event)
        for slot, each in counting_late(decisions).items()
    }
    return {**in_time, **late}


def _in_time(ids: list[int]) -> dict[int, dict[int, Counting]]:
    """Return the answer of the highest revision for each question that somebody answered late as well."""
    asked = select(LateEvent.id).where(LateEvent.sitting_id == AnswerEvent.sitting_id).correlate(AnswerEvent)
    query = (
        select(AnswerEvent.sitting_id, AnswerEvent.slot, AnswerEvent.response, AnswerEvent.server_at)
        .where(AnswerEvent.sitting_id.in_(ids), asked.where(LateEvent.slot == AnswerEvent.slot).exists())
        .order_by(AnswerEvent.revision)
    )
    found: dict[int, dict[int, Counting]] = {}
    for number, slot, response, server_at in db.session.execute(query):
        found.setdefault(number, {})[slot] = Counting(response, server_at, None)
    return found


def _decisions(event_ids: list[int]) -> dict[int, list[Decision]]:
    query = (
        select(
            LateDecision.late_event_id,
            LateDecision.accepted,
            LateDecision.reason,
            func.coalesce(Account.display_name, ""),
            LateDecision.decided_at,
        )
        .outerjoin(Account, Account.id == LateDecision.decided_by)
        .where(LateDecision.late_event_id.in_(event_ids))
        .order_by(LateDecision.id)
    )
    found: dict[int, list[Decision]] = {}
    rows: Sequence[Any] = db.session.execute(query).all()
    for event_id, *facts in rows:
        found.setdefault(event_id, []).append(Decision(*facts))
    return found


_COUNT_UNDECIDED = Lookup(
    "count_undecided",
    _undecided(select(func.count()).select_from(Result)).where(Result.exam_id == bindparam("exam")),
)
