"""tests.base.test_transaction — one act, one commit: all of it or nothing, never one inside another."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.base.db import after_commit, before_commit, db, insert_new, transaction
from exam_app.operations.models import RateWindow
from tests.conftest import NINE


def put(key: str) -> bool:
    """Insert a row under the key unless there is one."""
    return insert_new(RateWindow, key=key, began_at=NINE, tries=1)


def count() -> int:
    """Return how many rows were kept."""
    return db.session.scalar(select(func.count()).select_from(RateWindow)) or 0


def test_act_is_kept_whole(app: Flask) -> None:
    with transaction():
        put("one")
        put("two")

    db.session.rollback()
    assert count() == 2


def test_act_that_fails_leaves_nothing_and_its_hooks_do_not_run(app: Flask) -> None:
    ran: list[str] = []
    with pytest.raises(ZeroDivisionError), transaction():
        put("one")
        before_commit(lambda: ran.append("before"))
        after_commit(lambda: ran.append("after"))
        raise ZeroDivisionError

    with transaction():
        put("two")
    assert count() == 1
    assert not ran


def test_acts_do_not_nest_and_the_outer_one_is_undone(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="do not nest"), transaction():
        put("one")
        with transaction():
            put("two")

    assert count() == 0
    with transaction():
        assert put("one")


def test_row_that_is_there_is_not_inserted_again_and_poisons_nothing(app: Flask) -> None:
    with transaction():
        assert put("one")
        assert not put("one")
        assert put("two")

    assert count() == 2


def test_hook_after_the_commit_sees_the_act_done(app: Flask) -> None:
    seen: list[int] = []
    with transaction():
        put("one")
        after_commit(lambda: seen.append(count()))

    assert seen == [1]
