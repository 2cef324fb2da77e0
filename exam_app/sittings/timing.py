"""sittings.timing — the arithmetic of exam time; pure, and computed from the server's instants alone."""

from datetime import datetime, timedelta

DAY = timedelta(days=1)
SILENT_AFTER = timedelta(seconds=45)
"""Browsers give a sign of life every twenty seconds at least; a longer gap than this is a silence."""


def deadline(started_at: datetime, duration_minutes: int, extra_minutes: int, closes_at: datetime) -> datetime:
    """Return when a sitting ends: after its duration, at the latest when the window closes, and then the extra time.

    Extra time is the invigilator's decision about one person, so it may pass the end of the window.
    """
    return min(started_at + timedelta(minutes=duration_minutes), closes_at) + timedelta(minutes=extra_minutes)


def latest_start(opens_at: datetime, closes_at: datetime, late_entry_minutes: int, released_at: datetime) -> datetime:
    """Return the last instant at which a person may begin.

    Late entry counts from the release when that came after the announced hour. It has no meaning where the window
    is a day or longer, because there everybody begins when it suits; 0 means no limit.
    """
    if not late_entry_minutes or closes_at - opens_at >= DAY:
        return closes_at
    return min(max(opens_at, released_at) + timedelta(minutes=late_entry_minutes), closes_at)


def earliest_hand_in(started_at: datetime, ends_at: datetime, early_hand_in_minutes: int) -> datetime:
    """Return the instant from which the person may hand in; never later than the end of the sitting."""
    return min(started_at + timedelta(minutes=early_hand_in_minutes), ends_at)


def milliseconds_until(instant: datetime, now: datetime) -> int:
    """Return how many whole milliseconds are left until the instant, at least 0."""
    return max(0, (instant - now) // timedelta(milliseconds=1))
