"""sittings.ready — papers drawn and sealed before the bell, so that a start only has to break a seal."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from exam_app.base import chance
from exam_app.base.db import db, insert_new
from exam_app.committees.rules import from_document
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.papers import service as papers
from exam_app.papers.models import Paper
from exam_app.sittings import queries
from exam_app.sittings.errors import NoPaperForOrgan
from exam_app.sittings.models import ReadyPaper, Sitting

BEFORE_THE_BELL = timedelta(minutes=30)


def list_unready(now: datetime, limit: int) -> list[int]:
    """Return roster entries of exams about to open or open that have neither sat nor a paper ready."""
    query = (
        select(RosterEntry.id)
        .join(Exam, Exam.id == RosterEntry.exam_id)
        .join(ExamBlueprint, (ExamBlueprint.exam_id == Exam.id) & (ExamBlueprint.organ_type == RosterEntry.organ_type))
        .where(Exam.state == ExamState.ANNOUNCED, Exam.opens_at <= now + BEFORE_THE_BELL, Exam.closes_at > now)
        .where(RosterEntry.absence == Absence.NONE)
        .where(~exists().where(ReadyPaper.roster_entry_id == RosterEntry.id))
        .where(~exists().where(Sitting.roster_entry_id == RosterEntry.id))
        .order_by(Exam.opens_at, RosterEntry.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def make_ready(entry_id: int, now: datetime) -> None:
    """Draw and seal a paper for somebody who has not started; do nothing if one is ready."""
    entry = db.session.scalars(select(RosterEntry).where(RosterEntry.id == entry_id).with_for_update()).one()
    if queries.find_of_entry(entry_id) is None and db.session.get(ReadyPaper, entry_id) is None:
        insert_new(ReadyPaper, roster_entry_id=entry_id, paper_id=draw(entry, now).id)


def draw(entry: RosterEntry, now: datetime) -> Paper:
    """Draw and seal a paper without what the person sat before; raise what stands against it."""
    exam = db.session.get_one(Exam, entry.exam_id)
    sat_before = queries.questions_sat(entry.person_id)
    frozen = from_document(exam.rules)
    return papers.prepare(_blueprint(entry), sat_before, chance.seed(), now, frozen.multiple_choice)


def take(entry: RosterEntry, now: datetime) -> int:
    """Return the paper that the person sits: the one made ready, or a fresh one where that no longer fits."""
    ready = db.session.get(ReadyPaper, entry.id)
    if ready is None or not papers.is_current(ready.paper_id, _blueprint(entry)) or _has_sat_since(entry, ready):
        return draw(entry, now).id
    return ready.paper_id


def _blueprint(entry: RosterEntry) -> int:
    blueprint = db.session.get(ExamBlueprint, (entry.exam_id, entry.organ_type))
    if blueprint is None:
        raise NoPaperForOrgan(organ=entry.organ_type.value)
    return blueprint.blueprint_id


def _has_sat_since(entry: RosterEntry, ready: ReadyPaper) -> bool:
    """Whether the person began another sitting after the paper was drawn, with questions it may hold again."""
    other = aliased(RosterEntry)
    drawn_at = select(Paper.drawn_at).where(Paper.id == ready.paper_id).scalar_subquery()
    query = select(Sitting.id).join(other, other.id == Sitting.roster_entry_id)
    query = query.where(other.person_id == entry.person_id, Sitting.started_at >= drawn_at)
    return db.session.scalar(query.limit(1)) is not None
