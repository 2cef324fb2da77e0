"""tests.cli.test_backup_while_saving — a backup made while people answer: consistent, whole, and the exam goes on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.app import create_app
from exam_app.audit.queries import verify
from exam_app.base.clock import FixedClock
from exam_app.base.config import Settings
from exam_app.base.crypto import is_signed, public_key
from exam_app.base.db import db, transaction
from exam_app.base.keys import keys
from exam_app.sittings.models import AnswerEvent
from exam_app.sittings.queries import answers_of, journal_of
from exam_app.sittings.rules import Acknowledged, receipt_text
from exam_app.sittings.service import SaveAnswer, save_answer
from tests.cli.test_backup import passphrase, run  # noqa: F401 - a fixture
from tests.conftest import NINE, _administer, _database
from tests.postgres import find_binaries
from tests.sittings.factories import SLOTS, begin, make_room

PEOPLE, BEFORE = 4, 15
Acks = list[tuple[int, int, str]]
"""Sitting, revision, receipt."""


@contextmanager
def answering(app: Flask, sitting_ids: list[int]) -> Iterator[Acks]:
    """Let each person answer in a thread of their own; yield what is acknowledged so far, once it is some."""
    acknowledged: Acks = []
    stop = threading.Event()

    def answer(sitting_id: int) -> None:
        for revision in range(1, 5000):
            if stop.is_set():
                return
            with app.app_context():
                command = SaveAnswer(
                    sitting_id=sitting_id, token="token", slot=revision % SLOTS + 1, response="A", revision=revision
                )
                with transaction():
                    kept = save_answer(command, NINE)
                acknowledged.append((sitting_id, revision, kept.receipt))
                db.session.remove()

    threads = [threading.Thread(target=answer, args=(sitting_id,)) for sitting_id in sitting_ids]
    for thread in threads:
        thread.start()
    try:
        while len(acknowledged) < PEOPLE * BEFORE:
            stop.wait(0.01)
        yield acknowledged
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def prove(office: Flask, fresh: Callable[[], Flask], file: Path) -> None:
    """Back the office up while four people answer, restore on an empty machine, and go on there."""
    sitting_ids = [begin(entry).id for entry in make_room(PEOPLE).entries]
    with answering(office, sitting_ids) as acknowledged:
        before = list(acknowledged)
        done = run(office, "backup", file)
        assert done.exit_code == 0, done.output
        during = len(acknowledged) - len(before)
    assert during > 0, "nobody answered while the backup was made"
    db.session.remove()

    app = fresh()
    with app.app_context():
        done = run(app, "restore", file)
        assert done.exit_code == 0, done.output
        _check_journals(sitting_ids, before)
        assert verify()[1] == []
        for sitting_id in sitting_ids:
            _go_on(sitting_id)
        db.session.remove()
        db.engine.dispose()


def _check_journals(sitting_ids: list[int], before: Acks) -> None:
    """What was acknowledged before the backup began is there; what is there has no hole, and true receipts."""
    rows = list(db.session.scalars(select(AnswerEvent)))
    assert set(before) <= {(row.sitting_id, row.revision, row.receipt) for row in rows}
    public = public_key(keys().receipts)
    for row in rows:
        event = Acknowledged(row.revision, row.slot, row.response, row.server_at)
        assert is_signed(public, receipt_text(row.sitting_id, event), row.receipt)
    for sitting_id in sitting_ids:
        revisions = [event.revision for event in journal_of(sitting_id)]
        assert revisions == list(range(1, len(revisions) + 1))


def _go_on(sitting_id: int) -> None:
    """The device that answered before answers on, with the token it has."""
    command = SaveAnswer(sitting_id=sitting_id, token="token", slot=1, response="B", revision=9000)
    with transaction():
        assert save_answer(command, NINE).late is None
    assert answers_of(sitting_id)[1] == "B"


def test_backup_of_a_running_exam_is_whole_and_the_exam_goes_on_elsewhere(app: Flask, tmp_path: Path) -> None:
    prove(app, lambda: create_app(Settings(instance=tmp_path / "fresh"), FixedClock(NINE)), tmp_path / "office.tar")


@pytest.mark.postgresql
def test_on_postgresql_too(
    postgres_app: Flask, postgres_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAM_PG_BIN", str(find_binaries()))
    name = f"{postgres_app.config['SQLALCHEMY_DATABASE_URI'].rsplit('/', 1)[1].partition('?')[0]}_fresh"
    _administer(postgres_server, f"CREATE DATABASE {name}")
    settings = Settings(instance=tmp_path / "fresh", database_url=_database(postgres_server, name))
    try:
        prove(postgres_app, lambda: create_app(settings, FixedClock(NINE)), tmp_path / "office.tar")
    finally:
        _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


def test_backup_is_noted_for_the_self_check(app: Flask, tmp_path: Path) -> None:
    assert run(app, "backup", tmp_path / "office.tar").exit_code == 0
    assert (Path(app.config["INSTANCE"]) / "last-backup.json").exists()
