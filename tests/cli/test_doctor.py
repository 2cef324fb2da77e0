"""tests.cli.test_doctor — flask doctor: finds what is missing and says what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
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


@pytest.mark.parametrize("command", [["audit", "verify"], ["papers", "verify"], ["account", "reset", "x"]])
def test_command_over_an_empty_database_says_what_to_do(
    make_app: Callable[[str], Flask], tmp_path: Path, command: list[str]
) -> None:
    empty = make_app(f"sqlite:///{tmp_path / 'empty.sqlite3'}")

    done = empty.test_cli_runner().invoke(args=command)

    assert done.exit_code == 1
    assert "flask db upgrade" in done.output


def test_empty_database_fails_without_a_traceback(make_app: Callable[[str], Flask], tmp_path: Path) -> None:
    empty = make_app(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with empty.app_context():
        code, wrong = examine(empty)

    assert code == 1
    assert len(wrong) == 1 and "请运行 flask db upgrade" in wrong[0]
