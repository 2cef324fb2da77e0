"""tests.papers.factories — a bank, blueprints and papers for the rooms above."""

from datetime import datetime
from decimal import Decimal

from exam_app.audit.service import MACHINE, Actor
from exam_app.bank import service as bank
from exam_app.base.chance import Rng
from exam_app.committees.models import Committee
from exam_app.papers import service as papers
from exam_app.papers.models import Blueprint
from exam_app.papers.rules import CellPlan, SectionPlan
from exam_app.papers.sealing import PoolRow
from question_bank.items import TRUE_FALSE_OPTIONS, Citation, Item
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.conftest import NINE

EVIDENCE = "一切国家机关都必须遵守宪法和法律"
SMALL = (
    SectionPlan(
        kind=Kind.SINGLE,
        marks_each=Decimal(20),
        cells=(CellPlan(count=2, part=Part.COMMON), CellPlan(count=1, part=Part.SPECIAL)),
    ),
    SectionPlan(kind=Kind.MULTIPLE, marks_each=Decimal(20), cells=(CellPlan(count=1, part=Part.COMMON),)),
    SectionPlan(kind=Kind.TRUE_FALSE, marks_each=Decimal(20), cells=(CellPlan(count=1, part=Part.COMMON),)),
)
"""Five questions of 20 marks: three single (one special), one multiple, one true or false."""


def make_item(code: str, kind: Kind = Kind.SINGLE, part: Part = Part.COMMON, difficulty: int = 3) -> Item:
    """Return a question; the special ones are for the government."""
    options = ("依法履职", "依规履职", "照章履职", "随意履职")
    return Item(
        code=code,
        kind=kind,
        use=Use.FORMAL,
        part=part,
        organs=(OrganType.GOVERNMENT,) if part is Part.SPECIAL else (),
        stem=f"关于国家机关遵守宪法和法律，题目{code}的下列说法正确的是",
        options=TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else options,
        key=frozenset("AC" if kind is Kind.MULTIPLE else "A"),
        explanation=f"依据宪法第五条，{EVIDENCE}。",
        difficulty=difficulty,
        citations=(Citation("constitution", NINE.date().replace(2018, 3, 11), "5", 4, None, EVIDENCE),),
    )


def fill_bank(committee: Committee, of_each: int = 4, now: datetime = NINE) -> None:
    """Put so many live questions of each objective kind and part into the bank."""
    kinds = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE)
    items = [
        make_item(f"{kind.value}-{part.value}-{number}", kind, part)
        for kind in kinds
        for part in Part
        for number in range(1, of_each + 1)
    ]
    bank.adopt(committee.id, items, None, None, MACHINE, now)


def make_blueprint(
    committee: Committee,
    organ: OrganType = OrganType.GOVERNMENT,
    name: str = "政府方案",
    sections: tuple[SectionPlan, ...] = SMALL,
    actor: Actor = MACHINE,
) -> Blueprint:
    """Save a draft blueprint."""
    command = papers.SaveBlueprint(
        committee_id=committee.id, name=name, organ_type=organ, full_marks=Decimal(100), sections=sections
    )
    return papers.save_blueprint(command, actor, NINE)


def make_ready_blueprint(committee: Committee, name: str = "政府方案", actor: Actor = MACHINE) -> Blueprint:
    """Save a blueprint for the government and make it ready; the bank must hold questions."""
    blueprint = make_blueprint(committee, name=name, actor=actor)
    papers.make_ready(blueprint.id, committee.id, actor, NINE)
    return blueprint


def make_pool(size: int, source: Rng) -> list[PoolRow]:
    """Return a pool of questions of all sorts, for tests of the pure draw."""
    kinds = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE)
    pool = []
    for number in range(1, size + 1):
        kind, part = source.choice(kinds), source.choice(list(Part))
        organs = frozenset({source.choice(list(OrganType))}) if part is Part.SPECIAL else frozenset()
        laws = frozenset({source.choice(("constitution", "civil-servants-law"))})
        options = 2 if kind is Kind.TRUE_FALSE else 4
        pool.append(PoolRow(number, number + 1000, kind, part, organs, source.randint(1, 5), laws, options))
    return pool
