"""incidents.outages — which outages the silences of a room show, and what each seat lost by them. Pure.

A seat alone shows nothing: whoever pulls a cable gains no time. The server's own gap shows an outage, and so do many
seats that were silent at the same time. A seat never gets more than it was silent itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from exam_app.incidents.states import CreditCause
from exam_app.operations.rules import Span, united

LEAST_SEATS = 3
LEAST_SHARE = 4
"""So many seats, and one in so many of those open, must be silent at once to show that it was the room."""
SHORTEST_IN_ROOM = timedelta(seconds=15)
"""Silences that meet for less than this met by chance."""
MINUTE = timedelta(minutes=1)
MOST_MINUTES = 60
"""What can be given at once."""


@dataclass(frozen=True)
class SeatRecord:
    """A sitting: from when until when it was open, when it was silent, which outages it was decided about before."""

    sitting_id: int
    opened: Span
    silences: Sequence[Span] = ()
    decided: Sequence[Span] = ()


@dataclass(frozen=True, order=True)
class Loss:
    """What a sitting lost by an outage."""

    sitting_id: int
    lost: timedelta

    @property
    def minutes(self) -> int:
        """The same in whole minutes, rounded up, as far as it can be given."""
        return min(-(-self.lost // MINUTE), MOST_MINUTES)


@dataclass(frozen=True)
class Outage:
    """A stretch of time that people lost through no doing of their own."""

    span: Span
    cause: CreditCause
    losses: tuple[Loss, ...]


def find_outages(seats: Iterable[SeatRecord], server_gaps: Iterable[Span]) -> list[Outage]:
    """Return the outages that have seats nothing was decided about yet, in order of time.

    Outages that overlap are one, so that no second is counted twice.
    """
    records = sorted(seats, key=lambda seat: seat.sitting_id)
    gaps = list(server_gaps)
    found = []
    for span in united([*gaps, *room_outages(records)]):
        losses = [Loss(seat.sitting_id, lost_to(seat, span)) for seat in records]
        suffered = tuple(loss for loss in losses if loss.lost)
        if suffered:
            by_server = any(gap.meets(span) for gap in gaps)
            found.append(Outage(span, CreditCause.SERVER if by_server else CreditCause.ROOM, suffered))
    return found


def lost_to(seat: SeatRecord, outage: Span) -> timedelta:
    """Return how long the seat was silent during the outage, without the silences that a decision has settled."""
    settled = [span for span in seat.decided if span.meets(outage)]
    open_silences = (span for span in _silences(seat) if not any(span.meets(one) for one in settled))
    return sum((cut.length for span in open_silences if (cut := span.within(outage))), timedelta())


def room_outages(seats: Iterable[SeatRecord]) -> list[Span]:
    """Return the longest stretches during which enough of the open seats were silent at the same time."""
    changes: dict[datetime, list[int]] = {}
    for seat in seats:
        _count(changes, seat.opened, 0)
        for silence in _silences(seat):
            _count(changes, silence, 1)
    instants = sorted(changes)
    stretches, opened, silent = [], 0, 0
    for instant, following in pairwise(instants):
        opened += changes[instant][0]
        silent += changes[instant][1]
        if silent >= LEAST_SEATS and silent * LEAST_SHARE >= opened:
            stretches.append(Span(instant, following))
    return [stretch for stretch in united(stretches) if stretch.length >= SHORTEST_IN_ROOM]


def _count(changes: dict[datetime, list[int]], span: Span, which: int) -> None:
    changes.setdefault(span.began_at, [0, 0])[which] += 1
    changes.setdefault(span.ended_at, [0, 0])[which] -= 1


def _silences(seat: SeatRecord) -> list[Span]:
    return united(cut for span in seat.silences if (cut := span.within(seat.opened)))
