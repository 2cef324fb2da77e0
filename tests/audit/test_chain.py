"""tests.audit.test_chain — finds what was edited, removed, reordered or cut off, and stays quiet when nothing was."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import delete, select, text, update

from exam_app.audit import service as audit
from exam_app.audit.models import AuditEntry, AuditHead
from exam_app.audit.queries import verify
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.operations.models import RateWindow
from tests.conftest import NINE

CLERK = Actor(7, "张三")


def act(number: int) -> None:
    """Do and commit one act."""
    with transaction():
        audit.note(CLERK, "thing.do", about=f"thing:{number}", now=NINE, committee_id=1, details={"number": number})


@pytest.fixture
def five(app: Flask) -> None:
    """Five acts of committee 1."""
    for number in range(5):
        act(number)


def kinds() -> list[tuple[int, str]]:
    """Return the faults found, as sequence and kind."""
    return [(fault.sequence, fault.kind) for fault in verify()[1]]


def test_untouched_chain_is_sound(five: None) -> None:
    assert verify() == (5, [])


def test_act_that_rolls_back_leaves_no_entry(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        audit.note(MACHINE, "thing.do", about="thing:1", now=NINE)
        1 / 0  # noqa: B018

    act(1)
    assert verify() == (1, [])


def test_edited_entry_is_found(five: None) -> None:
    with transaction():
        db.session.execute(update(AuditEntry).where(AuditEntry.sequence == 3).values(actor_name="李四"))

    assert (3, "edited") in kinds()


def test_removed_entry_is_found(five: None) -> None:
    with transaction():
        db.session.execute(delete(AuditEntry).where(AuditEntry.sequence == 3))

    assert (3, "removed") in kinds()


def test_swapped_entries_are_found(five: None) -> None:
    with transaction():
        db.session.execute(text("UPDATE audit_entry SET sequence = 99 WHERE sequence = 2"))
        db.session.execute(text("UPDATE audit_entry SET sequence = 2 WHERE sequence = 3"))
        db.session.execute(text("UPDATE audit_entry SET sequence = 3 WHERE sequence = 99"))

    assert {sequence for sequence, _kind in kinds()} >= {2, 3}


def test_cut_off_tail_is_found(five: None) -> None:
    with transaction():
        db.session.execute(delete(AuditEntry).where(AuditEntry.sequence > 3))

    assert (4, "cut_off") in kinds()


def test_tail_cut_off_with_the_head_mended_is_found_by_the_file_outside(five: None) -> None:
    with transaction():
        kept = db.session.scalars(select(AuditEntry).where(AuditEntry.sequence == 3)).one()
        db.session.execute(delete(AuditEntry).where(AuditEntry.sequence > 3))
        db.session.execute(update(AuditHead).values(sequence=3, hash=kept.hash))

    assert kinds() == [(4, "cut_off")]


def test_chain_rebuilt_without_the_key_is_found(five: None) -> None:
    forged = "f" * 64
    with transaction():
        db.session.execute(update(AuditEntry).where(AuditEntry.sequence == 5).values(hash=forged))
        db.session.execute(update(AuditHead).values(hash=forged))

    assert (5, "edited") in kinds()


def test_everything_removed_is_found(five: None) -> None:
    with transaction():
        db.session.execute(delete(AuditEntry))
        db.session.execute(delete(AuditHead))

    assert kinds() == [(1, "cut_off")]


def test_chains_of_committees_are_apart(five: None) -> None:
    with transaction():
        audit.note(CLERK, "thing.do", about="thing:9", now=NINE, committee_id=2)

    assert verify() == (6, [])
    heads = (Path(current_app.config["INSTANCE"]) / "audit-heads.log").read_text().splitlines()
    assert len(heads) == 6


def test_acts_at_once_make_one_chain(postgres_app: Flask) -> None:
    def several() -> None:
        with postgres_app.app_context():
            for number in range(10):
                act(number)

    threads = [threading.Thread(target=several) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert verify() == (60, [])


def test_what_the_act_changed_is_written_before_the_head_is_locked(
    app: Flask, count_statements: Callable[[], Any]
) -> None:
    act(1)
    with count_statements() as statements, transaction():
        db.session.add(RateWindow(key="changed", began_at=NINE, tries=1))
        audit.note(CLERK, "thing.do", about="thing:2", now=NINE, committee_id=1)

    changed = next(at for at, text_ in enumerate(statements) if "rate_window" in text_)
    locked = next(at for at, text_ in enumerate(statements) if "FROM audit_head" in text_)
    assert changed < locked, "who holds the head must wait for nothing more, or two acts could wait for each other"
