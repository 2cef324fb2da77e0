"""base.lane — short durable writes past the session, for what thousands of browsers press in the same second.

On SQLite whoever finds the writer idle leads: it runs everything that waits in one transaction, and each is told only
after the commit, so that one flush of the disk serves many. Nothing waits for company: a lone write commits at once.
On PostgreSQL each thread keeps a connection with prepared statements, and the server itself groups the flushes.
"""

import re
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar, cast

import psycopg
from flask import current_app
from psycopg.pq import ExecStatus
from sqlalchemy import Engine, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import Compiled

from exam_app.base.db import prepare_connection, writing
from exam_app.base.statements import Row, Statement, Values, readers_of, to_stored, to_text

T = TypeVar("T")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class Run(Protocol):
    """Runs a statement and returns its first row, None where it has none."""

    def __call__(self, statement: Statement, values: Values) -> Row | None: ...


class Lane(Protocol):
    """What a database offers past the session; one for each application, known by identity."""

    def __hash__(self) -> int: ...

    def compile(self, name: str, statement: Executable) -> Statement:
        """Return the statement as this database's driver takes it."""
        ...

    def adapt(self, values: Values) -> Values:
        """Return the values as this database's driver takes them."""
        ...

    def write(self, work: Callable[[Run], T]) -> T:
        """Run the work and return what it returned once that is durable; what it raises changes nothing."""
        ...

    def read(self, statement: Statement, values: Values) -> list[Row]:
        """Return the rows of a SELECT, of what is committed; inside an act it does not see what the act has changed."""
        ...


def lane() -> Lane:
    """Return the lane of the running application."""
    return cast(Lane, current_app.extensions["exam_lane"])


def open_lane(engine: Engine) -> Lane:
    """Return the lane beside an engine; connections are opened when first needed."""
    return GroupLane(engine) if engine.dialect.name == "sqlite" else ThreadLane(engine)


class Ticket(Generic[T]):
    """A write that waits to be told what became of it."""

    def __init__(self, work: Callable[[Run], T]) -> None:
        self.work = work
        self.is_done = False
        self.failure: BaseException | None = None
        self._result: T | None = None
        self._called = threading.Lock()
        self._called.acquire()

    def run(self, run: Run) -> None:
        """Do the work and keep what it returns."""
        self._result = self.work(run)

    def wait(self) -> None:
        """Wait until somebody calls."""
        self._called.acquire()

    def call(self) -> None:
        """Wake whoever waits: to take the result, or to lead."""
        self._called.release()

    def result(self) -> T:
        """Return what the work returned, or raise what it raised."""
        if self.failure is not None:
            raise self.failure
        return cast(T, self._result)


class GroupLane:
    """SQLite: one writer, many waiting writes in each of its transactions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._path = engine.url.database or ""
        self._connection: sqlite3.Connection | None = None
        self._readers = threading.local()
        self._queue: deque[Ticket[Any]] = deque()
        self._mutex = threading.Lock()
        self._is_led = False

    def compile(self, name: str, statement: Executable) -> Statement:
        """Return the statement with named places."""
        compiled = cast(Any, statement).compile(dialect=sqlite.dialect(paramstyle="named"))
        constants = self.adapt({key: value for key, value in compiled.params.items() if value is not None})
        return Statement(name, str(compiled), tuple(compiled.params), constants, readers_of(statement))

    def adapt(self, values: Values) -> Values:
        """Write values as they are kept in SQLite."""
        return {name: to_stored(value) for name, value in values.items()}

    def read(self, statement: Statement, values: Values) -> list[Row]:
        """Read on this thread's own connection, which waits for no writer."""
        if not hasattr(self._readers, "connection"):
            self._readers.connection = sqlite3.connect(self._path)
            prepare_connection(self._readers.connection)
            self._readers.connection.execute("PRAGMA query_only=ON")
        cursor = self._readers.connection.execute(statement.text, statement.filled(values))
        return [statement.typed(row) for row in cursor.fetchall()]

    def write(self, work: Callable[[Run], T]) -> T:
        """Join the queue; lead if nobody does."""
        ticket = Ticket(work)
        with self._mutex:
            self._queue.append(ticket)
            leads, self._is_led = not self._is_led, True
        if not leads:
            ticket.wait()
            leads = not ticket.is_done
        if leads:
            self._lead(ticket)
        return ticket.result()

    def _lead(self, own: Ticket[Any]) -> None:
        """Commit what waits, tell everybody, and hand over to the first of those who came meanwhile."""
        batch: list[Ticket[Any]] = [own]
        try:
            with writing():
                with self._mutex:
                    batch, self._queue = list(self._queue), deque()
                self._commit(batch)
        except BaseException as failure:
            self._fail(batch, failure)
        finally:
            with self._mutex:
                heir = self._queue[0] if self._queue else None
                self._is_led = heir is not None
            for ticket in batch:
                ticket.is_done = True
                if ticket is not own:
                    ticket.call()
            if heir is not None:
                heir.call()

    def _fail(self, batch: list[Ticket[Any]], failure: BaseException) -> None:
        with self._mutex:
            self._queue = deque(ticket for ticket in self._queue if ticket not in batch)
        for ticket in batch:
            ticket.failure = failure

    def _commit(self, batch: list[Ticket[Any]]) -> None:
        """One transaction for all; if one of them fails, one for each, so that none suffers for another."""
        try:
            self._transact(batch)
        except Exception:
            for ticket in batch:
                try:
                    self._transact([ticket])
                except Exception as failure:
                    ticket.failure = failure

    def _transact(self, batch: list[Ticket[Any]]) -> None:
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            for ticket in batch:
                ticket.run(self._run)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, check_same_thread=False)
            prepare_connection(self._connection)
        return self._connection

    def _run(self, statement: Statement, values: Values) -> Row | None:
        cursor = self._open().execute(statement.text, statement.filled(values))
        row = cursor.fetchone()
        cursor.close()
        return cast("Row | None", row)


class ThreadLane:
    """PostgreSQL: a kept connection for each thread; a statement is a transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept = threading.local()

    def compile(self, name: str, statement: Executable) -> Statement:
        """Return the statement with numbered places, as the server prepares it."""
        compiled: Compiled = cast(Any, statement).compile(dialect=self._engine.dialect)
        places: list[str] = []

        def number(found: re.Match[str]) -> str:
            if found[1] not in places:
                places.append(found[1])
            return f"${places.index(found[1]) + 1}"

        constants = self.adapt({key: value for key, value in compiled.params.items() if value is not None})
        text = PLACEHOLDER.sub(number, str(compiled))
        return Statement(name, text, tuple(places), constants, readers_of(statement))

    def adapt(self, values: Values) -> Values:
        """Write values as PostgreSQL reads them."""
        return {name: to_text(value) for name, value in values.items()}

    def read(self, statement: Statement, values: Values) -> list[Row]:
        """Read on this thread's connection."""
        result = self.write(lambda _run: self._execute(statement, values))
        return [statement.typed(_row(result, number)) for number in range(result.ntuples)]

    def write(self, work: Callable[[Run], T]) -> T:
        """Run the work on this thread's connection; a connection that had died while idle is opened anew, once."""
        try:
            return work(self._run)
        except psycopg.OperationalError:
            if not self._forget_if_broken():
                raise
            return work(self._run)

    def _forget_if_broken(self) -> bool:
        connection: psycopg.Connection[Any] = self._kept.connection
        if not connection.broken:
            return False
        connection.close()
        del self._kept.connection
        return True

    def _open(self) -> psycopg.Connection[Any]:
        if not hasattr(self._kept, "connection"):
            arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
            self._kept.connection = psycopg.connect(*arguments, **options, autocommit=True)
            self._kept.connection.execute("SET TIME ZONE 'UTC'")
            self._kept.prepared = set()
        return cast("psycopg.Connection[Any]", self._kept.connection)

    def _run(self, statement: Statement, values: Values) -> Row | None:
        result = self._execute(statement, values)
        return _row(result, 0) if result.ntuples else None

    def _execute(self, statement: Statement, values: Values) -> Any:
        """Straight to libpq: the cursor above it costs as much as the server's own work."""
        server = self._open().pgconn
        if statement.name not in self._kept.prepared:
            _check(server.prepare(statement.name.encode(), statement.text.encode()), server)
            self._kept.prepared.add(statement.name)
        values = statement.filled(values)
        result = server.exec_prepared(statement.name.encode(), [values[name] for name in statement.places])
        _check(result, server)
        return result


def _check(result: Any, server: Any) -> None:
    if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        raise psycopg.OperationalError(server.error_message.decode(errors="replace").strip())


def _row(result: Any, number: int) -> Row:
    return tuple(_read(result.get_value(number, column)) for column in range(result.nfields))


def _read(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
