"""cli.server — starting the production server (granian) with the scheduler in its process."""

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from exam_app.base.config import ROOT, settings
from exam_app.base.db import is_sqlite
from exam_app.base.i18n import gettext as _

if sys.platform != "win32":
    import resource

commands: tuple[click.Command, ...] = ()
THREADS = 8
SQLITE_THREADS = 32
"""More than there is work for: those that wait share the next flush of the disk (base.lane)."""
BACKLOG = 2048
CONNECTIONS = 20_000
"""How many browsers may stay connected to a process; the server counts idle ones too, and lets the next one wait."""


@dataclass(frozen=True)
class Address:
    """Where to listen, and with which certificate."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """What people type."""
        scheme = "https" if self.certificate else "http"
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"{scheme}://{shown}:{self.port}"


def run(address: Address, environ: Mapping[str, str], workers: int = 1) -> None:
    """Replace this process by the server. On SQLite one process serves: two writing ones would stall each other."""
    if is_sqlite() and workers != 1:
        raise click.ClickException(_("SQLite 只能用一个进程；多进程请用 DATABASE_URL 指定 PostgreSQL。"))
    arguments = command(address, workers)
    os.chdir(ROOT)
    _allow_connections()
    os.execve(arguments[0], arguments, {**os.environ, **counting(settings().instance), **environ})  # noqa: S606


def command(address: Address, workers: int) -> list[str]:
    """Return the program and its arguments that serve this release at the address."""
    options = ["--interface", "wsgi", "--host", address.host, "--port", str(address.port), "--workers", str(workers)]
    threads = SQLITE_THREADS if is_sqlite() else THREADS
    options += ["--blocking-threads", str(threads), "--backlog", str(BACKLOG), "--backpressure", str(CONNECTIONS)]
    options += ["--respawn-failed-workers", "--respawn-interval", "0.5"]
    options += ["--working-dir", str(ROOT), "--log-level", "error", "--no-ws"]
    if address.certificate and address.key:
        options += ["--ssl-certificate", str(address.certificate), "--ssl-keyfile", str(address.key)]
    return [str(Path(sys.executable).with_name("granian")), *options, "wsgi:app"]


def counting(instance: Path) -> dict[str, str]:
    """Name an empty folder in which the workers count; what workers of the past counted is no more."""
    folder = instance / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


def _allow_connections() -> None:
    """Raise this process's limit of open files as far as the system lets it: a connection is one."""
    if sys.platform == "win32":
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS * 2 if hard == resource.RLIM_INFINITY else min(hard, CONNECTIONS * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
