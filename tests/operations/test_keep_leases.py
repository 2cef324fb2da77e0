"""tests.operations.test_keep_leases — a task that lasts longer than its lease is not taken over by another machine."""

from datetime import datetime, timedelta

from flask import Flask

from exam_app.base.db import transaction
from exam_app.operations import service as operations
from exam_app.operations.service import LEASE_FOR
from tests.conftest import NINE

SECOND = timedelta(seconds=1)


def take(holder: str, now: datetime) -> bool:
    with transaction():
        return operations.take_lease("sweep", holder, now)


def keep(holder: str, now: datetime) -> int:
    with transaction():
        return operations.keep_leases(holder, now)


def test_what_is_kept_runs_on(app: Flask) -> None:
    take("one", NINE)

    assert keep("one", NINE + LEASE_FOR - SECOND) == 1
    assert not take("two", NINE + LEASE_FOR + SECOND)


def test_what_has_run_out_or_is_another_s_is_not_kept(app: Flask) -> None:
    take("one", NINE)

    assert keep("two", NINE) == 0
    assert keep("one", NINE + LEASE_FOR) == 0
    assert take("two", NINE + LEASE_FOR)
