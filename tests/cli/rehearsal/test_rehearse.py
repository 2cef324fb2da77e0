"""tests.cli.rehearsal.test_rehearse — the coming exam is played on a copy; the real data stays as it was."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import OperationalError

from exam_app.base.config import ROOT
from exam_app.base.db import db, transaction
from exam_app.cli.rehearsal import stage as stages
from exam_app.cli.rehearsal.stage import staged
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import ExamState
from tests.cli.rehearsal.conftest import Demo
from tests.exams.factories import make_hall
from tests.journeys.house import PROGRAMS, environ_of
from tests.postgres import find_binaries
from tests.sittings.factories import begin, make_room

LEAD = stages.STARTING


def digest(instance: Path) -> str:
    """Return a digest over every row."""
    with closing(sqlite3.connect(instance / "exam.sqlite3")) as database:
        return hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()


def rehearse(instance: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run flask rehearse over an instance folder."""
    command = [PROGRAMS / "flask", "--app", "wsgi", "rehearse", *options]
    return subprocess.run(command, env=environ_of(instance), cwd=ROOT, capture_output=True, text=True, timeout=180)


def test_exam_is_played_by_twenty_and_judged_and_nothing_real_has_changed(demo: Demo, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    shutil.copytree(demo[0], instance)
    before = digest(instance)

    done = rehearse(instance, "3", "--minutes", "0.4", "--candidates", "20", "--json")

    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["measured"]["candidates"] == 20
    assert said["measured"]["lost"] == 0
    assert (said["measured"]["unfinished"], said["troubles"]) == (0, [])
    assert {
        kind: said["steps"][kind]["count"] for kind in ("sign_in", "check_in", "start", "hand_in")
    } == dict.fromkeys(("sign_in", "check_in", "start", "hand_in"), 20)
    assert said["steps"]["save"]["count"] >= 20
    assert sum(step["failed"] for step in said["steps"].values()) == 0
    assert said["measured"]["flush_ms"] > 0 and said["measured"]["server_cpu"] > 0
    assert done.returncode == (0 if said["holds"] else 1)
    assert digest(instance) == before
    assert not list(instance.glob("rehearsal-*"))
    noted = json.loads((instance / "rehearsals.json").read_text())
    assert noted["exams"] == {"3": {"holds": said["holds"], "candidates": 20}}


def said_of(app: Flask, *options: str) -> str:
    """Return what the command says when it refuses."""
    done = app.test_cli_runner().invoke(args=["rehearse", *options])
    assert done.exit_code == 1
    return done.output


def test_exam_that_does_not_exist_is_refused(app: Flask) -> None:
    assert "没有编号为 77 的考试" in said_of(app, "77")


def test_exam_that_has_begun_is_refused(app: Flask) -> None:
    room = make_room()
    begin(room.entries[0])
    assert "已经有人开始答题" in said_of(app, str(room.exam.id))


def test_exam_without_people_is_refused(app: Flask) -> None:
    assert "名册里还没有人" in said_of(app, str(make_room(people=0).exam.id))


def held(url: str) -> tuple[int, str]:
    """Return how many are on rosters in the copy, and where its exam stands."""
    engine = create_engine(url)
    with engine.connect() as copy:
        people = copy.scalar(select(func.count()).select_from(RosterEntry)) or 0
        state = copy.scalar(select(Exam.state)) or ""
    engine.dispose()
    return people, state


def test_copy_is_filled_up_and_released_and_the_draft_stays_a_draft(app: Flask) -> None:
    exam_id = make_hall(2).exam.id
    db.session.commit()
    with staged(exam_id, 7, LEAD) as stage:
        assert held(stage.url) == (7, ExamState.ANNOUNCED)
        assert len(stage.slips) == 7
        assert stage.url != app.config["SQLALCHEMY_DATABASE_URI"]
    with app.app_context():
        assert db.session.get_one(Exam, exam_id).state is ExamState.DRAFT
        assert db.session.scalar(select(func.count()).select_from(RosterEntry)) == 2
    assert not list(Path(app.config["INSTANCE"]).glob("rehearsal-*"))


@pytest.mark.postgresql
def test_postgresql_is_copied_into_a_database_of_its_own(postgres_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAM_PG_BIN", str(find_binaries()))
    exam_id = make_hall(2).exam.id
    db.session.commit()
    with staged(exam_id, None, LEAD) as stage:
        assert stage.kind == "PostgreSQL"
        assert held(stage.url) == (2, ExamState.ANNOUNCED)
        name = stage.url.rsplit("/", 1)[1].partition("?")[0]
    with pytest.raises(OperationalError, match=name):
        held(stage.url)


@pytest.mark.postgresql
def test_where_no_database_may_be_made_the_copy_is_sqlite_and_says_so(
    postgres_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAM_PG_BIN", "/nowhere")
    exam_id = make_hall(2).exam.id
    db.session.commit()
    with staged(exam_id, None, LEAD) as stage:
        assert stage.kind.startswith("SQLite") and "数字只作参考" in stage.kind
        assert held(stage.url) == (2, ExamState.ANNOUNCED)
    with transaction():
        assert db.session.get_one(Exam, exam_id).state is ExamState.DRAFT


def test_office_that_serves_over_tls_is_rehearsed_over_tls(demo: Demo, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    shutil.copytree(demo[0], instance)
    served = {"at": "2026-03-02T01:00:00+00:00", "workers": 1, "tls": True}
    (instance / "last-served.json").write_text(json.dumps(served))

    said = json.loads(rehearse(instance, "3", "--minutes", "0.25", "--candidates", "4", "--json").stdout)

    assert (said["measured"]["unfinished"], said["measured"]["lost"], said["troubles"]) == (0, 0, [])
