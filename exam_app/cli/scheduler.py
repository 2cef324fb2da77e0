"""cli.scheduler — flask scheduler: the timetable alone, without pages, beside web nodes that serve --no-scheduler."""

import os
import sys
import threading

import click

from exam_app.base.config import settings
from exam_app.base.i18n import gettext as _

commands: tuple[click.Command, ...] = ()


@click.command("scheduler")
def scheduler() -> None:
    """Run the timetable alone, until it is stopped. Run two on two machines: whoever holds the lease acts."""
    if settings().scheduler:
        click.echo(_("调度已启动（按 Ctrl+C 停止）。"))
        threading.Event().wait()
    else:
        again = [sys.executable, "-m", "flask", "--app", "wsgi", "scheduler"]
        os.execve(sys.executable, again, {**os.environ, "EXAM_SCHEDULER": "1"})  # noqa: S606


commands = (scheduler,)
