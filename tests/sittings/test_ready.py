"""tests.sittings.test_ready — papers made ready before the bell are the ones that are sat, while they still fit."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from exam_app.audit.service import MACHINE
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.exams.models import ExamBlueprint
from exam_app.exams.states import Absence, ExamState
from exam_app.jobs import ready as job
from exam_app.papers import queries as papers
from exam_app.papers import service
from exam_app.papers.errors import PaperStillSealed
from exam_app.papers.models import Paper, PaperSlot
from exam_app.sittings import ready
from exam_app.sittings.models import ReadyPaper
from tests.conftest import NINE
from tests.sittings.factories import SLOTS, Room, begin, make_room

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for three people."""
    return make_room(3)


def count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def make_ready(room: Room) -> dict[int, int]:
    """Let the clock's task run as it does before the bell; return each person's paper."""
    job.run(FixedClock(NINE - 5 * MINUTE))
    return {row.roster_entry_id: row.paper_id for row in db.session.scalars(select(ReadyPaper))}


def test_everybody_gets_a_sealed_paper_once(room: Room) -> None:
    made = make_ready(room)
    assert set(made) == {entry.id for entry in room.entries}
    assert make_ready(room) == made
    assert (count(Paper), count(PaperSlot)) == (3, 0)
    with pytest.raises(PaperStillSealed):
        papers.page_text(made[room.entries[0].id])


def test_ready_paper_is_the_one_that_is_sat(room: Room) -> None:
    made = make_ready(room)
    sitting = begin(room.entries[0])
    assert (sitting.paper_id, sitting.slots) == (made[room.entries[0].id], SLOTS)
    assert count(Paper) == 3
    assert papers.verify(sitting.paper_id).is_sound


def test_start_without_a_ready_paper_draws_one(room: Room) -> None:
    sitting = begin(room.entries[0])
    assert (sitting.slots, count(Paper)) == (SLOTS, 1)


def test_paper_with_a_question_that_was_withdrawn_is_not_sat(room: Room) -> None:
    made = make_ready(room)
    first = made[room.entries[0].id]
    with transaction():
        paper = db.session.get_one(Paper, first)
        drawn, _page = papers.read_sealed_page(paper)
        withdrawn = json.loads(drawn)[0][1]
        db.session.execute(text("UPDATE question_version SET state = 'retired' WHERE id = :id"), {"id": withdrawn})
    sitting = begin(room.entries[0])
    assert sitting.paper_id != first
    assert withdrawn not in {slot.version_id for slot in papers.slots(sitting.paper_id)}
    assert (papers.slots(first), count(PaperSlot)) == ([], SLOTS), "nothing is left of the opening that was given up"
    assert db.session.get_one(Paper, first).opened_at is None


def test_paper_of_another_blueprint_is_not_sat(room: Room) -> None:
    made = make_ready(room)
    entry = room.entries[0]
    with transaction():
        used = db.session.get_one(ExamBlueprint, (room.exam.id, entry.organ_type))
        copy = service.copy_blueprint(used.blueprint_id, room.committee.id, "另一方案", MACHINE, NINE)
        used.blueprint_id = copy.id
    assert begin(entry).paper_id != made[entry.id]


@pytest.mark.parametrize("change", ["absent", "draft", "over", "far"])
def test_nobody_else_gets_a_paper(room: Room, change: str) -> None:
    with transaction():
        if change == "absent":
            for entry in room.entries:
                entry.absence = Absence.EXCUSED
        if change == "draft":
            room.exam.state = ExamState.DRAFT
    now = {"over": NINE + timedelta(hours=3), "far": NINE - 31 * MINUTE}.get(change, NINE)
    assert ready.list_unready(now, 10) == []
    job.run(FixedClock(now))
    assert (count(Paper), count(ReadyPaper)) == (0, 0)


def test_paper_that_cannot_be_drawn_stops_nobody_else_and_is_said_at_the_start(room: Room) -> None:
    with transaction():
        db.session.execute(text("UPDATE question_version SET state = 'retired'"))
    assert make_ready(room) == {}
