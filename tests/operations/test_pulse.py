"""tests.operations.test_pulse — each process beats, its silences show as gaps; gaps are arithmetic of stretches."""

from datetime import timedelta
from itertools import pairwise

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.operations import queries
from exam_app.operations import service as operations
from exam_app.operations.models import Pulse
from exam_app.operations.rules import UNNOTICED, Span, gaps, united
from tests.conftest import NINE

SECOND = timedelta(seconds=1)
NIGHT = Span(NINE - timedelta(hours=1), NINE + timedelta(hours=1))


def span(start: int, length: int) -> Span:
    """Return a stretch by seconds after nine."""
    return Span(NINE + start * SECOND, NINE + (start + length) * SECOND)


spans = st.builds(span, st.integers(0, 400), st.integers(1, 120))
lives = st.lists(spans, max_size=12)
periods = st.builds(span, st.integers(0, 300), st.integers(1, 300))


def covers(stretches: list[Span], second: int) -> bool:
    """Whether a second lies in one of the stretches; the plain way, to compare with."""
    at = NINE + second * SECOND
    return any(one.began_at <= at < one.ended_at for one in stretches)


@given(lives)
def test_united_stretches_cover_the_same_seconds_and_keep_apart(stretches: list[Span]) -> None:
    whole = united(stretches)

    assert all(covers(whole, second) == covers(stretches, second) for second in range(0, 521))
    assert all(one.ended_at < other.began_at for one, other in pairwise(whole))


@given(lives, periods)
def test_gaps_lie_in_the_period_where_nobody_lived_between_two_lives(stretches: list[Span], period: Span) -> None:
    found = gaps(stretches, period, SECOND)

    for gap in found:
        assert gap.within(period) == gap
        assert not any(gap.meets(one) for one in stretches)
        assert any(one.ended_at <= gap.began_at for one in stretches)
        assert any(one.began_at >= gap.ended_at for one in stretches)


@given(lives, periods, st.randoms())
def test_gaps_do_not_depend_on_the_order(stretches: list[Span], period: Span, order: object) -> None:
    shuffled = list(stretches)
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    assert gaps(shuffled, period) == gaps(stretches, period)


def test_short_gap_is_not_noticed() -> None:
    quiet = UNNOTICED // SECOND
    assert gaps([span(0, 10), span(10 + quiet, 10)], NIGHT) == []
    assert gaps([span(0, 10), span(11 + quiet, 10)], NIGHT) == [span(10, quiet + 1)]


def test_nothing_is_said_of_the_time_before_the_first_sign_of_life() -> None:
    assert gaps([span(100, 10)], NIGHT) == gaps([], NIGHT) == []


def beat(node: str, second: int) -> None:
    """Beat once, as one act."""
    with transaction():
        operations.beat(node, NINE + second * SECOND)


def rows() -> list[Span]:
    """Return the lives that are kept."""
    db.session.rollback()
    return [Span(*row) for row in db.session.execute(select(Pulse.began_at, Pulse.beat_at).order_by(Pulse.began_at))]


def test_process_that_beats_is_one_row(app: Flask) -> None:
    for second in (0, 5, 10, 15):
        beat("pc:1:100", second)

    assert rows() == [span(0, 15)]


def test_process_that_was_silent_lives_anew(app: Flask) -> None:
    for second in (0, 5, 100, 105):
        beat("pc:1:100", second)

    assert rows() == [span(0, 5), span(100, 5)]
    assert queries.server_gaps(NIGHT) == [span(5, 95)]


def test_other_process_covers_for_the_silent_one(app: Flask) -> None:
    for second in range(0, 200, 5):
        beat("pc:2:100", second)
        if not 50 < second < 150:
            beat("pc:1:100", second)

    assert queries.server_gaps(NIGHT) == []


def test_name_that_begins_alike_is_another_process(app: Flask) -> None:
    beat("pc:1:10", 0)
    beat("pc:1:100", 5)
    beat("pc:1:10", 10)

    assert len(rows()) == 2


def test_old_pulses_are_swept_when_a_process_starts(app: Flask) -> None:
    beat("pc:1:100", 0)
    beat("pc:1:200", 31 * 24 * 3600)

    assert len(rows()) == 1


def test_gap_is_read_only_for_the_period_asked_for(app: Flask) -> None:
    for second in (0, 100):
        beat("pc:1:100", second)

    assert queries.server_gaps(span(40, 10)) == []
    assert queries.server_gaps(span(40, 30)) == [span(40, 30)]
    assert queries.server_gaps(span(200, 100)) == []
