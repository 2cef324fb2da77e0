"""cli.doctor — flask doctor: does this installation have what it needs? In plain words, with what to do."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select, text

from exam_app.audit.queries import verify
from exam_app.base.clock import SystemClock
from exam_app.base.db import db, is_sqlite
from exam_app.base.i18n import gettext as _
from exam_app.operations.health import revisions
from exam_app.operations.models import Lease
from exam_app.printing.typefaces import open_fonts

Finding = tuple[bool, str]


@click.command("doctor")
def doctor() -> None:
    """Check database, keys, fonts, disk, scheduler and the record of acts."""
    sound = True
    for check in CHECKS if _has_tables() else CHECKS[:-2]:
        for passed, words in check():
            sound = sound and passed
            click.echo(f"{'✓' if passed else '✗'} {words}")
    click.echo(_("一切正常。") if sound else _("有问题需要处理，请按上面的提示办理。"))
    sys.exit(0 if sound else 1)


def _has_tables() -> bool:
    """Whether the checks that read tables, the last two, can be made at all."""
    head, wanted = revisions()
    return head == wanted


def _database() -> Iterator[Finding]:
    kind = "SQLite" if is_sqlite() else "PostgreSQL"
    db.session.execute(text("SELECT 1"))
    yield True, _("数据库可以连接（{kind}）", kind=kind)
    head, wanted = revisions()
    yield (
        head == wanted,
        _("数据库结构版本 {head}，应为 {wanted}；不一致时请运行 flask db upgrade", head=head, wanted=wanted),
    )


def _keys() -> Iterator[Finding]:
    folder = Path(current_app.config["INSTANCE"]) / "keys"
    loose = [path.name for path in folder.glob("*") if path.stat().st_mode & 0o077]
    yield not loose, _("密钥文件只有本用户可读；权限过宽：{names}", names="、".join(loose) or _("无"))


def _fonts() -> Iterator[Finding]:
    missing = open_fonts().missing("㛃䶮𬱖堃犇龘·")
    yield not missing, _("证书字体齐全，生僻字可印；缺：{characters}", characters=missing or _("无"))


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(current_app.config["INSTANCE"]).free // 2**20
    yield free > 500, _("磁盘剩余 {free} MB（至少 500 MB）", free=free)
    yield os.access(tempfile.gettempdir(), os.W_OK), _("临时目录可写")


def _scheduler() -> Iterator[Finding]:
    leases = list(db.session.scalars(select(Lease)))
    alive = any(lease.expires_at > SystemClock().now() for lease in leases)
    yield True, _("调度程序：{state}", state=_("运行中") if alive else _("没有运行（系统启动后会自动运行）"))


def _record() -> Iterator[Finding]:
    count, faults = verify()
    yield not faults, _("审计链核对 {count} 条，问题 {faults} 处", count=count, faults=len(faults))


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_database, _keys, _fonts, _disk, _scheduler, _record)
commands = (doctor,)
