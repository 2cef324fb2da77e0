"""tests.incidents.test_races — two chiefs, two clicks, a hand-in at the same instant; on PostgreSQL, with threads."""

import pytest
from sqlalchemy import func, select

from exam_app.base.db import db, transaction
from exam_app.incidents.models import TimeCredit, TimeCreditSeat
from exam_app.incidents.states import CreditDecision
from exam_app.incidents.time_credits import DecideOutage
from exam_app.results import service as results
from exam_app.sittings import service as sittings
from exam_app.sittings.models import RoomEvent, Sitting
from exam_app.sittings.states import RoomEventKind, SittingState
from tests.incidents.factories import BACK, CHIEF, Decided, command_for, decide, proposal_of, silent_room
from tests.results.test_races import Act, Track, track  # noqa: F401 - a fixture
from tests.sittings.factories import MINUTES, Room

pytestmark = pytest.mark.postgresql
ROUNDS = 8
SEATS, SILENT = 5, 4


def deciding(command: DecideOutage) -> Act:
    """Return the act of deciding."""
    return lambda: decide(command)


def minutes_given() -> list[int]:
    """Return how many minutes each sitting got beyond its own."""
    db.session.rollback()
    rows = db.session.scalars(select(Sitting).order_by(Sitting.id).execution_options(populate_existing=True))
    return [(one.ends_at - one.started_at).seconds // 60 - MINUTES for one in rows]


def rooms() -> list[tuple[Room, list[int]]]:
    """Return a few rooms with an outage each."""
    return [silent_room(SEATS, SILENT, f"第{number}人大常委会") for number in range(ROUNDS)]


def test_two_chiefs_at_once_give_the_time_once(track: Track) -> None:  # noqa: F811
    for room, _ids in rooms():
        command = command_for(room, proposal_of(room))
        one, other = track.race(deciding(command), deciding(command))
        assert isinstance(one, Decided) and isinstance(other, Decided)
        assert sorted((one.credit_id is None, other.credit_id is None)) == [False, True]

    assert minutes_given() == ([4] * SILENT + [0]) * ROUNDS
    assert db.session.scalar(select(func.count()).select_from(TimeCredit)) == ROUNDS
    assert db.session.scalar(select(func.count()).select_from(TimeCreditSeat)) == ROUNDS * SILENT
    events = select(func.count()).select_from(RoomEvent).where(RoomEvent.kind == RoomEventKind.EXTRA_TIME)
    assert db.session.scalar(events) == ROUNDS * SILENT


def test_one_confirms_and_one_declines_and_one_of_them_stands(track: Track) -> None:  # noqa: F811
    for room, ids in rooms():
        proposal = proposal_of(room)
        declining = command_for(room, proposal, decision=CreditDecision.DECLINED)
        track.race(deciding(command_for(room, proposal)), deciding(declining))
        db.session.rollback()
        credit = db.session.scalars(select(TimeCredit).where(TimeCredit.exam_id == room.exam.id)).one()
        gave = {one for one in minutes_given()[ids[0] - 1 : ids[SILENT - 1]]}
        assert gave == ({4} if credit.decision is CreditDecision.CONFIRMED else {0})


def test_chiefs_with_seats_in_common_give_each_seat_its_time_once(track: Track) -> None:  # noqa: F811
    for room, ids in rooms():
        proposal = proposal_of(room)
        track.race(
            deciding(command_for(room, proposal, *ids[:3])), deciding(command_for(room, proposal, *ids[1:SILENT]))
        )

    assert minutes_given() == ([4] * SILENT + [0]) * ROUNDS


def test_hand_in_at_the_same_instant_closes_or_is_lengthened_first(track: Track) -> None:  # noqa: F811
    def hand_in(sitting_id: int) -> Act:
        def act() -> None:
            with transaction():
                results.finish(sitting_id, BACK)

        return act

    def extending(room: Room) -> Act:
        def act() -> None:
            with transaction():
                sittings.extend(room.entries[1].id, room.exam.committee_id, 5, "换机", CHIEF, BACK)

        return act

    for room, ids in rooms():
        command = command_for(room, proposal_of(room))
        decided, _closed, _more = track.race(deciding(command), hand_in(ids[0]), extending(room))
        db.session.rollback()
        first = db.session.get_one(Sitting, ids[0], populate_existing=True)
        assert first.state is SittingState.SUBMITTED
        assert (first.ends_at - first.started_at).seconds // 60 - MINUTES == decided.seats[0].minutes
        assert minutes_given()[ids[1] - 1] == 9
