"""tests.sittings.factories — questions, blueprint, exam and roster as rows, and people who sit."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from exam_app.bank.models import CitationRow, Question, QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.seating import code_hash
from exam_app.exams.states import ExamState
from exam_app.laws.models import Law
from exam_app.papers.models import Blueprint, BlueprintCell, BlueprintSection
from exam_app.papers.states import BlueprintState
from exam_app.sittings import service as sittings
from exam_app.sittings.models import Sitting
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.conftest import NINE
from tests.factories import make_committee, make_person

SLOTS = 5
MINUTES = 60
CODE = "K7QM3F9D"
KEYS = {Kind.SINGLE: "B", Kind.MULTIPLE: "AC", Kind.TRUE_FALSE: "A"}
LAWS = {Kind.SINGLE: "constitution", Kind.MULTIPLE: "supervisors-law", Kind.TRUE_FALSE: "constitution"}


@dataclass
class Room:
    """An exam of five questions (two single, two multiple, one true or false; 20 marks each) and its people."""

    committee: Committee
    exam: Exam
    entries: list[RosterEntry] = field(default_factory=list)


def make_room(
    people: int = 1,
    rules: LocalRules | None = None,
    set_by: int | None = None,
    now: datetime = NINE,
    name: str = "甲市人大常委会",
) -> Room:
    """Set up and release an exam that opens now for two hours and lasts one; commits."""
    rules = rules or LocalRules(early_hand_in_minutes=0)
    with transaction():
        committee = make_committee(name)
        _make_questions(committee)
        blueprint = _make_blueprint(committee, set_by)
        exam = Exam(
            committee_id=committee.id,
            title="任前法律知识考试",
            place="机关三楼会议室",
            opens_at=now,
            closes_at=now + timedelta(hours=2),
            duration_minutes=MINUTES,
            rules=rules.to_document(),
            state=ExamState.ANNOUNCED,
            set_by=set_by,
            created_at=now,
            announced_at=now,
            released_at=now,
        )
        db.session.add(exam)
        db.session.flush()
        db.session.add(ExamBlueprint(exam_id=exam.id, organ_type=OrganType.GOVERNMENT, blueprint_id=blueprint.id))
        room = Room(committee, exam)
        room.entries = [add_person(room, number) for number in range(1, people + 1)]
    return room


def add_person(room: Room, number: int, name: str = "") -> RosterEntry:
    """Put one more person on the roster."""
    person = make_person(room.committee, name or f"王{'强刚伟芳敏静丽军磊涛'[number % 10]}")
    admission_number = f"2026{room.exam.id:04d}{number:04d}"
    entry = RosterEntry(
        exam_id=room.exam.id,
        person_id=person.id,
        organ_type=OrganType.GOVERNMENT,
        nominated_post="副局长",
        admission_number=admission_number,
        seat=f"{number:02d}",
        code_hash=code_hash(admission_number, CODE),
        code_sealed=b"",
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def begin(entry: RosterEntry, token: str = "token", now: datetime = NINE) -> Sitting:
    """Start the person's sitting; commits."""
    entry_id = entry.id
    with transaction():
        return sittings.start(entry_id, token, now).sitting


def answer(
    sitting: Sitting, slot: int, response: str, revision: int, now: datetime = NINE, token: str = "token"
) -> sittings.Receipt:
    """Save one answer as the browser does; commits."""
    command = sittings.SaveAnswer(
        sitting_id=sitting.id,
        token=token,
        slot=slot,
        response=response,
        revision=revision,
        client_at=now,
        answered=slot,
    )
    with transaction():
        return sittings.save_answer(command, now)


def _make_questions(committee: Committee) -> None:
    if db.session.scalar(select(Law.id).limit(1)) is None:
        db.session.add(Law(slug="constitution", title="中华人民共和国宪法", short_title="宪法"))
        db.session.add(Law(slug="supervisors-law", title="中华人民共和国监察官法", short_title="监察官法"))
    for kind, count in ((Kind.SINGLE, 6), (Kind.MULTIPLE, 6), (Kind.TRUE_FALSE, 3)):
        for number in range(1, count + 1):
            _make_question(committee, kind, number)
    db.session.flush()


def _make_question(committee: Committee, kind: Kind, number: int) -> None:
    code = f"{kind.value}-{number}"
    question = Question(
        committee_id=committee.id, code=code, kind=kind, part=Part.COMMON, use=Use.FORMAL, created_at=NINE
    )
    options = ["正确", "错误"] if kind is Kind.TRUE_FALSE else ["甲项", "乙项", "丙项", "丁项"]
    version = QuestionVersion(
        question=question,
        number=1,
        state=VersionState.LIVE,
        stem=f"第 {number} 道{kind.value}题，依照法律规定，下列说法正确的是？",
        options=options,
        key=KEYS[kind],
        explanation="见所引条文。",
        difficulty=3,
        search_text=code,
        created_at=NINE,
    )
    edition = NINE.date()
    version.citations = [
        CitationRow(position=1, law_slug=LAWS[kind], edition=edition, article=str(number), evidence="依照法律规定")
    ]
    db.session.add(version)


def _make_blueprint(committee: Committee, created_by: int | None) -> Blueprint:
    counts = ((Kind.SINGLE, 2), (Kind.MULTIPLE, 2), (Kind.TRUE_FALSE, 1))
    blueprint = Blueprint(
        committee_id=committee.id,
        name="政府类",
        organ_type=OrganType.GOVERNMENT,
        full_marks=Decimal(100),
        state=BlueprintState.READY,
        created_by=created_by,
        created_at=NINE,
    )
    blueprint.sections = [
        BlueprintSection(
            position=position,
            kind=kind,
            marks_each=Decimal(20),
            cells=[BlueprintCell(position=1, count=count, part=Part.COMMON)],
        )
        for position, (kind, count) in enumerate(counts, 1)
    ]
    db.session.add(blueprint)
    db.session.flush()
    return blueprint
