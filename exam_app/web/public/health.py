"""web.public.health — for machines: does the process live, is it ready, what does it count. Nothing personal."""

import shutil
from dataclasses import asdict

from flask import Response, abort, g, jsonify, request
from flask.typing import ResponseReturnValue

from exam_app.base.config import settings
from exam_app.base.crypto import same
from exam_app.base.keys import are_readable, keys
from exam_app.operations import health as operations
from exam_app.readiness.figures import read_figures
from exam_app.web.public.blueprint import bp
from exam_app.web.watching import exposition
from exam_app.web.who import allow_public

LEAST_DISK_BYTES = 100 * 2**20
LOOPBACK = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@bp.get("/healthz")
@allow_public
def health() -> ResponseReturnValue:
    """Answer that the process lives; asks nobody."""
    return jsonify(status="ok")


@bp.get("/readyz")
@allow_public
def ready() -> ResponseReturnValue:
    """Answer whether this process may be given requests, and which check stands against it."""
    checks = {
        **asdict(operations.examine(g.now)),
        "keys": are_readable(keys().folder),
        "disk": shutil.disk_usage(settings().instance).free > LEAST_DISK_BYTES,
    }
    is_ready = all(checks.values())
    return jsonify(status="ready" if is_ready else "not_ready", checks=checks), 200 if is_ready else 503


@bp.get("/metrics")
@allow_public
def metrics() -> ResponseReturnValue:
    """Show the figures to a monitor of this machine, or to whoever knows the token; to anyone else there is no page."""
    if not (_is_from_this_machine() or _knows_the_token()):
        abort(404)
    return Response(exposition(read_figures(g.now)), mimetype="text/plain; version=0.0.4; charset=utf-8")


def _is_from_this_machine() -> bool:
    """Whether the request began here; what a proxy on this machine passes on did not."""
    return request.remote_addr in LOOPBACK and not any(name in request.headers for name in FORWARDED)


def _knows_the_token() -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme == "Bearer" and same(given.strip().encode().hex(), keys().metrics.encode().hex())
