"""jobs.sweep — closes what is overdue, finishes what a crash left, collects silences; run twice, it changes nothing.

Each sitting and each result is a transaction of its own, so that a failing one does not stop the rest. The turn is
proven inside each: a process that was frozen and wakes up after another took over changes nothing.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from exam_app.base.clock import Clock
from exam_app.base.db import db, transaction
from exam_app.incidents import credit_queries, time_credits
from exam_app.jobs.turns import Check, TurnLost, unguarded
from exam_app.results import queries as result_queries
from exam_app.results import service as results
from exam_app.sittings import queries as sittings

log = logging.getLogger(__name__)


def run(clock: Clock, check: Check = unguarded) -> None:
    """Sweep once."""
    now = clock.now()
    _collect_silences(check)
    _each(sittings.list_overdue(now), results.finish, now, check)
    _each(result_queries.list_waiting(), results.mark, now, check)


def _collect_silences(check: Check) -> None:
    """Keep the silences that have ended; nothing is written where there are none."""
    found = credit_queries.new_silences()
    if found:
        with transaction():
            check()
            time_credits.note_silences(found)


def _each(ids: Iterable[int], act: Callable[[int, datetime], object], now: datetime, check: Check) -> None:
    for number in ids:
        try:
            with transaction():
                check()
                act(number, now)
        except TurnLost:
            raise
        except Exception:
            log.exception("sweep: %s %s failed", act.__name__, number)
    db.session.rollback()
