"""tests.operations.test_limit_rate — exactly so many tries within a window, also when they come at once."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask

from exam_app.base.db import db, transaction
from exam_app.operations import service as operations
from exam_app.operations.errors import TooOften
from tests.conftest import NINE

MOST, WITHIN = 5, timedelta(minutes=1)


def attempt(key: str = "seat:7", now: datetime = NINE) -> bool:
    """Try once as one act; whether it was let through."""
    with transaction():
        try:
            operations.limit_rate(key, MOST, WITHIN, now)
        except TooOften:
            return False  # caught inside: the refused try stays counted
    return True


def test_exactly_so_many_are_let_through(app: Flask) -> None:
    assert [attempt() for _try in range(MOST + 2)] == [True] * MOST + [False] * 2


def test_window_ends_and_counts_anew(app: Flask) -> None:
    for _try in range(MOST + 1):
        attempt()

    assert not attempt(now=NINE + WITHIN - timedelta(seconds=1))
    assert [attempt(now=NINE + WITHIN) for _try in range(MOST + 1)] == [True] * MOST + [False]


def test_keys_are_counted_apart(app: Flask) -> None:
    for _try in range(MOST + 1):
        attempt()

    assert attempt("seat:8")


def test_refusal_says_how_long_to_wait(app: Flask) -> None:
    for _try in range(MOST):
        attempt()

    with pytest.raises(TooOften) as refused, transaction():
        operations.limit_rate("seat:7", MOST, WITHIN, NINE + timedelta(seconds=20))
    assert refused.value.facts["seconds"] == 40


@pytest.mark.postgresql
def test_tries_at_once_are_all_counted(postgres_app: Flask) -> None:
    let_through: list[bool] = []

    def one() -> None:
        with postgres_app.app_context():
            let_through.append(attempt())
            db.session.remove()

    threads = [threading.Thread(target=one) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(let_through) == [False] * 7 + [True] * MOST
