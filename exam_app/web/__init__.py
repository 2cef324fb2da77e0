"""web — the entrance for people with browsers: one folder an audience, one module a page."""

import pkgutil
from importlib import import_module

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from exam_app.base.clock import Clock
from exam_app.web.assets import AssetDoor
from exam_app.web.candidate.lane import FastLane
from exam_app.web.errors import open_errors
from exam_app.web.shell import open_shell
from exam_app.web.watching import open_watching
from exam_app.web.who import DEVICE, open_door

AUDIENCES = ("public", "candidate", "examiner", "officer", "admin")


def open_entrance(app: Flask, clock: Clock) -> None:
    """Open the doors of all audiences."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    protect = CSRFProtect(app)
    open_door(app)
    open_errors(app)
    open_shell(app)
    for audience in AUDIENCES:
        app.register_blueprint(_pages(audience))
    for view in app.view_functions.values():
        if getattr(view, "audience", None) == DEVICE:
            protect.exempt(view)  # the device token travels in a header, which no other site can make a browser send
    app.wsgi_app = AssetDoor(FastLane(app, clock))  # type: ignore[method-assign]
    open_watching(app)


def _pages(audience: str) -> Blueprint:
    """Import every page of the audience, so that its routes hang on the audience's blueprint."""
    folder = import_module(f"exam_app.web.{audience}")
    for module in pkgutil.iter_modules(folder.__path__):
        import_module(f"{folder.__name__}.{module.name}")
    blueprint: Blueprint = import_module(f"{folder.__name__}.blueprint").bp
    return blueprint
