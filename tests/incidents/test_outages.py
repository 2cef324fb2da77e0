"""tests.incidents.test_outages — what the silences of a room show; a seat alone gains nothing, none too much."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exam_app.incidents.outages import MINUTE, Outage, SeatRecord, find_outages, room_outages
from exam_app.incidents.states import CreditCause
from exam_app.operations.rules import Span, united
from tests.conftest import NINE

SECOND = timedelta(seconds=1)
EXAM = Span(NINE, NINE + timedelta(hours=1))


def span(start: int, length: int) -> Span:
    """Return a stretch by seconds after nine."""
    return Span(NINE + start * SECOND, NINE + (start + length) * SECOND)


def room(silent: int, seats: int, silence: Span) -> list[SeatRecord]:
    """Return a room in which the first so many seats were silent at once."""
    return [SeatRecord(number, EXAM, (silence,) if number <= silent else ()) for number in range(1, seats + 1)]


def seats_of(numbers: Sequence[tuple[int, int, list[tuple[int, int]]]]) -> list[SeatRecord]:
    """Return seats by when and how long each was open, and its silences."""
    return [
        SeatRecord(number, span(start, length), tuple(span(*one) for one in silences))
        for number, (start, length, silences) in enumerate(numbers, 1)
    ]


def stretches(shortest: int, longest: int, most: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Return up to so many stretches, as begin and length."""
    return st.lists(st.tuples(st.integers(0, 900), st.integers(shortest, longest)), max_size=most)


server = stretches(16, 300, 2).map(lambda found: [span(*one) for one in found])
seat_numbers = st.tuples(st.integers(0, 200), st.integers(300, 1200), stretches(46, 400, 3))
records = st.lists(seat_numbers, max_size=7).map(seats_of)


def decide(seats: Sequence[SeatRecord], outage: Outage) -> list[SeatRecord]:
    """Return the seats after a decision about all seats of the outage."""
    meant = {loss.sitting_id for loss in outage.losses}
    return [replace(seat, decided=(*seat.decided, outage.span)) if seat.sitting_id in meant else seat for seat in seats]


def lost(outages: Sequence[Outage], sitting_id: int) -> timedelta:
    """Return what a seat lost by all outages."""
    losses = (loss.lost for outage in outages for loss in outage.losses if loss.sitting_id == sitting_id)
    return sum(losses, timedelta())


def total(spans: Sequence[Span]) -> timedelta:
    """Return how long the stretches are together, each second once."""
    return sum((one.length for one in united(spans)), timedelta())


@given(records, st.integers(1, 7))
def test_lone_silence_gives_nothing(seats: list[SeatRecord], alone: int) -> None:
    only_one = [seat if seat.sitting_id == alone else replace(seat, silences=()) for seat in seats]

    assert find_outages(only_one, []) == []


@given(records, server)
def test_nobody_gets_more_than_the_own_silence_or_the_outages(seats: list[SeatRecord], gaps: list[Span]) -> None:
    outages = find_outages(seats, gaps)

    for seat in seats:
        assert lost(outages, seat.sitting_id) <= total(seat.silences)
    for outage in outages:
        for loss in outage.losses:
            assert timedelta() < loss.lost <= outage.span.length
            assert loss.lost <= loss.minutes * MINUTE < loss.lost + MINUTE


@given(records, server)
def test_outages_do_not_overlap(seats: list[SeatRecord], gaps: list[Span]) -> None:
    outages = find_outages(seats, gaps)

    assert not any(one.span.meets(other.span) for one, other in pairwise(outages))


@given(records, server, st.randoms())
def test_order_of_seats_changes_nothing(seats: list[SeatRecord], gaps: list[Span], order: object) -> None:
    shuffled, other_gaps = list(seats), list(gaps)
    for one in (shuffled, other_gaps):
        order.shuffle(one)  # type: ignore[attr-defined]

    assert find_outages(shuffled, other_gaps) == find_outages(seats, gaps)


@given(records, server)
def test_deciding_makes_it_vanish_and_leaves_the_others(seats: list[SeatRecord], gaps: list[Span]) -> None:
    outages = find_outages(seats, gaps)
    for number, outage in enumerate(outages):
        seats = decide(seats, outage)
        assert find_outages(seats, gaps) == outages[number + 1 :]


@given(records, server)
def test_deciding_for_one_seat_leaves_the_rest(seats: list[SeatRecord], gaps: list[Span]) -> None:
    for outage in find_outages(seats, gaps)[:1]:
        one = outage.losses[0]
        after = decide(seats, replace(outage, losses=(one,)))
        left = [loss for found in find_outages(after, gaps) if found.span == outage.span for loss in found.losses]
        assert left == [loss for loss in outage.losses if loss != one]


@given(records)
def test_room_outage_has_enough_silent_seats_at_every_second(seats: list[SeatRecord]) -> None:
    for outage in room_outages(seats):
        at = outage.began_at
        while at < outage.ended_at:
            present = [seat for seat in seats if seat.opened.began_at <= at < seat.opened.ended_at]
            silent = sum(any(one.began_at <= at < one.ended_at for one in seat.silences) for seat in present)
            assert silent >= max(3, len(present) / 4)
            at += SECOND


def test_three_of_twelve_show_a_room_outage_and_get_what_they_lost() -> None:
    [outage] = find_outages(room(3, 12, span(130, 210)), [])

    assert (outage.span, outage.cause) == (span(130, 210), CreditCause.ROOM)
    assert [(loss.sitting_id, loss.minutes) for loss in outage.losses] == [(1, 4), (2, 4), (3, 4)]


def test_too_few_of_a_large_room_show_nothing() -> None:
    assert find_outages(room(2, 4, span(100, 100)), []) == []
    assert find_outages(room(3, 13, span(100, 100)), []) == []
    assert find_outages(room(4, 16, span(100, 100)), []) != []


def test_silences_that_hardly_meet_show_nothing() -> None:
    seats = [SeatRecord(number, EXAM, (span(100 + 40 * number, 91),)) for number in range(3)]

    assert find_outages(seats, []) == []


def test_server_gap_counts_for_every_seat_that_was_silent_over_it() -> None:
    seats = room(1, 40, span(100, 200))
    [outage] = find_outages(seats, [span(150, 60)])

    assert (outage.span, outage.cause) == (span(150, 60), CreditCause.SERVER)
    assert [loss.lost for loss in outage.losses] == [60 * SECOND]


def test_server_gap_that_nobody_felt_is_no_outage() -> None:
    assert find_outages(room(0, 5, span(0, 1)), [span(150, 20)]) == []


def test_server_gap_inside_a_room_outage_is_counted_once() -> None:
    [outage] = find_outages(room(5, 5, span(100, 120)), [span(110, 60)])

    assert (outage.span, outage.cause) == (span(100, 120), CreditCause.SERVER)
    assert {loss.minutes for loss in outage.losses} == {2}


def test_seat_that_comes_back_after_the_decision_is_proposed_alone() -> None:
    before = room(4, 8, span(100, 120))
    [outage] = find_outages(before, [])
    after = decide(before, outage)
    after[4] = replace(after[4], silences=(span(100, 200),))

    [again] = find_outages(after, [])
    assert [loss.sitting_id for loss in again.losses] == [5]


def test_hours_are_given_back_by_the_sixty() -> None:
    [outage] = find_outages(room(3, 3, span(0, 3600)), [])
    assert {loss.minutes for loss in outage.losses} == {60}

    longer = [replace(seat, opened=span(0, 9000), silences=(span(0, 8000),)) for seat in room(3, 3, span(0, 1))]
    assert {loss.minutes for loss in find_outages(longer, [])[0].losses} == {60}
