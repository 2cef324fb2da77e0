"""sittings.ready — papers drawn and sealed before the bell, so that a start only has to break a seal."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import undefer

from exam_app.base import chance
from exam_app.base.db import db, insert_new
from exam_app.committees.rules import from_document
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.papers import service as papers
from exam_app.papers.models import Paper
from exam_app.papers.service import Drawing, Opened
from exam_app.sittings import queries
from exam_app.sittings.errors import NoPaperForOrgan
from exam_app.sittings.models import ReadyPaper, Sitting

BEFORE_THE_BELL = timedelta(minutes=30)


class Taken(NamedTuple):
    """A paper that was opened for a sitting."""

    paper_id: int
    opened: Opened


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


def make_ready(entry_id: int, now: datetime, drawings: dict[int, Drawing]) -> None:
    """Draw and seal a paper for somebody who has not started; do nothing if one is ready.

    `drawings` keeps, by blueprint, what is drawn from, for all whose papers are drawn in one go.
    """
    entry = db.session.scalars(select(RosterEntry).where(RosterEntry.id == entry_id).with_for_update()).one()
    if queries.find_of_entry(entry_id) is None and db.session.get(ReadyPaper, entry_id) is None:
        insert_new(ReadyPaper, roster_entry_id=entry_id, paper_id=_draw(entry, now, drawings).id)


def _draw(entry: RosterEntry, now: datetime, drawings: dict[int, Drawing]) -> Paper:
    """Draw and seal a paper without what the person sat before; raise what stands against it."""
    exam = db.session.get_one(Exam, entry.exam_id)
    sat_before = queries.questions_sat(entry.person_id)
    frozen = from_document(exam.rules)
    blueprint_id = _blueprint(entry)
    if blueprint_id not in drawings:
        drawings[blueprint_id] = papers.drawing_by(blueprint_id)
    return papers.prepare(drawings[blueprint_id], sat_before, chance.seed(), now, frozen.multiple_choice)


def take(entry: RosterEntry, now: datetime) -> Taken | None:
    """Open the paper that was made ready for the person; None where there is none that still fits."""
    values = {"entry": entry.id, "person": entry.person_id, "exam": entry.exam_id, "organ": entry.organ_type}
    paper = db.session.scalar(_FITTING, values)
    opened = papers.open_while_live(paper, now) if paper is not None else None
    return None if paper is None or opened is None else Taken(paper.id, opened)


def draw_now(entry: RosterEntry, now: datetime) -> Taken:
    """Draw a paper for a person who starts this moment, and open it."""
    paper = _draw(entry, now, {})
    return Taken(paper.id, papers.open_paper(paper.id, now))


def _fitting() -> Select[Paper]:
    """Return the query for the paper made ready, while it fits: drawn by the blueprint of today, and after whatever
    the person sat last, whose questions it may hold again. Built once, for a whole hall asks at the bell."""
    chosen = (ExamBlueprint.exam_id == bindparam("exam")) & (ExamBlueprint.organ_type == bindparam("organ"))
    sat_since = (
        exists()
        .where(Sitting.roster_entry_id == RosterEntry.id, Sitting.started_at >= Paper.drawn_at)
        .where(RosterEntry.person_id == bindparam("person"))
    )
    return (
        select(Paper)
        .join(ReadyPaper, ReadyPaper.paper_id == Paper.id)
        .join(ExamBlueprint, chosen & (ExamBlueprint.blueprint_id == Paper.blueprint_id))
        .where(ReadyPaper.roster_entry_id == bindparam("entry"), Paper.opened_at.is_(None), ~sat_since)
        .options(undefer(Paper.sealed_page))
    )


_FITTING = _fitting()


def _blueprint(entry: RosterEntry) -> int:
    blueprint = db.session.get(ExamBlueprint, (entry.exam_id, entry.organ_type))
    if blueprint is None:
        raise NoPaperForOrgan(organ=entry.organ_type.value)
    return blueprint.blueprint_id
