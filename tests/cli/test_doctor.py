"""tests.cli.test_doctor — flask doctor: finds what is missing and says what to do."""

from pathlib import Path

from flask import Flask
from sqlalchemy import text, update

from exam_app.audit.models import AuditEntry
from exam_app.base.db import db, transaction
from tests.factories import make_committee


def examine(app: Flask) -> tuple[int, list[str]]:
    """Run the doctor; return its exit code and what it found wrong."""
    done = app.test_cli_runner().invoke(args=["doctor"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, [line for line in done.output.splitlines() if line.startswith("✗")]


def test_sound_installation_passes(app: Flask) -> None:
    assert examine(app) == (0, [])


def test_key_that_others_can_read_is_named(app: Flask) -> None:
    (Path(app.config["INSTANCE"]) / "keys" / "audit.key").chmod(0o644)

    code, wrong = examine(app)
    assert code == 1
    assert len(wrong) == 1 and "audit.key" in wrong[0]


def test_schema_of_another_release_is_found(app: Flask) -> None:
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    code, wrong = examine(app)
    assert code == 1
    assert "flask db upgrade" in wrong[0]


def test_broken_record_is_found(app: Flask) -> None:
    with transaction():
        make_committee()
    with transaction():
        db.session.execute(update(AuditEntry).values(actor_name="李四"))

    code, wrong = examine(app)
    assert code == 1
    assert "审计链" in wrong[0]
