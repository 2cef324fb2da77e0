"""jobs.ready — has papers drawn and sealed before the bell; one transaction each, so that nobody waits long."""

import logging

from exam_app.base.clock import Clock
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.jobs.turns import Check, unguarded
from exam_app.papers.service import Drawing
from exam_app.sittings import ready

log = logging.getLogger(__name__)
AT_A_TIME = 200


def run(clock: Clock, check: Check = unguarded) -> None:
    """Make papers ready for everybody who may start soon. What cannot be drawn is said when the person starts."""
    now = clock.now()
    waiting = ready.list_unready(now, AT_A_TIME)
    db.session.rollback()
    drawings: dict[int, Drawing] = {}
    for entry_id in waiting:
        try:
            with transaction():
                check()
                ready.make_ready(entry_id, now, drawings)
        except DomainError as refusal:
            log.warning("no paper ready for roster entry %s: %s", entry_id, refusal.code)
