"""jobs.timetable — what runs when. APScheduler is the clock only; whoever holds the lease acts.

A lease lasts six seconds and the sweep asks for it every two, so that another process sweeps at the latest eight
seconds after the last one fell silent. Every process beats its own pulse, whether it holds a lease or not.
"""

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
from exam_app.jobs import queue, ready, sweep, turns
from exam_app.jobs.turns import Check, TurnLost
from exam_app.operations import queries
from exam_app.operations import service as operations

log = logging.getLogger(__name__)
Task = Callable[[Clock, Check], None]
TIMETABLE: tuple[tuple[str, Task, int], ...] = (
    ("sweep", sweep.run, 2),
    ("queue", queue.run, 1),
    ("ready", ready.run, 10),
)
"""Name, task and seconds between two turns. A lease and one turn pass before another machine acts for a dead one."""
BEAT_SECONDS = 5
KEEP_SECONDS = 2
HOST_LETTERS = 50


def start(app: Flask, clock: Clock) -> None:
    """Start ticking in a thread of this process, until it ends."""
    scheduler = BackgroundScheduler(timezone=UTC)
    node = node_name(clock)
    alone = {"trigger": "interval", "max_instances": 1, "coalesce": True}
    for name, task, seconds in TIMETABLE:
        scheduler.add_job(_tick, args=(app, clock, node, name, task), seconds=seconds, id=name, **alone)
    scheduler.add_job(_keep, args=(app, clock, node), seconds=KEEP_SECONDS, id="keep", **alone)
    scheduler.add_job(_beat, args=(app, clock, node), seconds=BEAT_SECONDS, id="pulse", **alone)
    scheduler.start()
    atexit.register(scheduler.shutdown, wait=False)


def node_name(clock: Clock) -> str:
    """Return a name that no other process has, on this machine or another, now or later."""
    return f"{socket.gethostname()[:HOST_LETTERS]}:{os.getpid()}:{clock.now().timestamp():.0f}"


def _tick(app: Flask, clock: Clock, node: str, name: str, task: Task) -> None:
    """Run one task if this process holds its lease; a failure is logged and does not stop the clock."""
    with app.app_context():
        try:
            turn = turns.take(name, node, clock)
            if turn:
                task(clock, turn)
        except TurnLost:
            log.warning("task %s: another process acts now", name)
        except Exception:
            log.exception("task %s failed", name)


def _keep(app: Flask, clock: Clock, node: str) -> None:
    """Keep the leases that this process holds while its tasks last; a failure is logged, the next turn comes soon."""
    with app.app_context():
        try:
            with transaction():
                operations.keep_leases(node, queries.lease_time(clock.now()))
        except Exception:
            log.exception("leases not kept")


def _beat(app: Flask, clock: Clock, node: str) -> None:
    """Note that this process is alive and reaches the database."""
    with app.app_context():
        try:
            with transaction():
                operations.beat(node, clock.now())
        except Exception:
            log.exception("pulse failed")
