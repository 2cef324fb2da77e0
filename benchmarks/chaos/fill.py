"""benchmarks.chaos.fill — a real exam in a fresh installation: questions, blueprint, roster and codes."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from flask_migrate import upgrade

from exam_app.app import create_app
from exam_app.audit.service import MACHINE
from exam_app.bank import service as bank
from exam_app.base.chance import CODE_ALPHABET, Rng
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings
from exam_app.base.crypto import seal
from exam_app.base.db import db, transaction
from exam_app.base.keys import keys
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.seating import code_hash, code_seal
from exam_app.exams.states import ExamState
from exam_app.laws.models import Law
from exam_app.papers import service as papers
from exam_app.papers.rules import CellPlan, SectionPlan
from exam_app.people.states import Role
from question_bank.items import TRUE_FALSE_OPTIONS, Citation, Item
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.factories import make_account, make_committee, make_person

SECTIONS = ((Kind.SINGLE, 10, "4"), (Kind.MULTIPLE, 6, "5"), (Kind.TRUE_FALSE, 4, "7.5"))
INVIGILATOR = "chaos-invigilator"
EVIDENCE = "一切国家机关都必须遵守宪法和法律"


@dataclass(frozen=True)
class Hall:
    """The exam and its people: roster entry, admission number and code of each."""

    exam_id: int
    seats: list[tuple[int, str, str]]


def fill(instance: Path, url: str, people: int, rng: Rng) -> Hall:
    """Migrate, and set up an exam that is released; when it closes is said by ring()."""
    app = create_app(Settings(instance=instance, database_url=url), SystemClock())
    with app.app_context():
        upgrade()
        with transaction():
            committee = make_committee("混沌市人大常委会", now=SystemClock().now())
            make_account(committee, Role.INVIGILATOR, username=INVIGILATOR, now=SystemClock().now())
            exam = _exam(committee, rng)
        with transaction():
            seats = [_seat(committee, exam, number, rng) for number in range(1, people + 1)]
            hall = Hall(exam.id, seats)
        db.session.remove()
        db.engine.dispose()
    return hall


def ring(instance: Path, url: str, hall: Hall, seconds: float) -> None:
    """Let the exam close so many seconds from now: called once the machines are up, however long that took."""
    app = create_app(Settings(instance=instance, database_url=url), SystemClock())
    with app.app_context():
        with transaction():
            db.session.get_one(Exam, hall.exam_id).closes_at = SystemClock().now() + timedelta(seconds=seconds)
        db.session.remove()
        db.engine.dispose()


def _exam(committee: Committee, rng: Rng) -> Exam:
    now = SystemClock().now()
    db.session.add(Law(slug="constitution", title="中华人民共和国宪法", short_title="宪法"))
    items = [_item(kind, number, rng) for kind, count, _worth in SECTIONS for number in range(1, 3 * count + 1)]
    bank.adopt(committee.id, items, None, None, MACHINE, now)
    sections = tuple(
        SectionPlan(kind=kind, marks_each=Decimal(worth), cells=(CellPlan(count=count, part=Part.COMMON),))
        for kind, count, worth in SECTIONS
    )
    command = papers.SaveBlueprint(
        committee_id=committee.id,
        name="政府类",
        organ_type=OrganType.GOVERNMENT,
        full_marks=Decimal(100),
        sections=sections,
    )
    blueprint = papers.save_blueprint(command, MACHINE, now)
    papers.make_ready(blueprint.id, committee.id, MACHINE, now)
    rules = LocalRules(early_hand_in_minutes=0, multiple_choice="half_if_incomplete", duration_minutes=240)
    exam = Exam(
        committee_id=committee.id,
        title="任前法律知识考试",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(hours=9),
        duration_minutes=240,
        rules=rules.to_document(),
        state=ExamState.ANNOUNCED,
        created_at=now,
        announced_at=now,
        released_at=now,
    )
    db.session.add(exam)
    db.session.flush()
    db.session.add(ExamBlueprint(exam_id=exam.id, organ_type=OrganType.GOVERNMENT, blueprint_id=blueprint.id))
    return exam


def _item(kind: Kind, number: int, rng: Rng) -> Item:
    options = TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else ("依法履职", "依规履职", "照章履职", "随意履职")
    letters = "ABCD"[: len(options)]
    key = rng.sample(letters, rng.choice((2, 3))) if kind is Kind.MULTIPLE else rng.sample(letters, 1)
    return Item(
        code=f"{kind.value[0].upper()}{number:03d}",
        kind=kind,
        use=Use.FORMAL,
        part=Part.COMMON,
        organs=(),
        stem=f"关于国家机关遵守宪法和法律，{kind.value}第{number}题的下列说法正确的是",
        options=options,
        key=frozenset(key),
        explanation=f"依据宪法第五条，{EVIDENCE}。",
        difficulty=3,
        citations=(Citation("constitution", date(2018, 3, 11), "5", 4, None, EVIDENCE),),
    )


def _seat(committee: Committee, exam: Exam, number: int, rng: Rng) -> tuple[int, str, str]:
    person = make_person(committee, "王" + "强刚伟芳敏静丽军磊涛"[number % 10], now=SystemClock().now())
    admission = f"2026{exam.id:04d}{number:05d}"
    code = "".join(rng.choice(CODE_ALPHABET) for _letter in range(8))
    entry = RosterEntry(
        exam_id=exam.id,
        person_id=person.id,
        organ_type=OrganType.GOVERNMENT,
        nominated_post="副局长",
        admission_number=admission,
        seat=f"{number:03d}",
        code_hash=code_hash(admission, code),
        code_sealed=seal(keys().codes, code.encode(), code_seal(admission)),
    )
    db.session.add(entry)
    db.session.flush()
    return entry.id, admission, code
