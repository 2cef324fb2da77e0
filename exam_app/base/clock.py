"""base.clock — the only file that reads the system's time.

Instants are aware and in UTC everywhere below; people see China Standard Time, which has had no
summer time since 1991, so a fixed offset is exact and needs no time-zone database on the machine.
"""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """Tells the instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for tests and rehearsals."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it was last set to."""
        return self.at

    def advance(self, by: timedelta) -> datetime:
        """Move on and return the new instant."""
        self.at += by
        return self.at


def local(instant: datetime) -> datetime:
    """Return the instant as people in China read it."""
    return instant.astimezone(CHINA)


def local_date(instant: datetime) -> date:
    """Return the calendar day of the instant in China."""
    return local(instant).date()


def from_local(moment: datetime) -> datetime:
    """Return the instant that a naive moment typed by a person in China means."""
    return moment.replace(tzinfo=CHINA).astimezone(UTC)


def stopwatch() -> float:
    """Return seconds that only differences make sense of; never an instant."""
    return time.perf_counter()
