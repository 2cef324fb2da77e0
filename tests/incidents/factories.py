"""tests.incidents.factories — rooms whose seats fell silent, a server that was away, and a chief invigilator."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from exam_app.audit.service import Actor
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.incidents import credit_queries, time_credits
from exam_app.incidents.credit_queries import Proposal
from exam_app.incidents.states import CreditDecision
from exam_app.incidents.time_credits import Decided, DecideOutage
from exam_app.jobs import sweep
from exam_app.operations import service as operations
from exam_app.operations.rules import Span
from exam_app.sittings import service as sittings
from exam_app.sittings.models import Sitting
from tests.conftest import NINE
from tests.sittings.factories import Room, begin, make_room

CHIEF = Actor(77, "韩致远")
SECOND = timedelta(seconds=1)
CUT, BACK = NINE + timedelta(minutes=2, seconds=10), NINE + timedelta(minutes=5, seconds=40)


def sign_of_life(sitting_id: int, at: datetime) -> None:
    """Ask the clock, as the browser does every twenty seconds; durable at once."""
    sittings.clock(sitting_id, "token", at)
    db.session.rollback()  # the lane wrote beside this session, which must not go on in what it read before


def alive(sitting_ids: Iterable[int], *instants: datetime) -> None:
    """Let the devices of the sittings give signs of life at these instants."""
    for at in instants:
        for sitting_id in sitting_ids:
            sign_of_life(sitting_id, at)


def silent_room(seats: int = 8, silent: int = 4, name: str = "甲市人大常委会") -> tuple[Room, list[int]]:
    """Start so many sittings, of which the first few fall silent between the cut and the return; swept."""
    cut, back = CUT, BACK
    room = make_room(seats, name=name)
    ids = [begin(entry).id for entry in room.entries]
    for sitting_id in ids[silent:]:
        alive([sitting_id], *(NINE + 40 * number * SECOND for number in range(int((back - NINE) / SECOND) // 40 + 1)))
    alive(ids[:silent], *(NINE + 40 * number * SECOND for number in range(int((cut - NINE) / SECOND) // 40 + 1)), cut)
    alive(ids, back)
    sweep.run(FixedClock(back))
    return room, ids


def server_away(began: datetime, ended: datetime) -> None:
    """Let one process of the server live until and from then on; commits."""
    for node, instants in (("pc:1:1", (began - 10 * SECOND, began)), ("pc:2:2", (ended, ended + 10 * SECOND))):
        for at in instants:
            with transaction():
                operations.beat(node, at)


def proposal_of(room: Room, now: datetime = BACK) -> Proposal:
    """Return the one outage that is proposed."""
    [proposal] = credit_queries.proposals(room.exam.id, now)
    return proposal


def command_for(room: Room, proposal: Proposal, *sitting_ids: int, **changes: object) -> DecideOutage:
    """Return the confirmation for all seats of the proposal, or for the named ones."""
    values: dict[str, object] = {
        "exam_id": room.exam.id,
        "committee_id": room.exam.committee_id,
        "span": Span(*proposal.outage.span),
        "sittings": frozenset(sitting_ids or (seat.sitting_id for seat in proposal.seats)),
        "decision": CreditDecision.CONFIRMED,
        "reason": "交换机断电",
    }
    return DecideOutage(**{**values, **changes})  # type: ignore[arg-type]


def decide(command: DecideOutage, now: datetime = BACK) -> Decided:
    """Decide as the chief invigilator; commits."""
    with transaction():
        return time_credits.decide_outage(command, CHIEF, now)


def ends(sitting: Sitting) -> timedelta:
    """Return how long after nine a sitting ends."""
    return sitting.ends_at - NINE
