"""cli.schema — whether the database has the tables of this release, and what a command says when it has not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from exam_app.base.i18n import gettext as _
from exam_app.operations.health import revisions

commands: tuple[click.Command, ...] = ()


def guard(command: click.Command) -> None:
    """Let the command, and all below it, say in words that the database is not ready, instead of a traceback."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            guard(below)
    elif command.callback is not None and not hasattr(command.callback, "is_guarded"):
        command.callback = _guarded(command.callback)


def _guarded(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return callback(*args, **options)
        except DatabaseError as failure:
            present, wanted = revisions()
            if present == wanted:
                raise
            words = _("数据库还没有建好，或属于别的版本（{present}）。请先运行 flask db upgrade。", present=present)
            raise click.ClickException(words) from failure

    run.is_guarded = True  # type: ignore[attr-defined]  # commands outlive the applications that tests build
    return run
