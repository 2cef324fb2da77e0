"""tests.incidents.test_silences — a gap between two signs of life is noted by whichever comes next, and kept once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.incidents import credit_queries
from exam_app.incidents.models import Silence
from exam_app.jobs import sweep
from exam_app.results import service as results
from exam_app.sittings import service as sittings
from exam_app.sittings.models import Sitting
from exam_app.sittings.rules import SILENT_AFTER
from tests.conftest import NINE
from tests.incidents.factories import SECOND, sign_of_life
from tests.sittings.factories import answer, begin, make_room

LATER = NINE + SILENT_AFTER + SECOND


@pytest.fixture
def sitting(app: Flask) -> Sitting:
    """A sitting that began at nine."""
    return begin(make_room().entries[0])


def by_clock(sitting: Sitting, at: datetime) -> None:
    """Give a sign of life by asking the clock."""
    sign_of_life(sitting.id, at)


def by_save(sitting: Sitting, at: datetime) -> None:
    """Give a sign of life by saving an answer."""
    answer(sitting, 1, "A", int((at - NINE) / SECOND) + 1, at)


def by_return(sitting: Sitting, at: datetime) -> None:
    """Give a sign of life by opening the page again."""
    with transaction():
        sittings.start(sitting.roster_entry_id, "token", at)


SIGNS = pytest.mark.parametrize("sign", [by_clock, by_save, by_return])


def gap_of(sitting: Sitting) -> tuple[datetime | None, datetime | None]:
    """Return the last gap as the row holds it."""
    db.session.refresh(sitting)
    return sitting.silent_from, sitting.silent_until


def kept() -> list[tuple[datetime, datetime]]:
    """Return the silences that are kept."""
    db.session.rollback()
    return [(one.began_at, one.ended_at) for one in db.session.scalars(select(Silence).order_by(Silence.began_at))]


@SIGNS
def test_long_gap_is_noted_by_the_next_sign_of_life(
    sitting: Sitting, sign: Callable[[Sitting, datetime], None]
) -> None:
    sign(sitting, LATER)

    assert gap_of(sitting) == (NINE, LATER)


@SIGNS
def test_short_gap_is_none(sitting: Sitting, sign: Callable[[Sitting, datetime], None]) -> None:
    sign(sitting, NINE + SILENT_AFTER)

    assert gap_of(sitting) == (None, None)


@SIGNS
def test_last_gap_stays_until_the_next_one(sitting: Sitting, sign: Callable[[Sitting, datetime], None]) -> None:
    sign(sitting, LATER)
    sign(sitting, LATER + 20 * SECOND)
    assert gap_of(sitting) == (NINE, LATER)

    sign(sitting, LATER + 120 * SECOND)
    assert gap_of(sitting) == (LATER + 20 * SECOND, LATER + 120 * SECOND)


def test_save_that_is_refused_ends_no_silence(sitting: Sitting) -> None:
    answer(sitting, 1, "A", 1, NINE + timedelta(hours=2))

    assert gap_of(sitting) == (None, None)


def test_sweep_keeps_each_silence_once(sitting: Sitting) -> None:
    for at in (LATER, LATER + 120 * SECOND):
        by_clock(sitting, at)
        sweep.run(FixedClock(at))
        sweep.run(FixedClock(at))

    assert kept() == [(NINE, LATER), (LATER, LATER + 120 * SECOND)]


def test_sweep_writes_nothing_where_nobody_was_silent(sitting: Sitting, count_statements: Callable[[], Any]) -> None:
    by_clock(sitting, NINE + 15 * SECOND)
    db.session.remove()
    with count_statements() as statements:
        sweep.run(FixedClock(NINE + 20 * SECOND))

    assert len(statements) == 3 and all(one.lstrip().startswith("SELECT") for one in statements)
    assert kept() == []


def test_closed_sitting_is_not_looked_at(sitting: Sitting) -> None:
    by_clock(sitting, LATER)
    with transaction():
        results.finish(sitting.id, LATER)

    assert credit_queries.new_silences() == []
