"""tests.operations.test_lease — one holder acts at a time, and another takes over when it falls silent."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.operations import service as operations
from exam_app.operations.models import Lease
from exam_app.operations.service import LEASE_FOR
from tests.conftest import NINE

SECOND = timedelta(seconds=1)


def take(holder: str, now: datetime = NINE) -> bool:
    """Ask for the lease as one act."""
    with transaction():
        return operations.take_lease("sweep", holder, now)


def fencing() -> int:
    """Return the fencing number of the lease."""
    return db.session.scalars(select(Lease.fencing)).one()


def test_first_comer_holds_it_and_keeps_it(app: Flask) -> None:
    assert take("one")
    assert take("one", NINE + LEASE_FOR / 2)
    assert fencing() == 1


def test_nobody_else_gets_it_while_it_runs(app: Flask) -> None:
    take("one")

    assert not take("two", NINE + LEASE_FOR - SECOND)
    assert db.session.scalars(select(Lease.holder)).one() == "one"


def test_keeping_it_starts_it_anew(app: Flask) -> None:
    take("one")
    take("one", NINE + LEASE_FOR - SECOND)

    assert not take("two", NINE + LEASE_FOR + SECOND)


def test_silent_holder_is_replaced_and_locked_out(app: Flask) -> None:
    take("one")

    assert take("two", NINE + LEASE_FOR)
    assert fencing() == 2
    assert not take("one", NINE + LEASE_FOR + SECOND)


def test_leases_of_different_names_do_not_meet(app: Flask) -> None:
    with transaction():
        assert operations.take_lease("sweep", "one", NINE)
        assert operations.take_lease("queue", "two", NINE)


@pytest.mark.postgresql
def test_one_of_many_at_once_gets_it(postgres_app: Flask) -> None:
    won: list[str] = []

    def ask(holder: str) -> None:
        with postgres_app.app_context():
            if take(holder):
                won.append(holder)
            db.session.remove()

    threads = [threading.Thread(target=ask, args=(f"holder {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
