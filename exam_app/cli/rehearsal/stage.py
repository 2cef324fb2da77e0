"""cli.rehearsal.stage — a copy of this installation beside the real one, in which the coming exam is about to begin."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import URL, Engine, create_engine, delete, make_url, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from exam_app.audit.service import MACHINE
from exam_app.base.chance import code
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings, settings
from exam_app.base.db import Base, db, is_sqlite, transaction
from exam_app.cli import postgres
from exam_app.cli.backup import copy_sqlite
from exam_app.committees.rules import from_document
from exam_app.exams import roster
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.roster import NewEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.operations.errors import DatabaseToolFailed
from exam_app.operations.models import Job
from exam_app.operations.states import JobState
from exam_app.people import service as people
from exam_app.people.service import RegisterPerson

HOURS_AFTER = timedelta(hours=1)
STARTING = timedelta(seconds=3)  # what the server takes to be ready
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Stage:
    """The copy, and who is expected in it: admission number and code of each seat."""

    app: Flask
    instance: Path
    url: str
    kind: str
    bell: datetime
    slips: list[tuple[str, str]]


@contextmanager
def staged(exam_id: int, candidates: int | None, lead: timedelta) -> Iterator[Stage]:
    """Copy this installation, let the exam begin so long after it was copied, and take all of it away at the end."""
    with TemporaryDirectory(prefix="rehearsal-", dir=settings().instance) as name, ExitStack() as rest:
        shutil.copytree(settings().instance / "keys", Path(name) / "keys")
        url, kind = _copy(Path(name), rest)
        app = _build(Path(name), url)
        with app.app_context():
            try:
                bell = SystemClock().now() + STARTING + lead
                with transaction():
                    slips = _seat(exam_id, candidates, bell)
                yield Stage(app, Path(name), url, kind, bell, slips)
            finally:
                db.session.remove()
                db.engine.dispose()


def _copy(folder: Path, rest: ExitStack) -> tuple[str, str]:
    """Copy the database while the office goes on; return the address of the copy, and in words what it is."""
    file = folder / "exam.sqlite3"
    if is_sqlite():
        copy_sqlite(Path(str(db.engine.url.database)), file)
        return f"sqlite:///{file}", "SQLite"
    with suppress(SQLAlchemyError, DatabaseToolFailed):
        url = rest.enter_context(_scratch(db.engine, folder / "copy"))
        return url.render_as_string(hide_password=False), "PostgreSQL"
    _carry_over(db.engine, file)
    return f"sqlite:///{file}", "SQLite，因为数据库账号无权建库或没有 pg_dump，数字只作参考"


@contextmanager
def _scratch(live: Engine, file: Path) -> Iterator[URL]:
    """Make a database of its own on the same server, filled as of one instant."""
    name = f"rehearsal_{code(8).lower()}"
    with live.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        url = live.url.set(database=name)
        postgres.dump(live.url, file)
        postgres.load(url, file)
        file.unlink()
        yield url
    finally:
        with live.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _carry_over(live: Engine, file: Path) -> None:
    """Copy every table row by row into a SQLite file; slow, and only where nothing better is allowed."""
    app = _build(file.parent, f"sqlite:///{file}")
    with app.app_context():
        upgrade()
        db.engine.dispose()
    target = create_engine(make_url(f"sqlite:///{file}"))  # without the house's pragmas: foreign keys stay unasked
    with live.connect() as source, target.begin() as copy:
        for table in Base.metadata.sorted_tables:
            for rows in source.execute(select(table)).mappings().partitions(ROWS_AT_ONCE):
                copy.execute(table.insert(), [dict(row) for row in rows])
    target.dispose()


def _build(instance: Path, url: str) -> Flask:
    """Build the application over the copy; the roof left its builder for us, who stand below it."""
    built: Flask = current_app.extensions["exam_build"](Settings(instance=instance, database_url=url), SystemClock())
    return built


def _seat(exam_id: int, candidates: int | None, bell: datetime) -> list[tuple[str, str]]:
    """Let the exam begin at the bell for so many people, whom nothing keeps from handing in at once."""
    now = SystemClock().now()
    exam = db.session.get_one(Exam, exam_id)
    db.session.execute(delete(Job).where(Job.state == JobState.QUEUED))  # the real ones are done by the real house
    _fill_up(exam, candidates, now)
    rules = replace(from_document(exam.rules), early_hand_in_minutes=0, late_entry_minutes=0)
    until = bell + timedelta(minutes=exam.duration_minutes) + HOURS_AFTER
    held = {"state": ExamState.ANNOUNCED, "announced_at": exam.announced_at or now, "released_at": now}
    codes = roster.codes_for_printing(exam_id, exam.committee_id, MACHINE, now)
    # No use case sets the clock of an exam forward; this is a copy that nobody will ever look at.
    window = {"opens_at": bell, "closes_at": until, "rules": rules.to_document()}
    db.session.execute(update(Exam).where(Exam.id == exam_id).values(**held, **window))
    fresh = {"checked_in_at": None, "absence": Absence.NONE, "absence_reason": "", "wrong_codes": 0}
    db.session.execute(update(RosterEntry).where(RosterEntry.exam_id == exam_id).values(**fresh))
    query = select(RosterEntry.id, RosterEntry.admission_number).where(RosterEntry.exam_id == exam_id)
    seats = db.session.execute(query.order_by(RosterEntry.id).limit(candidates)).all()
    return [(number, codes[entry_id]) for entry_id, number in seats]


def _fill_up(exam: Exam, candidates: int | None, now: datetime) -> None:
    """Put invented people on the roster, of the organs that are on it, until there are as many as asked for."""
    organs = list(db.session.scalars(select(RosterEntry.organ_type).where(RosterEntry.exam_id == exam.id)))
    lacking = (candidates or 0) - len(organs)
    if lacking <= 0:
        return
    far = now + HOURS_AFTER
    db.session.execute(
        update(Exam).where(Exam.id == exam.id).values(released_at=None, opens_at=far, closes_at=far + HOURS_AFTER)
    )
    added = [
        people.register(RegisterPerson(committee_id=exam.committee_id, name="演练"), MACHINE, now)
        for _ in range(lacking)
    ]
    entries = [
        NewEntry(person_id=person.id, organ_type=organs[number % len(organs)]) for number, person in enumerate(added)
    ]
    roster.add_entries(exam.id, exam.committee_id, entries, MACHINE, now)
