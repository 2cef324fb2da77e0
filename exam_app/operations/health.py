"""operations.health — whether database, schema and scheduler are there; for machines that ask every few seconds."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from alembic.migration import MigrationContext
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from exam_app.base.config import ROOT
from exam_app.base.db import db
from exam_app.operations.models import Lease

PATIENCE_SECONDS = 1.0
_asking = ThreadPoolExecutor(1, "health")  # one thread: a database that hangs must not eat one at each question


@dataclass(frozen=True)
class Health:
    """What the database said in time."""

    database: bool = False
    schema: bool = False
    scheduler: bool = False


def examine(now: datetime) -> Health:
    """Ask the database, for a second at most."""
    waiting = _asking.submit(_ask, db.engine, now)
    try:
        return waiting.result(PATIENCE_SECONDS)
    except (TimeoutError, SQLAlchemyError):
        waiting.cancel()
        return Health()


def _ask(engine: Engine, now: datetime) -> Health:
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        is_current = present == wanted_revision()
        until = connection.scalar(select(func.max(Lease.expires_at))) if is_current else None
    return Health(database=True, schema=is_current, scheduler=until is not None and until > now)


def revisions() -> tuple[str | None, str]:
    """Return the revision the database is at, None for an empty one, and the one of this release."""
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present, wanted_revision()


def wanted_revision() -> str:
    """Return the revision of this release."""
    return (ROOT / "migrations" / "HEAD").read_text().strip()
