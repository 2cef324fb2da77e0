"""tests.cli.test_audit — flask audit verify: says what it found, and its exit code tells a script."""

from flask import Flask
from sqlalchemy import update

from exam_app.audit import service as audit
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from tests.conftest import NINE


def act() -> None:
    """Do and commit one act."""
    with transaction():
        audit.note(MACHINE, "thing.do", about="thing:1", now=NINE, committee_id=1)


def test_sound_record_exits_with_zero(app: Flask) -> None:
    act()
    done = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert done.exit_code == 0
    assert "共核对 1 条，发现 0 处问题" in done.output


def test_edited_record_exits_with_one_and_names_the_place(app: Flask) -> None:
    act()
    with transaction():
        db.session.execute(update(AuditEntry).values(actor_name="李四"))
    done = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert done.exit_code == 1
    assert "第 1 条 内容被改动" in done.output
