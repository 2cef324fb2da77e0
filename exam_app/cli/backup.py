"""cli.backup — flask backup FILE, flask restore FILE: the whole installation in one file, keys under a passphrase."""

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask import current_app
from sqlalchemy import inspect, select

from exam_app.audit.queries import verify
from exam_app.base.clock import SystemClock, local
from exam_app.base.config import ROOT, settings
from exam_app.base.db import db, is_sqlite
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.keys import load_keys
from exam_app.cli import postgres
from exam_app.committees.models import Committee
from exam_app.operations import archive
from exam_app.operations.errors import BackupExists, BackupOfOtherKind, BackupUnreadable, InstanceNotEmpty
from exam_app.operations.stamps import BACKUP, stamp
from exam_app.texts import words_for

HEADS, ABOUT, DATABASE = "audit-heads.log", "about.json", "database"
SECRET_NAME = re.compile(r"(keys|tls)/[\w-][\w.:-]*|serve\.json")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write database, keys (sealed with a passphrase) and witnessed audit heads into one FILE; the office may go on."""
    passphrase = _passphrase(confirm=True)
    try:
        if not file.absolute().parent.is_dir():
            raise click.BadParameter(_("文件夹 {folder} 不存在。", folder=file.absolute().parent))
        if file.exists():
            raise BackupExists(file=file)
        with TemporaryDirectory(dir=settings().instance) as folder:
            archive.pack(file, _gather(Path(folder)), _secrets(settings().instance), passphrase)
    except DomainError as refusal:
        raise click.ClickException(words_for(refusal)) from refusal
    stamp(settings().instance, BACKUP, SystemClock().now(), size=file.stat().st_size)
    click.echo(_("已备份到 {file}（{size} KB）。", file=file, size=file.stat().st_size // 1024))
    click.echo(_("请把文件拷到另一台设备，口令另行保管：没有口令，任何人都无法恢复。"))


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put a backup onto an empty installation, after checking every part of it."""
    passphrase = _passphrase(confirm=False)
    try:
        _refuse_if_in_use()
        with TemporaryDirectory(dir=settings().instance) as folder:
            files, secrets = archive.unpack(file, Path(folder), passphrase)
            about = _read_about(file, files)
            _put_database(files[DATABASE])
            _put_files(files, secrets)
    except DomainError as refusal:
        raise click.ClickException(words_for(refusal)) from refusal
    count, faults = verify()
    click.echo(_("已恢复 {made} 的备份。", made=about["made"]))
    click.echo(_("审计链核对 {count} 条，问题 {faults} 处。", count=count, faults=len(faults)))
    click.echo(_("请运行 flask serve 启动；它会先把数据库升级到当前版本。"))


def _passphrase(*, confirm: bool) -> str:
    given = os.environ.get("EXAM_PASSPHRASE")
    return given or str(click.prompt(_("备份口令"), hide_input=True, confirmation_prompt=confirm))


def _gather(folder: Path) -> dict[str, Path]:
    """Copy the heads first, then the database: the witness may lag behind the chain, never run ahead."""
    heads, about, database = (folder / name for name in (HEADS, ABOUT, DATABASE))
    witnessed = settings().instance / HEADS
    heads.write_bytes(witnessed.read_bytes() if witnessed.exists() else b"")
    made = f"{local(SystemClock().now()):%Y-%m-%d %H:%M}"
    about.write_text(
        json.dumps({"kind": _kind(), "head": (ROOT / "migrations" / "HEAD").read_text().strip(), "made": made})
    )
    if is_sqlite():
        copy_sqlite(Path(str(db.engine.url.database)), database)
    else:
        postgres.dump(db.engine.url, database)
    return {ABOUT: about, HEADS: heads, DATABASE: database}


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy page by page while others write (the online backup of SQLite)."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _secrets(instance: Path) -> dict[str, bytes]:
    paths = [*(instance / "keys").glob("*"), *(instance / "tls").glob("*"), instance / "serve.json"]
    return {str(path.relative_to(instance)): path.read_bytes() for path in sorted(paths) if path.is_file()}


def _kind() -> str:
    return "SQLite" if is_sqlite() else "PostgreSQL"


def _refuse_if_in_use() -> None:
    """Keys made a moment ago, when the application was built, are no use yet; records and signing keys are."""
    instance = settings().instance
    tables = inspect(db.engine).get_table_names()
    used = "committee" in tables and db.session.scalar(select(Committee.id).limit(1)) is not None
    db.session.remove()
    if used or (instance / HEADS).exists() or list((instance / "keys").glob("*.pem")):
        raise InstanceNotEmpty


def _read_about(file: Path, files: dict[str, Path]) -> dict[str, str]:
    if set(files) != {HEADS, ABOUT, DATABASE}:
        raise BackupUnreadable(file=file.name)
    about: dict[str, str] = json.loads(files[ABOUT].read_text())
    if about["kind"] != _kind():
        raise BackupOfOtherKind(kind=about["kind"])
    return about


def _put_database(copy: Path) -> None:
    db.engine.dispose()
    if not is_sqlite():
        postgres.load(db.engine.url, copy)
        return
    target = Path(str(db.engine.url.database))
    for leftover in (f"{target.name}-wal", f"{target.name}-shm"):
        target.with_name(leftover).unlink(missing_ok=True)
    copy.replace(target)


def _put_files(files: dict[str, Path], secrets: dict[str, bytes]) -> None:
    """Put keys, certificates and heads in place, and let this process use the restored keys."""
    instance = settings().instance
    for name, content in secrets.items():
        if SECRET_NAME.fullmatch(name):
            path = instance / name
            path.parent.mkdir(mode=0o700, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(content)
    files[HEADS].replace(instance / HEADS)
    (instance / HEADS).chmod(0o600)
    current_app.extensions["exam_keys"] = load_keys(instance / "keys")


commands = (backup, restore)
