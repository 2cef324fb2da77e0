"""readiness.figures — how the house stands at this moment, in one statement: what a monitor asks for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from exam_app.base.db import db
from exam_app.operations.models import Job, Lease
from exam_app.operations.service import LEASE_FOR
from exam_app.operations.states import JobState
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState


@dataclass(frozen=True)
class Figures:
    """Counts, and the seconds since the scheduler renewed its lease; None where it never held one."""

    sittings_open: int
    sittings_overdue: int
    jobs_queued: int
    jobs_failed: int
    lease_age: float | None


def read_figures(now: datetime) -> Figures:
    """Read them all in one statement; open sittings and jobs are found by index, history costs nothing."""
    is_open = Sitting.state == SittingState.OPEN
    overdue = select(func.count()).select_from(Sitting).where(is_open, Sitting.saves_close_at < now)
    jobs = select(func.count()).select_from(Job)
    counts = (
        select(func.count()).select_from(Sitting).where(is_open),
        overdue,
        jobs.where(Job.state == JobState.QUEUED),
        jobs.where(Job.state == JobState.FAILED),
    )
    until = select(func.max(Lease.expires_at)).scalar_subquery()
    row = db.session.execute(select(*(count.scalar_subquery() for count in counts), until)).one()
    age = None if row[4] is None else (now - (row[4] - LEASE_FOR)).total_seconds()
    return Figures(*row[:4], age)
