"""jobs — the entrance for the wall clock (APScheduler): sweeps and queued work."""

from flask import Flask

from exam_app.base.clock import Clock
from exam_app.jobs.timetable import start


def open_entrance(app: Flask, clock: Clock) -> None:
    """Start the timetable where this process is the scheduler."""
    if app.config["SETTINGS"].scheduler:
        start(app, clock)
