"""operations.rules — arithmetic of stretches of time: united, cut, and the gaps between signs of life. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

UNNOTICED = timedelta(seconds=15)
"""A server that beats every five seconds and is silent for longer than this was away."""


class Span(NamedTuple):
    """A stretch of time; its end does not belong to it."""

    began_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.ended_at - self.began_at

    def meets(self, other: "Span") -> bool:
        """Whether the two have some time in common."""
        return self.began_at < other.ended_at and other.began_at < self.ended_at

    def within(self, other: "Span") -> "Span | None":
        """Return what of it lies in the other, None where nothing does."""
        cut = Span(max(self.began_at, other.began_at), min(self.ended_at, other.ended_at))
        return cut if cut.began_at < cut.ended_at else None


def united(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as stretches that neither overlap nor touch, in order."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.began_at <= whole[-1].ended_at:
            whole[-1] = Span(whole[-1].began_at, max(whole[-1].ended_at, span.ended_at))
        else:
            whole.append(span)
    return whole


def gaps(lives: Iterable[Span], period: Span, longer_than: timedelta = UNNOTICED) -> list[Span]:
    """Return the stretches of the period, longer than that, in which nobody was seen alive between two signs of life.

    Before the first and after the last sign nothing is known, so nothing is said.
    """
    whole = united(lives)
    between = (Span(one.ended_at, other.began_at) for one, other in pairwise(whole))
    cut = (gap.within(period) for gap in between)
    return [gap for gap in cut if gap is not None and gap.length > longer_than]
