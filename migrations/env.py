"""migrations.env — runs revisions against the application's database, each in its own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from exam_app.base.db import db
from exam_app.tables import metadata


def run() -> None:
    """Upgrade or downgrade; SQLite alters tables by copying them (batch mode)."""
    engine = db.engine
    with engine.connect() as connection, _tables_are_copied(connection):
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def _tables_are_copied(connection: Connection) -> Iterator[None]:
    """Let SQLite drop a table that others name while its copy takes its place.

    The pragma does nothing inside a transaction, so it goes past SQLAlchemy, which would begin one first.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    plain = connection.connection.driver_connection
    assert plain is not None
    plain.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        plain.execute("PRAGMA foreign_keys=ON")


if not current_app:
    raise RuntimeError("run migrations through flask db")
run()
