"""tests.results.factories — sittings that were handed in, marked and published."""

from datetime import datetime

from sqlalchemy import select

from exam_app.audit.service import Actor
from exam_app.bank.models import QuestionVersion
from exam_app.base.db import db, transaction
from exam_app.exams.models import RosterEntry
from exam_app.papers.models import PaperSlot
from exam_app.results import service as results
from exam_app.results.models import Result
from exam_app.results.rules import shown_letters
from exam_app.sittings.models import Sitting
from tests.conftest import NINE
from tests.sittings.factories import answer, begin

PUBLISHER = Actor(999, "主任")


def right_answers(sitting: Sitting) -> dict[int, str]:
    """Return, for each slot, the letters that are right as this person was shown them."""
    rows = db.session.execute(
        select(PaperSlot.position, PaperSlot.option_order, QuestionVersion.key)
        .join(QuestionVersion, QuestionVersion.id == PaperSlot.version_id)
        .where(PaperSlot.paper_id == sitting.paper_id)
    )
    return {slot: shown_letters(key, order) for slot, order, key in rows}


def sit(entry: RosterEntry, right: int, now: datetime = NINE, token: str = "token") -> Sitting:
    """Sit the exam with the first so many answers right and the rest wrong; leaves it open."""
    sitting = begin(entry, token, now)
    for slot, letters in sorted(right_answers(sitting).items()):
        wrong = "D" if letters != "D" else "C"
        answer(sitting, slot, letters if slot <= right else wrong, slot, now, token)
    return sitting


def sit_and_mark(entry: RosterEntry, right: int, now: datetime = NINE) -> Result:
    """Sit, hand in and be marked."""
    sitting_id = sit(entry, right, now).id
    with transaction():
        finished = results.finish(sitting_id, now)
    with transaction():
        return results.mark(finished.result_id, now)


def publish(exam_id: int, now: datetime = NINE, actor: Actor = PUBLISHER) -> list[Result]:
    """Publish what is marked; commits."""
    with transaction():
        return results.publish(exam_id, actor, now)
