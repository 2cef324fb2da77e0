"""benchmarks.room — fills a database with candidates who are sitting, and with nothing that a save does not read."""

from datetime import timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import insert, text

from exam_app.app import create_app
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.committees.states import Level
from exam_app.exams.models import Exam, RosterEntry
from exam_app.papers.models import Blueprint, Paper
from exam_app.people.models import Person
from exam_app.sittings.answers import token_hash
from exam_app.sittings.models import Sitting
from question_bank.kinds import OrganType


def token_of(candidate: int) -> str:
    """Return the device token of a candidate of the benchmark."""
    return f"bench-token-{candidate:06d}-0123456789abcdef"


def fill_room(instance: Path, url: str, candidates: int) -> str:
    """Migrate, seat the candidates, start their sittings; return the address of the database."""
    app = create_app(Settings(instance=instance, database_url=url), SystemClock())
    with app.app_context():
        upgrade()
        with transaction():
            _seat(candidates)
            db.session.execute(text("CREATE TABLE bare_answer (candidate integer, turn integer, response varchar(8))"))
        address = db.engine.url.render_as_string(hide_password=False)
        db.session.remove()
        db.engine.dispose()
    return address


def _seat(candidates: int) -> None:
    now = SystemClock().now()
    until = now + timedelta(hours=6)
    committee = Committee(name="测速", short_name="测速", level=Level.CITY, region_code="000000")
    db.session.add(committee)
    db.session.flush()
    home = committee.id
    blueprint = Blueprint(
        committee_id=home, name="测速", organ_type=OrganType.GOVERNMENT, full_marks=100, created_at=now
    )
    exam = Exam(
        committee_id=home, title="测速", opens_at=now, closes_at=until, duration_minutes=360, rules={}, created_at=now
    )
    db.session.add_all([blueprint, exam])
    db.session.flush()
    numbers = range(1, candidates + 1)
    sitting = {"started_at": now, "ends_at": until, "saves_close_at": until, "slots": 50, "last_seen_at": now}
    entry = {"exam_id": exam.id, "organ_type": OrganType.GOVERNMENT, "code_hash": "", "code_sealed": b""}
    paper = {"committee_id": home, "blueprint_id": blueprint.id, "hash": "", "sealed_blob": b"", "drawn_at": now}
    db.session.execute(
        insert(Person), [{"id": n, "committee_id": home, "name": "测速", "created_at": now} for n in numbers]
    )
    db.session.execute(insert(Paper), [{"id": n, **paper} for n in numbers])
    db.session.execute(
        insert(RosterEntry),
        [{"id": n, "person_id": n, "admission_number": str(n), "seat": str(n), **entry} for n in numbers],
    )
    db.session.execute(
        insert(Sitting),
        [
            {"id": n, "roster_entry_id": n, "paper_id": n, "device_token_hash": token_hash(token_of(n - 1)), **sitting}
            for n in numbers
        ],
    )
