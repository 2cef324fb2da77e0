"""jobs.turns — the right to act on the wall clock: taken with the lease, proven again inside every act.

Whoever wakes up after another has taken over finds its fencing number outgrown, and stops before it changes anything.
"""

from collections.abc import Callable
from dataclasses import dataclass

from exam_app.base.clock import Clock
from exam_app.base.db import transaction
from exam_app.operations import queries
from exam_app.operations import service as operations

Check = Callable[[], None]


class TurnLost(Exception):
    """Another process acts now."""


@dataclass(frozen=True)
class Turn:
    """A lease as it was taken; calling it proves, inside an act, that it still holds, and keeps it."""

    name: str
    holder: str
    fencing: int
    clock: Clock

    def __call__(self) -> None:
        """Raise TurnLost if another has held the lease meanwhile."""
        if not operations.keep_lease(self.name, self.holder, self.fencing, queries.lease_time(self.clock.now())):
            raise TurnLost(self.name)


def take(name: str, holder: str, clock: Clock) -> Turn | None:
    """Take or keep the lease of that name; None while another holds it."""
    with transaction():
        fencing = operations.take_lease(name, holder, queries.lease_time(clock.now()))
    return Turn(name, holder, fencing, clock) if fencing else None


def unguarded() -> None:
    """Let everything pass: for who runs a task by hand, alone."""
