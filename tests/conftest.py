"""tests.conftest — clock, database, application, client, statement counter; nothing of the trade.

Each test gets a fresh database: a copy of a migrated SQLite file, or (with --database=postgresql, and always for tests
that ask for `postgres_app`) a database made from a migrated template.
"""

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from sqlalchemy import event
from werkzeug.routing import Rule

from exam_app.app import create_app
from exam_app.base.clock import FixedClock
from exam_app.base.config import Settings
from exam_app.base.db import db
from tests import postgres

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine in the morning, 2 March 2026, in China."""


CASES_ON_POSTGRESQL = 6

# What is slow on a busy machine is not wrong: speed is shown by benchmarks.
hypothesis.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("house")

_compile_builder = Rule._compile_builder
_compiled: dict[Any, Any] = {}


def _compile_once(rule: Rule, append_unknown: bool = True) -> Any:
    """Return the address builder of a route: each test has an application of its own, with the same two hundred routes.

    The builder finds its converters through the rule it is bound to, so applications may share it.
    """
    key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), tuple(rule._trace), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile_builder(rule, append_unknown)
    return _compiled[key]


Rule._compile_builder = _compile_once  # type: ignore[method-assign]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the whole suite run on PostgreSQL."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browsers last: their event loop takes the thread for the rest of the run, and signing a PDF needs its own.

    On PostgreSQL, tests that ask for no database are left out, and a test that runs over a whole table of cases takes
    the first few: the run on SQLite has just proved every case; here it is the statements that are proved.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if config.getoption("--database") == "postgresql":
        kept: list[pytest.Item] = []
        cases: Counter[str] = Counter()
        for item in items:
            name = item.nodeid.split("[")[0]
            cases[name] += 1
            if {"app", "postgres_app"} & set(getattr(item, "fixturenames", ())) and cases[name] <= CASES_ON_POSTGRESQL:
                kept.append(item)
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys that all tests share: making them anew would prove nothing."""
    folder = tmp_path_factory.mktemp("instance")
    create_app(Settings(instance=folder), FixedClock(NINE))
    return folder / "keys"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(Settings(instance=folder), FixedClock(NINE))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    with closing(sqlite3.connect(folder / "exam.sqlite3")) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "exam.sqlite3"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL; without one the tests that need it fail loudly under CI and say why elsewhere."""
    try:
        with postgres.serve() as address:
            yield address
    except postgres.PostgresMissing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated, empty database to copy from; its name."""
    name = f"template_{os.getpid()}"
    _administer(postgres_server, f"CREATE DATABASE {name}")
    settings = Settings(instance=tmp_path_factory.mktemp("pg"), database_url=_database(postgres_server, name))
    app = create_app(settings, FixedClock(NINE))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return name


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at nine."""
    return FixedClock(NINE)


@pytest.fixture
def make_app(tmp_path: Path, keys_folder: Path, clock: FixedClock) -> Iterator[Callable[[str], Flask]]:
    """Build the application over a database address, with the shared keys."""
    built: list[Flask] = []

    def make(url: str = "") -> Flask:
        instance = tmp_path / "instance"
        instance.mkdir(exist_ok=True)
        if not (instance / "keys").exists():
            shutil.copytree(keys_folder, instance / "keys")
        app = create_app(Settings(instance=instance, database_url=url), clock)
        app.config["TESTING"] = True
        app.config["WTF_CSRF_ENABLED"] = False
        # The tests' own context lies around every request, so what Flask-Login keeps there would outlive the request.
        app.before_request_funcs.setdefault(None, []).insert(0, lambda: g.pop("_login_user", None) and None)
        built.append(app)
        return app

    yield make
    for app in built:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def postgres_app(make_app: Callable[[str], Flask], postgres_server: str, postgres_template: str) -> Iterator[Flask]:
    """The application over a fresh PostgreSQL database, inside its context."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    app = make_app(_database(postgres_server, name))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application over a fresh database, inside its context."""
    if request.config.getoption("--database") == "postgresql":
        yield request.getfixturevalue("postgres_app")
        return
    make_app = request.getfixturevalue("make_app")
    template = request.getfixturevalue("sqlite_template")
    (tmp_path / "instance").mkdir(exist_ok=True)
    shutil.copy(template, tmp_path / "instance" / "exam.sqlite3")
    app = make_app()
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture
def count_statements(app: Flask) -> Callable[[], Any]:
    """Return a context manager that lists the SQL statements run inside it, without BEGIN and COMMIT."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
                statements.append(statement)

        lane: Any = app.extensions["exam_lane"]
        run, read = lane._run, lane.read
        lane._run = lambda statement, values: statements.append(statement.text) or run(statement, values)
        lane.read = lambda statement, values: statements.append(statement.text) or read(statement, values)
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
            lane._run, lane.read = run, read

    return counting


def _counter() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_numbers = _counter()


def _database(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(server.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as connection:
        connection.execute(statement)
