"""base.statements — statements as a driver takes them, compiled once, and how its values become Python's and back."""

import enum
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import JSON, Boolean, Enum, Executable, Integer, Select, String, TypeDecorator
from sqlalchemy.types import DateTime, TypeEngine

Row = tuple[Any, ...]
Values = Mapping[str, Any]
Reader = Callable[[Any], Any]
TRUE = frozenset({"t", 1})
_numbers = count(1)


class Statement:
    """A statement as the driver takes it, compiled once.

    `places` says whose value goes where, `constants` what the statement brings itself, `readers` how to read its rows.
    """

    def __init__(
        self,
        name: str,
        text: str,
        places: tuple[str, ...],
        constants: Values | None = None,
        readers: tuple[Reader, ...] = (),
    ) -> None:
        self.name = f"{name}_{next(_numbers)}"  # a server that prepares it must not take one for another
        self.text, self.places = text, places
        self.constants, self.readers = constants or {}, readers

    def filled(self, values: Values) -> Values:
        """Return the values with those that the statement brings itself."""
        return {**self.constants, **values} if self.constants else values

    def typed(self, row: Row) -> Row:
        """Return a row with the values that its columns stand for."""
        return tuple(None if value is None else read(value) for read, value in zip(self.readers, row, strict=True))


def readers_of(statement: Executable) -> tuple[Reader, ...]:
    """Return how to read each column of a SELECT; of what returns rows otherwise, nothing is read."""
    if not isinstance(statement, Select):
        return ()
    return tuple(_reader(column.type) for column in statement.selected_columns)


def _reader(kind: TypeEngine[Any]) -> Reader:
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(plain, DateTime):
        return read_instant
    if isinstance(plain, Boolean):
        return TRUE.__contains__
    if isinstance(plain, Integer):
        return int
    if isinstance(plain, JSON):
        return json.loads
    if isinstance(plain, Enum) and plain.enum_class is not None:
        members: dict[Any, enum.Enum] = {member.value: member for member in plain.enum_class}
        return members.__getitem__
    if isinstance(plain, String):
        return str
    raise TypeError(f"nothing here reads {kind!r}; ask the session")


def read_instant(text: str) -> datetime:
    """Read an instant that a statement returned; both databases give it in UTC."""
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def to_text(value: Any) -> bytes | None:
    """Write a value as PostgreSQL reads it."""
    if value is None:
        return None
    return (value.isoformat() if isinstance(value, datetime) else str(value)).encode()


def to_stored(value: Any) -> Any:
    """Write a value as SQLAlchemy keeps it in SQLite: instants in UTC, without an offset."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value
