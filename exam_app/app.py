"""app — puts the building together, nothing else."""

import gc
from datetime import timedelta
from typing import Any

from flask import Flask, g, request
from flask_migrate import Migrate
from sqlalchemy.orm import configure_mappers
from werkzeug.middleware.proxy_fix import ProxyFix

from exam_app import cli, jobs, tables, web
from exam_app.base.clock import Clock, SystemClock
from exam_app.base.config import ROOT, Settings, read_settings
from exam_app.base.db import db, prepare_engine
from exam_app.base.keys import Keyring, load_keys
from exam_app.base.lane import open_lane
from exam_app.base.logs import open_log

BODY_LIMIT = 25 * 1024 * 1024
FORM_LIMIT = 8 * 1024 * 1024  # a pasted list that is far too long gets words, not an error
SWEEPS = (10_000, 20, 20)
"""How often the garbage collector looks, in a server: what a request leaves behind is mostly gone by counting."""
CONNECTIONS = 40  # as many as threads may want at once; they are opened when needed
FORM_FIELDS = 5000  # a list of a thousand people asks up to two questions a row


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Flask:
    """Build the application over the given settings and clock."""
    open_log()
    settings = settings or read_settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "exam_app", instance_path=str(settings.instance), template_folder="web/templates", static_folder="web/static"
    )
    keyring = load_keys(settings.instance / "keys")
    app.config.update(_configuration(settings, keyring))
    app.extensions["exam_keys"] = keyring
    app.extensions["exam_build"] = create_app  # for whoever plays on a copy of this installation
    app.extensions["exam_clock"] = clock = clock or SystemClock()
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        app.extensions["exam_lane"] = open_lane(db.engine)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    Migrate(app, db, directory=str(ROOT / "migrations"), metadata=tables.metadata)

    @app.before_request
    def note_the_time() -> None:
        g.now = request.environ.get("exam.now") or clock.now()

    web.open_entrance(app, clock)
    cli.open_entrance(app)
    jobs.open_entrance(app, clock)
    return app


def settle(app: Flask) -> Flask:
    """Take what was built at the start out of the garbage collector's sight, for a server that stays.

    It lives as long as the process; a full sweep over it would stop all candidates of the process for 0.2 s.
    """
    configure_mappers()
    gc.set_threshold(*SWEEPS)
    gc.collect()
    gc.freeze()
    return app


def _configuration(settings: Settings, keyring: Keyring) -> dict[str, Any]:
    """Return what Flask and its extensions are told."""
    return {
        "SECRET_KEY": keyring.session,
        "SQLALCHEMY_DATABASE_URI": settings.effective_database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": CONNECTIONS, "max_overflow": 0},
        "MAX_CONTENT_LENGTH": BODY_LIMIT,
        "MAX_FORM_MEMORY_SIZE": FORM_LIMIT,
        "MAX_FORM_PARTS": FORM_FIELDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,
        "INSTANCE": str(settings.instance),
        "LANGUAGE": settings.language,
        "SETTINGS": settings,
    }
