"""benchmarks.rows — rows by the hundred thousand: inserted by the database itself from a row of numbers."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, func, insert, literal, select, text

from exam_app.base.db import Base, db, is_sqlite

Value = Any
"""A constant, or a function of the number that returns an expression."""


def next_id(model: type[Base]) -> int:
    """Return the first id that is free and has none after it."""
    table = model.__table__
    return (db.session.scalar(select(func.max(table.c.id))) or 0) + 1


def numbers(first: int, count: int) -> ColumnElement[int]:
    """Return the column of a row of numbers."""
    row = select(literal(first).label("n")).cte("numbers", recursive=True)
    return row.union_all(select(row.c.n + 1).where(row.c.n < first + count - 1)).c.n


def fill(model: type[Base], first: int, count: int, **columns: Value) -> None:
    """Insert so many rows, numbered from `first` on; where the table has ids, they are these numbers."""
    number = numbers(first, count)
    types = {column.name: column.type for column in model.__table__.columns}
    values = {"id": number} if "id" in types else {}
    for name, value in columns.items():
        made = value(number) if callable(value) else literal(value, types[name])
        values[name] = made
    db.session.execute(insert(model).from_select(list(values), select(*values.values())))
    if "id" in types:
        catch_up(model)


def offset(by: int) -> Callable[[ColumnElement[int]], ColumnElement[int]]:
    """Return the number moved by so much."""
    return lambda number: number + by


def catch_up(model: type[Base]) -> None:
    """Let PostgreSQL's counter of ids go on after ids that were given."""
    if not is_sqlite():
        name = model.__tablename__
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        db.session.execute(text(f"SELECT setval({sequence}, (SELECT max(id) FROM {name}))"))
