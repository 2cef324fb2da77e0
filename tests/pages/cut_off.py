"""tests.pages.cut_off — a server that was away for a while in the open exam, and the people who felt it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.incidents import credit_queries, time_credits
from exam_app.operations import service as operations
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState

SECOND = timedelta(seconds=1)


def fall_silent(now: datetime) -> None:
    """Let the server be away for three and a half minutes, not long ago, and everybody who sits be silent over it."""
    began, ended = now - 400 * SECOND, now - 190 * SECOND
    for node, instants in (("demo:1:1", (began - 9 * SECOND, began)), ("demo:2:2", (ended, ended + 9 * SECOND))):
        for at in instants:
            with transaction():
                operations.beat(node, at)
    with transaction():
        for number, sitting in enumerate(db.session.scalars(select(Sitting).where(Sitting.state == SittingState.OPEN))):
            sitting.silent_from = began - (3 + 4 * number) * SECOND
            sitting.silent_until = ended + (5 + 2 * number) * SECOND
    with transaction():
        time_credits.note_silences(credit_queries.new_silences())
