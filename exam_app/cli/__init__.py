"""cli — the entrance for operators: flask <verb>. Each module of this folder adds its commands to the application."""

import pkgutil
from importlib import import_module

from flask import Flask

from exam_app.cli.schema import guard


def open_entrance(app: Flask) -> None:
    """Register every module's `commands`."""
    for module in pkgutil.iter_modules(__path__):
        for command in import_module(f"{__name__}.{module.name}").commands:
            guard(command)
            app.cli.add_command(command)
