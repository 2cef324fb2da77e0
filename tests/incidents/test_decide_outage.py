"""tests.incidents.test_decide_outage — time comes back to whoever lost it: once, with a reason, while they sit."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.exams.errors import NoSuchExam, ReasonMissing
from exam_app.exams.models import RosterEntry
from exam_app.exams.seating import MOST_EXTRA_MINUTES
from exam_app.incidents import credit_queries
from exam_app.incidents.errors import NoSeatChosen
from exam_app.incidents.models import TimeCredit, TimeCreditSeat
from exam_app.incidents.states import CreditCause, CreditDecision
from exam_app.jobs import sweep
from exam_app.operations.rules import Span
from exam_app.results import service as results
from exam_app.sittings.models import RoomEvent, Sitting
from exam_app.sittings.states import RoomEventKind
from tests.conftest import NINE
from tests.incidents.factories import (
    BACK,
    CUT,
    SECOND,
    command_for,
    decide,
    ends,
    proposal_of,
    server_away,
    silent_room,
)
from tests.sittings.factories import MINUTES, begin, make_room

HOUR = timedelta(minutes=MINUTES)
MINUTE = timedelta(minutes=1)


def sittings() -> list[Sitting]:
    """Return all sittings as they are stored."""
    db.session.rollback()
    return list(db.session.scalars(select(Sitting).order_by(Sitting.id)))


def picture() -> tuple[object, ...]:
    """What a decision may change, as one value."""
    return (
        [(one.ends_at, one.saves_close_at) for one in sittings()],
        db.session.scalars(select(RosterEntry.extra_minutes).order_by(RosterEntry.id)).all(),
        db.session.scalar(select(func.count()).select_from(TimeCredit)),
        db.session.scalar(select(func.count()).select_from(TimeCreditSeat)),
        db.session.scalar(select(func.count()).select_from(RoomEvent)),
        db.session.scalar(select(func.count()).select_from(AuditEntry)),
    )


def test_silence_of_many_seats_is_proposed_as_an_outage_of_the_room(app: Flask) -> None:
    room, ids = silent_room(8, 4)
    proposal = proposal_of(room)

    assert (proposal.outage.cause, proposal.outage.span) == (CreditCause.ROOM, Span(CUT, BACK))
    assert [(seat.sitting_id, seat.seconds, seat.minutes) for seat in proposal.seats] == [
        (one, 210, 4) for one in ids[:4]
    ]


def test_cable_that_was_pulled_is_not_proposed(app: Flask) -> None:
    room, _ids = silent_room(8, 1)

    assert len(credit_queries.silences_of(_ids[0])) == 1
    assert credit_queries.proposals(room.exam.id, BACK) == []


def test_gap_of_the_server_is_proposed_for_whoever_felt_it(app: Flask) -> None:
    room, ids = silent_room(8, 2)
    server_away(CUT + 20 * SECOND, BACK - 30 * SECOND)
    proposal = proposal_of(room)

    assert proposal.outage.cause is CreditCause.SERVER
    assert [(seat.sitting_id, seat.seconds) for seat in proposal.seats] == [(one, 160) for one in ids[:2]]


def test_room_is_given_back_what_it_lost(app: Flask) -> None:
    room, ids = silent_room(8, 4)
    decided = decide(command_for(room, proposal_of(room)))

    assert [(one.seat.sitting_id, one.minutes) for one in decided.seats] == [(one, 4) for one in ids[:4]]
    assert [ends(one) for one in sittings()] == [HOUR + 4 * MINUTE] * 4 + [HOUR] * 4
    assert all(one.saves_close_at - one.ends_at == 10 * SECOND for one in sittings())
    assert db.session.scalars(select(RosterEntry.extra_minutes).order_by(RosterEntry.id)).all() == [4] * 4 + [0] * 4
    kinds = db.session.scalars(select(RoomEvent.sitting_id).where(RoomEvent.kind == RoomEventKind.EXTRA_TIME)).all()
    assert sorted(kinds) == ids[:4]
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "outage.confirm"))
    assert entry.details["minutes"] == {f"{number:02d}": 4 for number in range(1, 5)}
    assert entry.details["reason"] == "交换机断电"
    assert credit_queries.proposals(room.exam.id, BACK) == []


def test_time_may_pass_the_end_of_the_window(app: Flask) -> None:
    room, _ids = silent_room(4, 4)
    with transaction():
        for sitting in sittings():
            sitting.ends_at = room.exam.closes_at
            sitting.saves_close_at = room.exam.closes_at + 10 * SECOND
    decide(command_for(room, proposal_of(room)))

    assert {one.ends_at for one in sittings()} == {room.exam.closes_at + 4 * MINUTE}


def test_single_seats_leave_the_rest_proposed(app: Flask) -> None:
    room, ids = silent_room(8, 4)
    decide(command_for(room, proposal_of(room), ids[1]))

    assert [ends(one) for one in sittings()[:3]] == [HOUR, HOUR + 4 * MINUTE, HOUR]
    assert [seat.sitting_id for seat in proposal_of(room).seats] == [ids[0], ids[2], ids[3]]


def test_declined_stays_declined(app: Flask) -> None:
    room, _ids = silent_room(8, 4)
    decide(command_for(room, proposal_of(room), decision=CreditDecision.DECLINED))

    assert {ends(one) for one in sittings()} == {HOUR}
    assert credit_queries.proposals(room.exam.id, BACK) == []
    assert db.session.scalars(select(TimeCredit.decision)).all() == [CreditDecision.DECLINED]
    [decision] = credit_queries.decisions(room.exam.id)
    assert (decision.seats, decision.given) == (4, 0)


def test_second_click_changes_nothing(app: Flask) -> None:
    room, _ids = silent_room(8, 4)
    command = command_for(room, proposal_of(room))
    decide(command)
    once = picture()

    assert decide(command).credit_id is None
    assert picture() == once


def test_closed_sitting_is_named_and_gets_nothing(app: Flask) -> None:
    room, ids = silent_room(8, 4)
    proposal = proposal_of(room)
    with transaction():
        results.finish(ids[2], BACK)
    decided = decide(command_for(room, proposal))

    assert [(one.seat.is_open, one.minutes) for one in decided.seats] == [(True, 4), (True, 4), (False, 0), (True, 4)]
    assert ends(sittings()[2]) == HOUR


def test_extra_time_has_an_end(app: Flask) -> None:
    room, _ids = silent_room(8, 4)
    with transaction():
        for entry, extra in zip(room.entries, (MOST_EXTRA_MINUTES, MOST_EXTRA_MINUTES - 1), strict=False):
            db.session.get_one(RosterEntry, entry.id).extra_minutes = extra
    decided = decide(command_for(room, proposal_of(room)))

    assert [one.minutes for one in decided.seats] == [0, 1, 4, 4]


def test_seat_that_comes_back_later_is_proposed_afterwards(app: Flask) -> None:
    room, ids = silent_room(8, 3)
    decide(command_for(room, proposal_of(room)))
    late = BACK + 60 * SECOND
    with transaction():
        sitting = db.session.get_one(Sitting, ids[7])
        sitting.silent_from, sitting.silent_until = CUT, late
    sweep.run(FixedClock(late))

    [seat] = proposal_of(room, late).seats
    assert (seat.sitting_id, seat.seconds) == (ids[7], 210)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"reason": "x" * 201}, ReasonMissing),
        ({"sittings": frozenset()}, NoSeatChosen),
        ({"committee_id": 999}, NoSuchExam),
        ({"exam_id": 999}, NoSuchExam),
    ],
)
def test_refused_decision_changes_nothing(app: Flask, changes: dict[str, object], refusal: type[DomainError]) -> None:
    room, _ids = silent_room(8, 4)
    command = command_for(room, proposal_of(room), **changes)
    before = picture()
    with pytest.raises(refusal):
        decide(command)

    assert picture() == before


def test_seats_of_another_outage_or_exam_get_nothing(app: Flask) -> None:
    room, _ids = silent_room(8, 4)
    stranger = begin(make_room(name="乙市人大常委会").entries[0])
    before = picture()
    proposal = proposal_of(room)

    assert decide(command_for(room, proposal, stranger.id)).credit_id is None
    elsewhen = Span(NINE + HOUR, NINE + HOUR + MINUTE)
    assert decide(command_for(room, proposal, span=elsewhen)).credit_id is None
    assert picture() == before


def test_only_exams_that_people_sit_wait_for_the_chief(app: Flask) -> None:
    room, ids = silent_room(4, 4)
    committee_id, exam_id = room.exam.committee_id, room.exam.id
    [(exam, proposals)] = credit_queries.waiting(committee_id, BACK)
    assert (exam.id, len(proposals)) == (exam_id, 1)
    assert credit_queries.waiting(committee_id + 1, BACK) == []

    for sitting_id in ids:
        with transaction():
            results.finish(sitting_id, BACK)
    assert credit_queries.waiting(committee_id, BACK) == []
    assert credit_queries.useful(exam_id, BACK) == []
