"""tests.exams.factories — exams and rosters for the rooms above."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.exams import roster, service
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.roster import NewEntry
from exam_app.exams.service import SetUpExam
from question_bank.kinds import OrganType
from tests.conftest import NINE
from tests.factories import make_committee, make_person
from tests.papers.factories import fill_bank, make_ready_blueprint

OPENS = NINE + timedelta(days=10)
SURNAMES = "赵钱孙李周吴郑冯陈卫"
GIVEN = "强刚伟芳敏静丽军磊涛"


@dataclass
class Hall:
    """An exam with its committee, blueprint and people."""

    committee: Committee
    exam: Exam
    entries: list[RosterEntry]
    blueprint_id: int


def set_up(committee: Committee, blueprint_id: int, **changes: object) -> SetUpExam:
    """Return an exam ten days ahead, two hours long, that lasts ninety minutes."""
    values: dict[str, object] = {
        "committee_id": committee.id,
        "title": "2026年第一次任前法律知识考试",
        "place": "机关三楼会议室",
        "opens_at": OPENS,
        "closes_at": OPENS + timedelta(hours=2),
        "rules": LocalRules(),
        "blueprints": {OrganType.GOVERNMENT: blueprint_id},
    }
    return SetUpExam(**{**values, **changes})  # type: ignore[arg-type]


def make_hall(people: int = 2, *, announced: bool = False, actor: Actor = MACHINE, now: datetime = NINE) -> Hall:
    """Set up an exam in a new committee with a bank, a blueprint and so many people of the government."""
    committee = make_committee()
    fill_bank(committee)
    blueprint = make_ready_blueprint(committee)
    exam = service.create(set_up(committee, blueprint.id), actor, now)
    hall = Hall(committee, exam, [], blueprint.id)
    names = [f"{SURNAMES[number % 10]}{GIVEN[number // 10 % 10]}" for number in range(people)]
    persons = [make_person(committee, name, unit=f"甲市第{number}局") for number, name in enumerate(names, 1)]
    entries = [
        NewEntry(person_id=person.id, organ_type=OrganType.GOVERNMENT, nominated_post="局长") for person in persons
    ]
    if entries:
        hall.entries = roster.add_entries(exam.id, committee.id, entries, MACHINE, now)
    if announced:
        service.announce(exam.id, committee.id, MACHINE, now)
    db.session.flush()
    return hall


def code_of(hall: Hall, entry: RosterEntry) -> str:
    """Return the code on somebody's slip."""
    return roster.codes_for_printing(hall.exam.id, hall.committee.id, MACHINE, NINE)[entry.id]
