"""migrations.env — runs revisions against the application's database, each in its own transaction."""

from alembic import context
from flask import current_app

from exam_app.base.db import db
from exam_app.tables import metadata


def run() -> None:
    """Upgrade or downgrade; SQLite alters tables by copying them (batch mode)."""
    engine = db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if not current_app:
    raise RuntimeError("run migrations through flask db")
run()
