"""jobs.sweep — closes what time has ended and finishes what a crash left; run twice, it changes nothing.

Each sitting and each result is a transaction of its own, so that a failing one does not stop the rest.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from exam_app.base.clock import Clock
from exam_app.base.db import db, transaction
from exam_app.results import queries as result_queries
from exam_app.results import service as results
from exam_app.sittings import queries as sittings

log = logging.getLogger(__name__)


def run(clock: Clock) -> None:
    """Sweep once."""
    now = clock.now()
    _each(sittings.list_overdue(now), results.finish, now)
    _each(result_queries.list_waiting(), results.mark, now)


def _each(ids: Iterable[int], act: Callable[[int, datetime], object], now: datetime) -> None:
    for number in ids:
        try:
            with transaction():
                act(number, now)
        except Exception:
            log.exception("sweep: %s %s failed", act.__name__, number)
    db.session.rollback()
