"""benchmarks.stage — databases to measure on: a migrated house with its bank and staff, copied for each figure."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url, select, text

from benchmarks.servers import Plan, cpu_seconds
from exam_app.app import create_app
from exam_app.audit.service import MACHINE
from exam_app.bank import service as bank
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings
from exam_app.base.db import db, transaction
from exam_app.cli.demo.city import hire, make_blueprints
from exam_app.committees import service as committees
from exam_app.committees.states import Level
from exam_app.laws import service as laws
from exam_app.people.models import Account, RoleGrant
from exam_app.people.states import Role
from question_bank.formats.yaml import read_content
from question_bank.register import load_register
from tests import postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NAMES = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}
STAFF = 60
INVIGILATOR = "bench-invigilator"


@dataclass(frozen=True)
class House:
    """One database of the application, and how a server is told of it."""

    url: str
    instance: Path

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a server over this database."""
        return {"DATABASE_URL": self.url, "EXAM_INSTANCE": str(self.instance), "EXAM_SCHEDULER": "0"}

    @contextmanager
    def open(self) -> Iterator[Flask]:
        """Enter the application in this process, and leave no connection behind."""
        app = create_app(Settings(instance=self.instance, database_url=self.url), SystemClock())
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


@dataclass(frozen=True)
class Order:
    """What to measure on, how servers are run there, and how long and how often."""

    stages: "dict[str, Stage]"
    plans: dict[str, Plan]
    rounds: int
    seconds: float
    is_long: bool = False

    def rounds_on(self, name: str) -> int:
        """Return the rounds of what takes long: in the short form one on SQLite, beside all of them on PostgreSQL."""
        return self.rounds if self.is_long or name == POSTGRESQL or POSTGRESQL not in self.stages else 1


@dataclass(frozen=True)
class Stage:
    """One kind of database; `fresh` copies the house that was built once."""

    name: str
    home: Path
    address: str = ""

    @property
    def pid(self) -> int:
        """The server of the database; 0 where it is a file."""
        if not self.address:
            return 0
        with psycopg.connect(_plain(self.address)) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None
        return int(Path(str(row[0]), "postmaster.pid").read_text().split()[0])

    def database_seconds(self) -> float:
        """Return the CPU time that the server of the database has spent; 0 where the web process does its work."""
        return cpu_seconds(self.pid) if self.address else 0.0

    def fresh(self, name: str) -> House:
        """Return a copy of the house."""
        return self._house(name, "house")

    def _house(self, name: str, model: str) -> House:
        instance = self.home / "instance"
        if self.address:
            copy = f" TEMPLATE {model}" if model else ""
            with psycopg.connect(_plain(self.address), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}{copy}".encode())
            url = make_url(self.address).set(database=name)
            return House(url.render_as_string(hide_password=False), instance)
        if model:
            shutil.copy(self.home / f"{model}.sqlite3", self.home / f"{name}.sqlite3")
        return House(f"sqlite:///{self.home / name}.sqlite3", instance)

    def build(self) -> None:
        """Build the house that is copied: migrated, with the shipped questions, blueprints and staff."""
        house = self._house("house", "")
        with house.open():
            upgrade()
            _found()
            with transaction():
                db.session.execute(
                    text("CREATE TABLE bare_answer (candidate integer, turn integer, response varchar(8))")
                )
        if not self.address:
            with closing(sqlite3.connect(self.home / "house.sqlite3")) as plain:
                plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def stages(home: Path, names: tuple[str, ...]) -> Iterator[dict[str, Stage]]:
    """Build a stage for each kind of database below a folder; PostgreSQL runs until the block ends, durable."""
    built: dict[str, Stage] = {}
    with ExitStack() as stack:
        for name in names:
            address = stack.enter_context(postgres.serve(durable=True)) if name == POSTGRESQL else ""
            (home / name).mkdir(parents=True)
            built[name] = Stage(name, home / name, address)
            built[name].build()
        yield built


def settle(house: House) -> None:
    """Leave nothing behind that the database would do later, while something is measured."""
    if house.url.startswith("sqlite"):
        with closing(sqlite3.connect(house.url.removeprefix("sqlite:///"))) as plain:
            plain.execute("ANALYZE")
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        with psycopg.connect(_plain(house.url), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")


def version(stage: Stage) -> str:
    """Return the version of the database."""
    if not stage.address:
        return sqlite3.sqlite_version
    with psycopg.connect(_plain(stage.address)) as connection:
        return str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _found() -> None:
    """Found the committee as the demo does, with an invigilator and sixty clerks who all have one password."""
    then = SystemClock().now() - timedelta(days=30)
    command = committees.FoundCommittee(
        name="测速市人民代表大会常务委员会", short_name="测速市", level=Level.CITY, region_code="990100"
    )
    with transaction():
        home = committees.found(command, MACHINE, then).id
        laws.adopt_register(load_register(), then)
        clerk = hire(home, (INVIGILATOR, "测速", "", (Role.INVIGILATOR,)), then)
        _hire_more(home)
        bank.adopt(home, read_content().items, None, None, MACHINE, then)
    make_blueprints(home, clerk, then)


def _hire_more(home: int) -> None:
    """Hashing sixty equal passwords would prove nothing: the accounts share one hash."""
    first = db.session.scalars(select(Account)).one()
    for number in range(STAFF):
        account = Account(
            committee_id=home,
            username=f"bench-clerk-{number}",
            display_name="测速",
            password_hash=first.password_hash,
            must_change=False,
            password_changed_at=first.password_changed_at,
            created_at=first.created_at,
        )
        db.session.add(account)
        db.session.flush()
        db.session.add(
            RoleGrant(account_id=account.id, committee_id=home, role=Role.OFFICER, granted_at=first.created_at)
        )


def scratch() -> Path:
    """Return where databases are put: beside the results' own disk, not a file system in memory."""
    return Path(os.environ.get("BENCH_HOME", "/var/tmp"))
