"""jobs.timetable — what runs when. APScheduler is the clock only; whoever holds the lease acts."""

import atexit
import logging
import os
import socket
from collections.abc import Callable
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from exam_app.base.clock import Clock
from exam_app.base.db import transaction
from exam_app.jobs import queue, sweep
from exam_app.operations import service as operations

log = logging.getLogger(__name__)
Task = Callable[[Clock], None]
TIMETABLE: tuple[tuple[str, Task, int], ...] = (
    ("sweep", sweep.run, 2),
    ("queue", queue.run, 1),
)
"""Name, task and seconds between two turns. A lease and one turn pass before another machine acts for a dead one."""
KEEP_EVERY = 2


def start(app: Flask, clock: Clock) -> None:
    """Start ticking in a thread of this process, until it ends."""
    scheduler = BackgroundScheduler(timezone=UTC)
    holder = f"{socket.gethostname()}:{os.getpid()}"
    for name, task, seconds in TIMETABLE:
        scheduler.add_job(
            _tick,
            "interval",
            args=(app, clock, holder, name, task),
            seconds=seconds,
            id=name,
            max_instances=1,
            coalesce=True,
        )
    scheduler.add_job(_keep, "interval", args=(app, clock, holder), seconds=KEEP_EVERY, id="keep", coalesce=True)
    scheduler.start()
    atexit.register(scheduler.shutdown, wait=False)


def _tick(app: Flask, clock: Clock, holder: str, name: str, task: Task) -> None:
    """Run one task if this process holds its lease; a failure is logged and does not stop the clock."""
    with app.app_context():
        try:
            with transaction():
                mine = operations.take_lease(name, holder, clock.now())
            if mine:
                task(clock)
        except Exception:
            log.exception("task %s failed", name)


def _keep(app: Flask, clock: Clock, holder: str) -> None:
    """Keep the leases that this process holds while its tasks last; a failure is logged, the next turn comes soon."""
    with app.app_context():
        try:
            with transaction():
                operations.keep_leases(holder, clock.now())
        except Exception:
            log.exception("leases not kept")
