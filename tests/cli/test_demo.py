"""tests.cli.test_demo — the demo has all that a newcomer needs, is the same every time, and spares a real office."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from exam_app.appointments.models import Item
from exam_app.appointments.states import ExamStep
from exam_app.audit.queries import verify
from exam_app.bank.models import Question
from exam_app.base import chance
from exam_app.base.db import db, transaction
from exam_app.certificates.models import Certificate
from exam_app.cli.demo import SEED, cast, city, show
from exam_app.committees.models import Committee
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.rules import Phase, phase
from exam_app.people.models import Account, RoleGrant
from exam_app.people.states import Role
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from tests.conftest import NINE
from tests.factories import make_committee


def load() -> list[str]:
    """Load the demo as of nine o'clock and return what it said."""
    said: list[str] = []
    with chance.repeatable(SEED):
        city.build(NINE, said.append)
    return said


def count(model: type) -> int:
    """Return how many rows a table holds."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_demo_has_everything_a_newcomer_needs(app: Flask) -> None:
    load()

    exams = list(db.session.scalars(select(Exam).order_by(Exam.id)))
    assert [phase(exam, NINE) for exam in exams] == [Phase.OVER, Phase.RUNNING, Phase.UPCOMING]
    assert count(Committee) == 3
    assert count(Question) >= 360
    assert {role for (role,) in db.session.execute(select(RoleGrant.role))} == set(Role)
    assert not db.session.scalars(select(Account).where(Account.must_change)).all()
    states = {state for (state,) in db.session.execute(select(Result.state))}
    assert states == {ResultState.PUBLISHED}
    assert count(Certificate) == db.session.scalar(select(func.count()).where(Result.passed)) > 5
    steps = {step for (step,) in db.session.execute(select(Item.exam_step))}
    assert {ExamStep.OPEN, ExamStep.CLEARED, ExamStep.BLOCKED} <= steps
    assert verify()[1] == []


def test_demo_is_the_same_every_time(app: Flask, make_app: Callable[[str], Flask], tmp_path: Path) -> None:
    load()
    first = facts()
    with make_app(f"sqlite:///{tmp_path / 'again.sqlite3'}").app_context():
        upgrade()
        load()
        assert facts() == first


def facts() -> dict[str, object]:
    """Return what chance had a hand in."""
    return {
        "codes": list(db.session.scalars(select(RosterEntry.code_hash).order_by(RosterEntry.id))),
        "scores": list(db.session.scalars(select(Result.score).order_by(Result.id))),
        "certificates": list(db.session.scalars(select(Certificate.code).order_by(Certificate.id))),
    }


def test_demo_people_pass_and_fail(app: Flask) -> None:
    load()

    scores = [score for (score,) in db.session.execute(select(Result.score)) if score is not None]
    assert min(scores) < Decimal(60) <= max(scores)


def test_demo_prints_accounts_and_candidates(app: Flask) -> None:
    load()
    said: list[str] = []
    show.accounts(said.append)

    text = "\n".join(said)
    assert cast.PASSWORD in text
    assert all(username in text for username, *_rest in cast.STAFF)


def test_demo_leaves_a_real_office_alone(app: Flask) -> None:
    with transaction():
        make_committee()

    outcome = app.test_cli_runner().invoke(args=["demo"])

    assert outcome.exit_code == 1
    assert "正式数据" in outcome.output
    assert count(Committee) == 1


def test_demo_started_again_keeps_its_data(app: Flask) -> None:
    load()
    before = facts()

    outcome = app.test_cli_runner().invoke(args=["demo"])

    assert outcome.exit_code == 0
    assert facts() == before
