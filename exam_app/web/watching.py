"""web.watching — counts and times what the server does, numbers its requests, and logs those that fail or drag.

The figures are Prometheus' and hold no facts about anyone. With several processes each writes to files of its own in
the folder that PROMETHEUS_MULTIPROC_DIR names (cli.server sets it); whoever is asked adds them up.
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from werkzeug.exceptions import HTTPException

from exam_app.base.clock import stopwatch
from exam_app.base.logs import raised
from exam_app.readiness.figures import Figures

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)
REQUEST_ID, RAISED = "exam.request_id", "exam.raised"
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
SLOW_SECONDS, BROKEN = 1.0, 500
HOT, PAGE, FILE = "hot", "page", "file"
SAVED = "saved"
REASONS = {
    "after_grace": "after_grace",
    "after_close": "after_close",
    "replaced_device": "replaced_device",
    "device_replaced": "replaced_device",
    "revision_taken": "revision_taken",
    "no_such_sitting": "no_such_sitting",
    "answer_invalid": "invalid",
}
"""Why an answer was not kept as one that counts: late reasons and refusals, as the figures name them."""
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

registry = CollectorRegistry()
_saves = Counter("exam_saves", "Answers kept that count", registry=registry)
_save_seconds = Histogram("exam_save_seconds", "From reading a save to its receipt", buckets=BUCKETS, registry=registry)
_refused = Counter("exam_saves_refused", "Answers not kept, or kept apart", ["reason"], registry=registry)
_refused_by = {reason: _refused.labels(reason) for reason in {*REASONS.values(), "other"}}
_starts = Counter("exam_starts", "Sittings started or resumed", registry=registry)
_hand_ins = Counter("exam_hand_ins", "Sittings handed in by their candidates", registry=registry)
_seconds = Histogram("exam_request_seconds", "Seconds of a request", ["kind"], buckets=BUCKETS, registry=registry)
_seconds_of = {kind: _seconds.labels(kind) for kind in (HOT, PAGE, FILE)}
_answers = Counter("exam_responses", "Responses by HTTP status", ["kind", "status"], registry=registry)
_answers_of: dict[tuple[str, str], Counter] = {}


def counted_save(outcome: str, seconds: float) -> None:
    """Count one save: SAVED, a late reason, or the code of a refusal; and what it took."""
    if outcome == SAVED:
        _saves.inc()
    else:
        _refused_by[REASONS.get(outcome, "other")].inc()
    _save_seconds.observe(seconds)


def counted_start() -> None:
    """Count one start."""
    _starts.inc()


def counted_hand_in() -> None:
    """Count one hand-in."""
    _hand_ins.inc()


def request_id() -> str:
    """Return the number of this request, as people may report it."""
    return str(request.environ.get(REQUEST_ID, ""))


def note_failure(error: BaseException) -> None:
    """Keep what was raised for the line that this request gets in the log."""
    request.environ[RAISED] = error


def open_watching(app: Flask) -> None:
    """Put the watch around the whole application, in front of everything that can fail."""
    app.wsgi_app = _Watch(app)  # type: ignore[method-assign]


class _Watch:
    """One request in, one answer out: numbered, timed, counted."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._inside = app.wsgi_app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = stopwatch()
        given = environ.get("HTTP_X_REQUEST_ID")
        number = given if given and GIVEN_ID.fullmatch(given) else os.urandom(4).hex()
        environ[REQUEST_ID] = number
        status = "500"

        def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal status
            status = line[:3]
            headers.append(("X-Request-ID", number))
            return start_response(line, headers, *rest)

        try:
            return self._inside(environ, start)
        except Exception as error:
            environ[RAISED] = error
            raise
        finally:
            self._note(environ, status, stopwatch() - began)

    def _note(self, environ: "WSGIEnvironment", status: str, seconds: float) -> None:
        kind = _kind(environ["PATH_INFO"])
        _seconds_of[kind].observe(seconds)
        answers = _answers_of.get((kind, status))
        if answers is None:
            answers = _answers_of[kind, status] = _answers.labels(kind, status)
        answers.inc()
        if seconds > SLOW_SECONDS or int(status) >= BROKEN:
            self._log(environ, status, seconds)

    def _log(self, environ: "WSGIEnvironment", status: str, seconds: float) -> None:
        """Write the line: the pattern of the address, never the address, nor anything that was sent."""
        facts = {
            "id": environ[REQUEST_ID],
            "method": environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"].isalpha() else "?",
            "route": self._route(environ),
            "status": int(status),
            "ms": round(seconds * 1000),
        }
        error = environ.get(RAISED)
        level = logging.ERROR if int(status) >= BROKEN else logging.WARNING
        log.log(level, "request", extra={"facts": {**facts, **(raised(error) if error is not None else {})}})

    def _route(self, environ: "WSGIEnvironment") -> str:
        try:
            rule, _values = self._app.url_map.bind_to_environ(environ).match(return_rule=True)
        except HTTPException:
            return "?"
        return str(rule.rule)


def _kind(path: str) -> str:
    if path.startswith("/sittings/") or path == "/my/sitting/start":
        return HOT
    return FILE if path.startswith("/static/") else PAGE


def exposition(figures: Figures) -> bytes:
    """Return every figure in Prometheus' text format."""
    counted = registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    standing = CollectorRegistry()
    standing.register(_Standing(figures))
    return generate_latest(counted) + generate_latest(standing)


class _Standing:
    """Figures read at the moment of asking."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Yield them as gauges."""
        found = self._figures
        yield GaugeMetricFamily("exam_sittings_open", "Sittings that run", found.sittings_open)
        yield GaugeMetricFamily("exam_sittings_overdue", "Open sittings whose grace is over", found.sittings_overdue)
        yield GaugeMetricFamily("exam_jobs_queued", "Jobs that wait", found.jobs_queued)
        yield GaugeMetricFamily("exam_jobs_failed", "Jobs that failed", found.jobs_failed)
        if found.lease_age is not None:
            yield GaugeMetricFamily(
                "exam_lease_age_seconds", "Seconds since the scheduler renewed its lease", found.lease_age
            )
