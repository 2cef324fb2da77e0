"""cli.postgres — PostgreSQL's own tools for copying a database; the password travels unseen, in the environment."""

import os
import shutil
import subprocess
from pathlib import Path

import click
from sqlalchemy import URL

from exam_app.operations.errors import DatabaseToolFailed

commands: tuple[click.Command, ...] = ()


def dump(url: URL, target: Path) -> None:
    """Write the database into a file of PostgreSQL's custom format, as of one instant."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(url: URL, source: Path) -> None:
    """Read the file into the database; all of it or nothing."""
    _run(
        "pg_restore",
        url,
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        str(source),
    )


def _run(tool: str, url: URL, *options: str) -> None:
    folder = os.environ.get("EXAM_PG_BIN", "")
    path = shutil.which(tool, path=folder or None)
    if path is None:
        raise DatabaseToolFailed(tool=tool, reason=f"{tool} not found")
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environ = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(  # noqa: S603 - a fixed tool with an address from the settings
        [path, f"--dbname={address}", *options], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DatabaseToolFailed(tool=tool, reason=done.stderr.strip()[-300:])
