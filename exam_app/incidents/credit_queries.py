"""incidents.credit_queries — reads silences, the outages they show, and what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select

from exam_app.base.db import db
from exam_app.exams.models import Exam, RosterEntry
from exam_app.incidents.models import Silence, TimeCredit, TimeCreditSeat
from exam_app.incidents.outages import Outage, SeatRecord, find_outages
from exam_app.operations.queries import server_gaps
from exam_app.operations.rules import Span
from exam_app.people.models import Person
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState


@dataclass(frozen=True)
class NewSilence:
    """A gap in the signs of life of an open sitting that has ended and is not kept yet."""

    sitting_id: int
    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class OutageSeat:
    """A seat of an outage: who, whether it still can be given time, what it lost."""

    sitting_id: int
    entry_id: int
    seat: str
    name: str
    is_open: bool
    extra_minutes: int
    seconds: int
    minutes: int


@dataclass(frozen=True)
class Proposal:
    """An outage as it is put before the chief invigilator."""

    outage: Outage
    seats: tuple[OutageSeat, ...]

    @property
    def is_useful(self) -> bool:
        """Whether anybody is left to whom time can be given."""
        return any(seat.is_open for seat in self.seats)


@dataclass(frozen=True)
class Decision:
    """What was decided about an outage, for how many seats, and how many of them were given time."""

    credit: TimeCredit
    seats: int
    given: int


@dataclass(frozen=True)
class _Row:
    sitting_id: int
    entry_id: int
    seat: str
    name: str
    extra_minutes: int
    state: SittingState
    started_at: datetime
    closed_at: datetime | None
    on_paper_at: datetime | None


def new_silences() -> list[NewSilence]:
    """Return the silences of open sittings that have ended and are not kept yet."""
    kept = and_(Silence.sitting_id == Sitting.id, Silence.began_at == Sitting.silent_from)
    query = (
        select(Sitting.id, Sitting.silent_from, Sitting.silent_until)
        .outerjoin(Silence, kept)
        .where(Sitting.state == SittingState.OPEN, Sitting.silent_from.is_not(None), Silence.id.is_(None))
        .where(Sitting.silent_until > Sitting.silent_from)
    )
    # Put in order here: asked for it in order, SQLite walks through every sitting there ever was.
    rows: Sequence[Any] = db.session.execute(query).all()
    return sorted((NewSilence(*row) for row in rows), key=lambda silence: silence.sitting_id)


def silences_of(sitting_id: int) -> list[Silence]:
    """Return the silences of a sitting, latest first."""
    query = select(Silence).where(Silence.sitting_id == sitting_id).order_by(Silence.began_at.desc())
    return list(db.session.scalars(query))


def proposals(exam_id: int, now: datetime) -> list[Proposal]:
    """Return the outages of the exam that wait for a decision. The caller has checked whose exam it is."""
    silences = _silences_of_exam(exam_id)
    if not silences:
        return []
    rows = _sittings_of(exam_id)
    decided = _decided_spans(exam_id)
    records = [
        SeatRecord(row.sitting_id, _opened(row, now), silences.get(row.sitting_id, []), decided.get(row.sitting_id, []))
        for row in rows
    ]
    began = min(record.opened.began_at for record in records)
    outages = find_outages(records, server_gaps(Span(began, max(began, now))))
    by_id = {row.sitting_id: row for row in rows}
    return [Proposal(outage, _seats(outage, by_id)) for outage in outages]


def waiting(committee_id: int, now: datetime) -> list[tuple[Exam, list[Proposal]]]:
    """Return the committee's exams that people sit now and that have outages to decide about."""
    query = (
        select(Exam)
        .join(RosterEntry, RosterEntry.exam_id == Exam.id)
        .join(Sitting, Sitting.roster_entry_id == RosterEntry.id)
        .join(Silence, Silence.sitting_id == Sitting.id)
        .where(Sitting.state == SittingState.OPEN, Exam.committee_id == committee_id)
        .order_by(Exam.id)
    )
    found = [(exam, useful(exam.id, now)) for exam in db.session.scalars(query).unique()]
    return [(exam, open_ones) for exam, open_ones in found if open_ones]


def useful(exam_id: int, now: datetime) -> list[Proposal]:
    """Return the proposals by which somebody can still be given time."""
    return [proposal for proposal in proposals(exam_id, now) if proposal.is_useful]


def decisions(exam_id: int) -> list[Decision]:
    """Return what was decided about outages of the exam, latest first."""
    query = select(TimeCredit, TimeCreditSeat.minutes).outerjoin(
        TimeCreditSeat, TimeCreditSeat.credit_id == TimeCredit.id
    )
    found: dict[int, tuple[TimeCredit, list[int]]] = {}
    for credit, minutes in db.session.execute(
        query.where(TimeCredit.exam_id == exam_id).order_by(TimeCredit.id.desc())
    ):
        found.setdefault(credit.id, (credit, []))[1].append(minutes or 0)
    return [Decision(credit, len(seats), sum(1 for one in seats if one)) for credit, seats in found.values()]


def _silences_of_exam(exam_id: int) -> dict[int, list[Span]]:
    query = (
        select(Silence.sitting_id, Silence.began_at, Silence.ended_at)
        .join(Sitting, Sitting.id == Silence.sitting_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .where(RosterEntry.exam_id == exam_id)
    )
    return _by_sitting(db.session.execute(query).all())


def _decided_spans(exam_id: int) -> dict[int, list[Span]]:
    query = (
        select(TimeCreditSeat.sitting_id, TimeCredit.began_at, TimeCredit.ended_at)
        .join(TimeCredit, TimeCredit.id == TimeCreditSeat.credit_id)
        .where(TimeCredit.exam_id == exam_id)
    )
    return _by_sitting(db.session.execute(query).all())


def _by_sitting(rows: Sequence[Row[int, datetime, datetime]]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for sitting_id, began_at, ended_at in rows:
        found.setdefault(sitting_id, []).append(Span(began_at, ended_at))
    return found


def _sittings_of(exam_id: int) -> list[_Row]:
    query = (
        select(
            Sitting.id,
            RosterEntry.id,
            RosterEntry.seat,
            Person.name,
            RosterEntry.extra_minutes,
            Sitting.state,
            Sitting.started_at,
            Sitting.closed_at,
            Sitting.on_paper_at,
        )
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .join(Person, Person.id == RosterEntry.person_id)
        .where(RosterEntry.exam_id == exam_id)
    )
    return [_Row(*row) for row in db.session.execute(query)]


def _opened(row: _Row, now: datetime) -> Span:
    """Return how long somebody sat at a screen: whoever went on with pen and paper bears no witness of the network."""
    ended = min(each for each in (row.closed_at, row.on_paper_at, now) if each is not None)
    return Span(row.started_at, max(row.started_at, ended))


def _seats(outage: Outage, rows: dict[int, _Row]) -> tuple[OutageSeat, ...]:
    seats = [
        OutageSeat(
            sitting_id=loss.sitting_id,
            entry_id=rows[loss.sitting_id].entry_id,
            seat=rows[loss.sitting_id].seat,
            name=rows[loss.sitting_id].name,
            is_open=rows[loss.sitting_id].state is SittingState.OPEN,
            extra_minutes=rows[loss.sitting_id].extra_minutes,
            seconds=round(loss.lost.total_seconds()),
            minutes=loss.minutes,
        )
        for loss in outage.losses
    ]
    return tuple(sorted(seats, key=lambda seat: seat.seat.zfill(10)))
