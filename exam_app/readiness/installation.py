"""readiness.installation — does this installation have what it needs? Read by flask doctor and by the clerk's page."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.queries import verify
from exam_app.base.config import settings
from exam_app.base.db import db, is_sqlite
from exam_app.base.keys import are_readable, keys
from exam_app.committees.models import Committee
from exam_app.operations.health import revisions
from exam_app.operations.models import Lease
from exam_app.operations.stamps import BACKUP, read_stamp
from exam_app.operations.tls import expiry
from exam_app.printing.typefaces import open_fonts
from exam_app.readiness.findings import Finding

RARE = "㛃䶮𬱖堃犇龘·"
LEAST_DISK_MB = 500
BACKUP_DAYS = 7
CERTIFICATE_DAYS = 30
CLOCK_TOLERANCE = timedelta(seconds=5)


def examine(now: datetime, *, is_serving: bool, committee_ids: list[int] | None = None) -> list[Finding]:
    """Return every finding; those that read tables only where the tables are this release's.

    `is_serving`: a scheduler must be running. The record is checked for these committees alone, all where none is said.
    """
    found = [_database(), _schema(), *_keys(), _fonts(), *_disk(), _certificate(now)]
    head, wanted = revisions()
    if head == wanted:
        found += [_clock(now), _scheduler(now, is_serving), _record(committee_ids), _backup(now)]
    return found


def _database() -> Finding:
    return Finding("database", True, {"kind": "SQLite" if is_sqlite() else "PostgreSQL"})


def _schema() -> Finding:
    head, wanted = revisions()
    return Finding("schema", head == wanted, {"head": head, "wanted": wanted})


def _keys() -> Iterator[Finding]:
    folder = keys().folder
    yield Finding("keys_readable", are_readable(folder))
    loose = sorted(path.name for path in folder.glob("*") if path.stat().st_mode & 0o077)
    yield Finding("keys_private", not loose, {"names": "、".join(loose)})


def _fonts() -> Finding:
    missing = open_fonts().missing(RARE)
    return Finding("fonts", not missing, {"characters": missing})


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings().instance).free // 2**20
    yield Finding("disk", free > LEAST_DISK_MB, {"free": free, "least": LEAST_DISK_MB})
    yield Finding("temporary", os.access(tempfile.gettempdir(), os.W_OK), {"folder": tempfile.gettempdir()})


def _certificate(now: datetime) -> Finding:
    """How long the certificate lasts that `flask serve` uses; a proxy's in front is its own affair."""
    until = expiry(settings().instance)
    if until is None or not settings().secure:
        return Finding("certificate_none", True)
    days = (until - now).days
    return Finding("certificate", days >= CERTIFICATE_DAYS, {"days": days})


def _clock(now: datetime) -> Finding:
    """Compare with the database's clock; SQLite has none of its own, but nothing it holds may lie ahead of now."""
    if is_sqlite():
        newest = db.session.scalar(select(func.max(AuditEntry.at)))
        ahead = newest - now if newest is not None else timedelta(0)
        return Finding("clock", ahead <= CLOCK_TOLERANCE, {"seconds": round(max(0.0, ahead.total_seconds()))})
    told: datetime = db.session.execute(select(func.clock_timestamp())).scalar_one()
    apart = abs(told - now)
    return Finding("clock", apart <= CLOCK_TOLERANCE, {"seconds": round(apart.total_seconds())})


def _scheduler(now: datetime, is_serving: bool) -> Finding:
    until = db.session.scalar(select(func.max(Lease.expires_at)))
    is_alive = until is not None and until > now
    return Finding("scheduler" if is_alive or is_serving else "scheduler_rests", is_alive or not is_serving)


def _record(committee_ids: list[int] | None) -> Finding:
    count, faults = verify(committee_ids)
    return Finding("record", not faults, {"count": count, "faults": len(faults)})


def _backup(now: datetime) -> Finding:
    """A backup is wanted as soon as there is somebody's data; the demo is nobody's."""
    made = read_stamp(settings().instance, BACKUP)
    if made:
        days = (now - made["at"]).days
        return Finding("backup", days <= BACKUP_DAYS, {"days": days, "most": BACKUP_DAYS})
    is_real = db.session.scalar(select(Committee.id).where(Committee.is_demo.is_(False)).limit(1)) is not None
    return Finding("backup_missing" if is_real else "backup_unneeded", not is_real)
