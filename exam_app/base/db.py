"""base.db — the database: base class, column types, and the one place where a transaction ends.

On SQLite one writer at a time is let in by a lock of this process (waiting in a queue, not by polling), and
writers begin IMMEDIATE, so that a reader never has to be upgraded. On PostgreSQL the server does both. What thousands
of browsers press at once goes past the session, on the lane (base.lane), which shares that lock.
"""

import enum
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    CursorResult,
    DateTime,
    Dialect,
    Enum,
    Executable,
    MetaData,
    Numeric,
    TypeDecorator,
)
from sqlalchemy import event as events
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, registry

from exam_app.base.fairness import FairLock

Hook = Callable[[], None]


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; refuses naive values."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; SQLite keeps no offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must be aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NAMES = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
TYPES: dict[Any, Any] = {
    datetime: Instant(),
    Decimal: Numeric(7, 2),
    dict[str, Any]: JSON(),
    list[str]: JSON(),
    enum.StrEnum: Enum(
        enum.Enum,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    ),
}


class Base(DeclarativeBase):
    """Every table of the house."""

    registry = registry(metadata=NAMES, type_annotation_map=TYPES)


db = SQLAlchemy(model_class=Base)
_one_writer = FairLock()
_this_thread = threading.local()


@contextmanager
def transaction() -> Iterator[None]:
    """Do one act: commit when the block ends, roll back when it raises. Only entrances call this.

    What was read before is read again inside, so that a decision never rests on an old state.
    """
    if is_acting():
        raise RuntimeError("acts do not nest: one act, one commit")  # on SQLite it would wait for itself for ever
    session = db.session()
    session.rollback()
    with _acting(), _writer_lock(session.get_bind()):
        try:
            yield
            for hook in _hooks("before_commit"):
                hook()
            session.commit()
        except BaseException:
            session.rollback()
            for name in ("before_commit", "after_commit"):
                _hooks(name)
            raise
    for hook in _hooks("after_commit"):
        hook()


def before_commit(hook: Hook) -> None:
    """Run the hook as the last statements of this transaction."""
    db.session().info.setdefault("before_commit", []).append(hook)


def after_commit(hook: Hook) -> None:
    """Run the hook once this transaction is durable; for what leaves the house."""
    db.session().info.setdefault("after_commit", []).append(hook)


def changed(statement: Executable, values: Mapping[str, Any] | None = None) -> int:
    """Execute an INSERT, UPDATE or DELETE and return how many rows it changed."""
    options = {"preserve_rowcount": True}  # without it an INSERT on PostgreSQL answers -1
    return cast(CursorResult[Any], db.session.execute(statement, values, execution_options=options)).rowcount


def insert_new(model: type[Base], **values: Any) -> bool:
    """Insert a row unless a unique key holds one already; return whether it was inserted. Poisons nothing."""
    dialect = sqlite if is_sqlite() else postgresql
    return changed(dialect.insert(model).values(**values).on_conflict_do_nothing()) == 1


def is_sqlite() -> bool:
    """Whether the embedded database is in use."""
    return db.engine.dialect.name == "sqlite"


def _hooks(name: str) -> list[Hook]:
    return cast(list[Hook], db.session().info.pop(name, []))


@contextmanager
def _acting() -> Iterator[None]:
    _this_thread.acts = True
    try:
        yield
    finally:
        _this_thread.acts = False


@contextmanager
def _writer_lock(bind: Engine | Connection) -> Iterator[None]:
    if bind.dialect.name != "sqlite":
        yield
        return
    with _one_writer:
        _this_thread.writes = True
        try:
            yield
        finally:
            _this_thread.writes = False


@contextmanager
def writing() -> Iterator[None]:
    """Hold the lock of SQLite's one writer; inside an act it would wait for itself for ever."""
    if is_acting():
        raise RuntimeError("the lane is for what is no part of an act")
    with _one_writer:
        yield


def is_acting() -> bool:
    """Whether this thread is inside an act."""
    return bool(getattr(_this_thread, "acts", False))


def prepare_connection(connection: Any) -> None:
    """Make a connection of SQLite durable, strict, and silent about where transactions begin."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def prepare_engine(engine: Engine) -> None:
    """Make SQLite durable, strict about foreign keys, and explicit about where transactions begin."""
    if engine.dialect.name != "sqlite":
        return

    @events.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        prepare_connection(connection)

    @events.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = getattr(_this_thread, "writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
