"""tests.cli.test_demo_year — the demo year gives the figures of a real first year, computed from its records."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from exam_app.app import create_app
from exam_app.appointments.models import ExamRequirement, Item
from exam_app.appointments.states import Form, ItemState, Requirement
from exam_app.audit.queries import verify
from exam_app.base import chance
from exam_app.base.clock import FixedClock
from exam_app.base.config import Settings
from exam_app.base.db import db
from exam_app.cli.demo import cast_2018, year
from exam_app.committees.models import Committee
from exam_app.exams.models import RosterEntry
from exam_app.exams.states import Absence
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings.models import Letter, Oath, Vote, WorkReport
from exam_app.proceedings.states import OathOrganizer
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from tests.conftest import NINE

SENTENCES = (
    "全年常委会任免国家工作人员242人次，其中决定任命29人，任命153人，免职57人，批准辞职3人。",
    "对48名拟任命人员进行任前法律知识考试，组织拟任人员16人到会作供职报告，安排被任命人员41人接受任命书和宪法宣誓。",
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, keys_folder: Path) -> Path:
    """A SQLite file with the demo year in it and nothing else, made once."""
    folder = tmp_path_factory.mktemp("year")
    shutil.copy(sqlite_template, folder / "exam.sqlite3")
    shutil.copytree(keys_folder, folder / "keys")
    app = create_app(Settings(instance=folder), FixedClock(NINE))
    with app.app_context(), chance.repeatable(cast_2018.NAME):
        year.build(lambda words: None)
        db.session.remove()
        db.engine.dispose()
    with closing(sqlite3.connect(folder / "exam.sqlite3")) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "exam.sqlite3"


@pytest.fixture
def demo_year(loaded: Path, make_app: Callable[[str], Flask], tmp_path: Path) -> Iterator[Flask]:
    """The application over a copy of the demo year."""
    shutil.copy(loaded, tmp_path / "year.sqlite3")
    app = make_app(f"sqlite:///{tmp_path / 'year.sqlite3'}")
    with app.app_context():
        yield app


def printed(app: Flask) -> str:
    """Return what the command prints for the year."""
    outcome = app.test_cli_runner().invoke(args=["yearbook", "2018", "--committee", cast_2018.CODE])
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def count(*where: Any) -> int:
    """Return how many rows answer."""
    return db.session.scalar(select(func.count()).where(*where)) or 0


def test_year_is_that_of_the_seed(demo_year: Flask) -> None:
    told = printed(demo_year)

    assert all(sentence in told for sentence in SENTENCES)
    meetings = list(db.session.scalars(select(Meeting).where(Meeting.kind == MeetingKind.STANDING_COMMITTEE)))
    assert len(meetings) == 8
    assert {meeting.members_total for meeting in meetings} == {51}
    assert {meeting.state for meeting in db.session.scalars(select(Meeting))} == {MeetingState.CLOSED}
    assert verify()[1] == []


def test_year_has_failures_excuse_and_exemptions(demo_year: Flask) -> None:
    assert count(Result.passed.is_(False)) == 2
    assert count(RosterEntry.absence == Absence.EXCUSED) == 1
    assert count(ExamRequirement.outcome == Requirement.EXEMPT) == 3
    people = select(func.count(Result.person_id.distinct())).where(Result.state == ResultState.PUBLISHED)
    assert db.session.scalar(people) == 48
    assert count(Vote.passed.is_(False)) == 0


def test_year_swears_by_the_text_of_the_day(demo_year: Flask) -> None:
    days = db.session.execute(select(Oath.sworn_on, Oath.edition)).all()
    assert {edition for day, edition in days if day < date(2018, 3, 12)} == {2015}
    assert {edition for day, edition in days if day >= date(2018, 3, 12)} == {2018}


def _unannounce(app: Flask) -> None:
    item = db.session.scalars(select(Item).where(Item.form == Form.APPOINT)).first()
    assert item is not None
    db.session.execute(update(Item).where(Item.id == item.id).values(state=ItemState.VOTED_PASSED, announced_on=None))


def _next_year(app: Flask) -> None:
    item = db.session.scalars(select(Item).where(Item.form == Form.REMOVE)).first()
    assert item is not None
    db.session.execute(update(Item).where(Item.id == item.id).values(announced_on=date(2019, 1, 1)))


def _void(app: Flask) -> None:
    passed = db.session.scalars(select(Result.id).where(Result.passed.is_(True)).order_by(Result.id)).first()
    db.session.execute(update(Result).where(Result.id == passed).values(state=ResultState.VOIDED))


def _no_report(app: Flask) -> None:
    report = db.session.scalars(select(WorkReport.id)).first()
    db.session.execute(delete(WorkReport).where(WorkReport.id == report))


def _no_letter(app: Flask) -> None:
    letter = db.session.scalars(select(Letter.id)).first()
    db.session.execute(delete(Letter).where(Letter.id == letter))


def _sworn_elsewhere(app: Flask) -> None:
    oath = db.session.scalars(select(Oath.id).where(Oath.organizer == OathOrganizer.STANDING_COMMITTEE)).first()
    db.session.execute(update(Oath).where(Oath.id == oath).values(organizer=OathOrganizer.OWN_ORGAN))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_unannounce, "任免国家工作人员241人次，其中决定任命29人，任命152人，免职57人，批准辞职3人"),
        (_next_year, "任免国家工作人员241人次，其中决定任命29人，任命153人，免职56人，批准辞职3人"),
        (_void, "对47名拟任命人员"),
        (_no_report, "拟任人员15人到会"),
        (_no_letter, "被任命人员40人接受"),
        (_sworn_elsewhere, "被任命人员40人接受"),
    ],
)
def test_changing_one_record_changes_the_year(demo_year: Flask, change: Callable[[Flask], None], told: str) -> None:
    assert told not in printed(demo_year)
    change(demo_year)
    db.session.commit()

    assert told in printed(demo_year)


def test_year_is_loaded_once_beside_the_city(app: Flask) -> None:
    first = app.test_cli_runner().invoke(args=["demo", "--year", "2018"])
    assert first.exit_code == 0, first.output
    items = db.session.scalar(select(func.count()).select_from(Item))

    again = app.test_cli_runner().invoke(args=["demo", "--year", "2018"])

    assert again.exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(Item)) == items
    assert db.session.scalar(select(Committee.is_demo).where(Committee.code == cast_2018.CODE))
