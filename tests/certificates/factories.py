"""tests.certificates.factories — exams that were sat and marked, as rows, without going through them."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from exam_app.base.db import db
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.states import ExamState
from exam_app.papers.models import Blueprint, Paper
from exam_app.papers.states import BlueprintState
from exam_app.people.models import Person
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState
from question_bank.kinds import OrganType
from tests.conftest import NINE

_numbers = count(1)


def make_exam(committee: Committee, rules: LocalRules | None = None, opens_at: datetime = NINE) -> Exam:
    """Announce an exam of two hours for every kind of organ."""
    exam = Exam(
        committee_id=committee.id,
        title="2026年第一次任前法律知识考试",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=2),
        duration_minutes=90,
        rules=(rules or LocalRules()).to_document(),
        state=ExamState.ANNOUNCED,
        created_at=opens_at,
    )
    db.session.add(exam)
    db.session.flush()
    for organ in OrganType:
        blueprint = _make_blueprint(committee, organ, opens_at)
        db.session.add(ExamBlueprint(exam_id=exam.id, organ_type=organ, blueprint_id=blueprint.id))
    db.session.flush()
    return exam


def make_entry(exam: Exam, person: Person, organ: OrganType = OrganType.GOVERNMENT, post: str = "") -> RosterEntry:
    """Put a person on the roster."""
    number = next(_numbers)
    entry = RosterEntry(
        exam_id=exam.id,
        person_id=person.id,
        organ_type=organ,
        nominated_post=post or "甲市财政局局长",
        admission_number=f"2026{number:08d}",
        seat=f"{number:02d}",
        code_hash="",
        code_sealed=b"",
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def make_result(
    entry: RosterEntry, score: str = "92", state: ResultState = ResultState.PUBLISHED, band: str = "优秀"
) -> Result:
    """Let a roster entry have been sat and marked; 60 passes."""
    exam = db.session.get_one(Exam, entry.exam_id)
    passed = Decimal(score) >= 60
    result = Result(
        sitting_id=_make_sitting(exam, entry).id,
        exam_id=exam.id,
        person_id=entry.person_id,
        state=state,
        score=Decimal(score),
        passed=passed,
        band=band if passed else "不合格",
        marked_at=exam.closes_at,
        published_at=exam.closes_at,
    )
    db.session.add(result)
    db.session.flush()
    return result


def _make_sitting(exam: Exam, entry: RosterEntry) -> Sitting:
    blueprint = _make_blueprint(exam, entry.organ_type, exam.opens_at)
    paper = Paper(
        committee_id=exam.committee_id,
        blueprint_id=blueprint.id,
        hash="0" * 64,
        sealed_blob=b"",
        drawn_at=exam.opens_at,
    )
    db.session.add(paper)
    db.session.flush()
    ends_at = exam.opens_at + timedelta(minutes=90)
    sitting = Sitting(
        roster_entry_id=entry.id,
        paper_id=paper.id,
        state=SittingState.SUBMITTED,
        started_at=exam.opens_at,
        ends_at=ends_at,
        closed_at=ends_at,
        saves_close_at=ends_at,
        slots=50,
        device_token_hash="0" * 64,
        last_seen_at=ends_at,
    )
    db.session.add(sitting)
    db.session.flush()
    return sitting


def _make_blueprint(owner: Committee | Exam, organ: OrganType, now: datetime) -> Blueprint:
    blueprint = Blueprint(
        committee_id=owner.committee_id if isinstance(owner, Exam) else owner.id,
        name=f"默认方案 {next(_numbers)}",
        organ_type=organ,
        full_marks=Decimal(100),
        state=BlueprintState.READY,
        created_at=now,
    )
    db.session.add(blueprint)
    db.session.flush()
    return blueprint
