"""tests.pages.brought — emergency files of the staged demo: one waits with every kind of difference, one is refused."""

from datetime import datetime, timedelta

from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.exams.models import RosterEntry
from exam_app.incidents import file_queries, loading
from exam_app.sittings import queries as sittings
from exam_app.sittings import takeover
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState
from exam_app.sittings.takeover import BroughtAnswer
from tests.incidents.emergency_files import held, sealed_for
from tests.pages import stage


def bring_files(now: datetime) -> None:
    """Hand in a file of somebody who lost the network, and one that is none."""
    exam, invigilator = stage.open_exam(), stage.actor_named("jiankao")
    query = select(Sitting).join(RosterEntry).where(RosterEntry.exam_id == exam.id, Sitting.state == SittingState.OPEN)
    sitting = db.session.scalars(query.order_by(Sitting.last_seen_at).limit(1)).one()
    journal = sittings.journal_of(sitting.id)
    last, number = journal[-1].revision, file_queries.seat_of(sitting).admission_number
    known = [held(each.slot, each.response, each.revision, base=last, acknowledged=True) for each in journal[:-2]]
    fresh = [held(journal[-1].slot + more, "AB"[more % 2], last + more, base=last) for more in range(1, 4)]
    changed = [held(journal[-2].slot, _other(journal[-2].response), last + 4, base=last)]
    disputed = [held(journal[-1].slot, _other(journal[-1].response), last + 5, base=last - 1)]
    content = sealed_for(sitting, sitting.device_token_hash, number, *known, *fresh, *changed, *disputed, made_at=now)
    with transaction():
        takeover.take_answers(sitting.id, [BroughtAnswer(1, journal[0].response, 1)], now - timedelta(minutes=2))
        loading.hand_in(exam.id, exam.committee_id, f"应急文件-{number}-03.exam", content, invigilator, now)
        loading.hand_in(exam.id, exam.committee_id, "别的文件.exam", content[:-1], invigilator, now)


def _other(response: str) -> str:
    return "B" if response == "A" else "A"
