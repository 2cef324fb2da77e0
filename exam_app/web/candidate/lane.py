"""web.candidate.lane — saves and clocks answered before Flask's machinery: no session, no hooks, no template.

Thousands press these two at once, and nearly always they succeed. Whatever does not (a late answer, a replaced device,
a body that cannot be an answer, a database that is away) goes on to the ordinary route, which finds out why and tells.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Flask

from exam_app.base.clock import Clock, stopwatch
from exam_app.base.errors import DomainError
from exam_app.sittings.service import AtOnce
from exam_app.web.candidate import exam_facts
from exam_app.web.candidate.exam_facts import Device
from exam_app.web.watching import SAVED, counted_save

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]
ROUTE = re.compile(r"/sittings/([0-9]{1,9})/(?:answers/([0-9]{1,3})|clock)")
LONGEST_BODY = 2048
HEADERS = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
]
log = logging.getLogger(__name__)


class FastLane:
    """Stands before the application and answers what it can."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self._clock, self._inner = clock, app.wsgi_app
        self._at_once = AtOnce(app.extensions["exam_lane"], app.extensions["exam_keys"].receipts)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer at once, or hand on to the ordinary route with the instant at which the request came in."""
        found = ROUTE.fullmatch(environ["PATH_INFO"])
        if found is None:
            return self._inner(environ, start_response)
        environ["exam.now"] = now = self._clock.now()
        reply = self._try(environ, found, now)
        if reply is None:
            return self._inner(environ, start_response)
        body = reply.encode()
        start_response("200 OK", [*HEADERS, ("Content-Length", str(len(body)))])
        return [body]

    def _try(self, environ: Environ, found: re.Match[str], now: datetime) -> str | None:
        device = Device(int(found[1]), environ.get("HTTP_X_SITTING_TOKEN", "")[:200])
        method = environ["REQUEST_METHOD"]
        try:
            if found[2] is None:
                return self._clock_of(device, now) if method == "GET" else None
            return self._save(environ, device, int(found[2]), now) if method == "PUT" else None
        except DomainError:
            return None
        except Exception:
            log.exception("the lane is blocked; the ordinary route tries again")
            return None

    def _save(self, environ: Environ, device: Device, slot: int, now: datetime) -> str | None:
        body = _read_json(environ)
        if body is None:
            return None
        command = exam_facts.read_answer(device, slot, body)
        began = stopwatch()
        kept = self._at_once.save(command, now)
        if kept is None:
            return None
        counted_save(SAVED, stopwatch() - began)
        return exam_facts.saved(kept, now)

    def _clock_of(self, device: Device, now: datetime) -> str | None:
        reading = self._at_once.read_clock(device.sitting_id, device.token, now)
        return None if reading is None else exam_facts.told_time(reading, now)


def _read_json(environ: Environ) -> object:
    """Read a short JSON body, leaving it to be read again; None where it is none, or of a length not told."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > LONGEST_BODY or "json" not in environ.get("CONTENT_TYPE", ""):
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    try:
        return json.loads(body)
    except ValueError:
        return None
