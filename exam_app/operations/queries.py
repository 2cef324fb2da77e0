"""operations.queries — reads when the server was alive, and the time by which leases run."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from exam_app.base.db import db, is_sqlite
from exam_app.operations.models import Pulse
from exam_app.operations.rules import Span, gaps

LOOK_BACK = timedelta(days=1)
"""How long before a period its last sign of life is looked for."""
STUCK_MS = 5000


def server_gaps(period: Span) -> list[Span]:
    """Return when, in that period, no process of the server was alive."""
    query = select(Pulse.began_at, Pulse.beat_at).where(Pulse.beat_at >= period.began_at - LOOK_BACK)
    return gaps((Span(*row) for row in db.session.execute(query)), period)


def lease_time(now: datetime) -> datetime:
    """Return the database's time where machines share one, else the given instant; ask it first in the transaction.

    A holder that freezes inside this transaction loses it within seconds, and with it the lock on the lease.
    """
    if is_sqlite():
        return now
    stuck = func.set_config("idle_in_transaction_session_timeout", str(STUCK_MS), True)
    return db.session.execute(select(func.clock_timestamp(), stuck)).one()[0]  # type: ignore[no-any-return]
