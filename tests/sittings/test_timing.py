"""tests.sittings.test_timing — exam time is arithmetic over the server's instants."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from exam_app.sittings.rules import deadline, earliest_hand_in, latest_start, milliseconds_until
from tests.conftest import NINE

MINUTE = timedelta(minutes=1)
minutes = st.integers(0, 600)
instants = st.integers(0, 3_000).map(lambda number: NINE + number * MINUTE)


@given(instants, minutes, instants)
def test_deadline_without_extra_time_is_never_after_the_window(
    started: datetime, allowed: int, closes: datetime
) -> None:
    assert deadline(started, allowed, 0, closes) <= closes


@given(instants, minutes, minutes, instants)
def test_extra_time_is_given_in_full(started: datetime, allowed: int, extra: int, closes: datetime) -> None:
    assert deadline(started, allowed, extra, closes) - deadline(started, allowed, 0, closes) == extra * MINUTE


@given(instants, instants, minutes)
def test_hand_in_is_always_possible_at_the_end(started: datetime, ends: datetime, early: int) -> None:
    assert earliest_hand_in(started, ends, early) <= ends


def test_late_entry_counts_from_a_late_release() -> None:
    closes = NINE + 120 * MINUTE
    assert latest_start(NINE, closes, 30, NINE) == NINE + 30 * MINUTE
    assert latest_start(NINE, closes, 30, NINE + 20 * MINUTE) == NINE + 50 * MINUTE
    assert latest_start(NINE, closes, 30, NINE + 110 * MINUTE) == closes
    assert latest_start(NINE, closes, 0, NINE) == closes


def test_remaining_time_never_goes_below_zero() -> None:
    assert milliseconds_until(NINE + MINUTE, NINE) == 60_000
    assert milliseconds_until(NINE, NINE + MINUTE) == 0
