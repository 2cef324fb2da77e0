"""papers.service — use cases of blueprints and papers: save, make ready, retire; prepare, open."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import undefer

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.bank import queries as bank
from exam_app.base.crypto import seal
from exam_app.base.db import changed, db, is_sqlite
from exam_app.base.keys import keys
from exam_app.base.states import move
from exam_app.papers.errors import (
    BankInsufficient,
    BlueprintFixed,
    BlueprintInvalid,
    BlueprintNameTaken,
    MarksDoNotSum,
    NoSuchBlueprint,
    NoSuchPaper,
)
from exam_app.papers.models import Blueprint, BlueprintCell, BlueprintSection, Paper, PaperSlot
from exam_app.papers.opening import write_slots
from exam_app.papers.queries import WITH_SECTIONS, get_blueprint, page_name, plan_of, read_sealed_page, seal_name
from exam_app.papers.rules import (
    MAKE_UP_FACTOR,
    Drawable,
    SectionPlan,
    Shortage,
    check_sections,
    eligible,
    shortages,
    total_marks,
)
from exam_app.papers.sealing import draw_document, pack, pack_page, page_of, read_slots
from exam_app.papers.states import BLUEPRINT_MOVES, BlueprintState
from question_bank.kinds import OrganType

LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class SaveBlueprint:
    """A blueprint as the form hands it in; without an id it is a new one."""

    committee_id: int
    name: str
    organ_type: OrganType
    full_marks: Decimal
    sections: tuple[SectionPlan, ...]
    blueprint_id: int | None = None


class Opened(NamedTuple):
    """An opened paper: how many questions, and the page as JSON, serialised when it was drawn."""

    slots: int
    page: str


def save_blueprint(command: SaveBlueprint, actor: Actor, now: datetime) -> Blueprint:
    """Save a draft, new or changed; one that is ready or retired never changes."""
    name = command.name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BlueprintInvalid(field="name", most=LONGEST_NAME)
    if not 1 <= command.full_marks <= 1000:
        raise BlueprintInvalid(field="full_marks", most=1000)
    check_sections(command.sections)
    _refuse_taken_name(command.committee_id, name, command.blueprint_id)
    blueprint = _draft(command, actor, now)
    blueprint.name, blueprint.organ_type, blueprint.full_marks = name, command.organ_type, command.full_marks
    blueprint.sections = []
    db.session.flush()  # the old sections' positions must be free before the new ones take them
    blueprint.sections = [_section(position, plan) for position, plan in enumerate(command.sections, 1)]
    db.session.flush()  # the audit line needs the id
    _note(blueprint, "blueprint.save", actor, now)
    return blueprint


def _draft(command: SaveBlueprint, actor: Actor, now: datetime) -> Blueprint:
    if command.blueprint_id is None:
        blueprint = Blueprint(
            committee_id=command.committee_id,
            name=command.name,
            organ_type=command.organ_type,
            full_marks=command.full_marks,
            created_by=actor.account_id,
            created_at=now,
        )
        db.session.add(blueprint)
        return blueprint
    blueprint = get_blueprint(command.blueprint_id, command.committee_id)
    if blueprint.state is not BlueprintState.DRAFT:
        raise BlueprintFixed(name=blueprint.name)
    return blueprint


def _section(position: int, plan: SectionPlan) -> BlueprintSection:
    cells = [
        BlueprintCell(
            position=number,
            count=cell.count,
            part=cell.part,
            law_slug=cell.law_slug,
            difficulty_from=cell.difficulty_from,
            difficulty_to=cell.difficulty_to,
        )
        for number, cell in enumerate(plan.cells, 1)
    ]
    return BlueprintSection(position=position, kind=plan.kind, marks_each=plan.marks_each, cells=cells)


def _refuse_taken_name(committee_id: int, name: str, own_id: int | None) -> None:
    query = select(Blueprint.id).where(Blueprint.committee_id == committee_id, Blueprint.name == name)
    if db.session.scalar(query) not in (None, own_id):
        raise BlueprintNameTaken(name=name)


def copy_blueprint(blueprint_id: int, committee_id: int, name: str, actor: Actor, now: datetime) -> Blueprint:
    """Start a new draft from a blueprint that may no longer change."""
    source = get_blueprint(blueprint_id, committee_id)
    command = SaveBlueprint(
        committee_id=committee_id,
        name=name,
        organ_type=source.organ_type,
        full_marks=source.full_marks,
        sections=plan_of(source),
    )
    return save_blueprint(command, actor, now)


def make_ready(blueprint_id: int, committee_id: int, actor: Actor, now: datetime) -> tuple[Shortage, ...]:
    """Let exams use the blueprint if marks and bank suffice; return where a make-up exam would lack questions."""
    blueprint = get_blueprint(blueprint_id, committee_id)
    sections = plan_of(blueprint)
    total = total_marks(sections)
    if total != blueprint.full_marks:
        raise MarksDoNotSum(total=_plain(total), full=_plain(blueprint.full_marks))
    pool = bank.pool(committee_id)
    lacking = shortages(sections, pool, blueprint.organ_type)
    if lacking:
        raise BankInsufficient(lacking=len(lacking))
    blueprint.state = move(blueprint.state, BlueprintState.READY, BLUEPRINT_MOVES)
    _note(blueprint, "blueprint.make_ready", actor, now)
    return shortages(sections, pool, blueprint.organ_type, MAKE_UP_FACTOR)


def retire(blueprint_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Take the blueprint out of use; exams that use it already keep it."""
    blueprint = get_blueprint(blueprint_id, committee_id)
    blueprint.state = move(blueprint.state, BlueprintState.RETIRED, BLUEPRINT_MOVES)
    _note(blueprint, "blueprint.retire", actor, now)


@dataclass(frozen=True)
class Drawing:
    """What papers of a blueprint are drawn from: its sections, and the questions that may be in them now."""

    blueprint_id: int
    committee_id: int
    sections: tuple[SectionPlan, ...]
    pool: tuple[Drawable, ...]


def drawing_by(blueprint_id: int) -> Drawing:
    """Return what papers of the blueprint are drawn from now; good for many papers in a row, not for another day."""
    blueprint = db.session.get(Blueprint, blueprint_id, options=[WITH_SECTIONS])
    if blueprint is None:
        raise NoSuchBlueprint(blueprint=blueprint_id)
    sections = plan_of(blueprint)
    kinds = {section.kind for section in sections}
    pool = eligible(bank.pool(blueprint.committee_id), blueprint.organ_type)
    return Drawing(blueprint_id, blueprint.committee_id, sections, tuple(each for each in pool if each.kind in kinds))


def prepare(
    drawing: Drawing, excluded_question_ids: Collection[int], seed: str, now: datetime, multiple_choice: str = ""
) -> Paper:
    """Draw a paper and seal it at once; `multiple_choice` (the frozen rule) is said in the note of that section.

    Raises BankInsufficient when what is left does not make a paper.
    """
    document = draw_document(seed, drawing.sections, drawing.pool, sorted(excluded_question_ids))
    drawn = read_slots(document)
    words = bank.contents([slot.version_id for slot in drawn])
    page = page_of(drawing.sections, drawn, words, multiple_choice)
    document |= {"page": page, "blueprint": drawing.blueprint_id}
    plain, digest = pack(document)
    home, blueprint_id = drawing.committee_id, drawing.blueprint_id
    paper = Paper(committee_id=home, blueprint_id=blueprint_id, hash=digest, sealed_blob=b"", drawn_at=now)
    db.session.add(paper)
    db.session.flush()  # the seal is bound to the id
    paper.sealed_blob = seal(keys().papers, plain, seal_name(paper.id))
    paper.sealed_page = seal(keys().papers, pack_page(document), page_name(paper.id))
    db.session.flush()
    return paper


def open_paper(paper_id: int, now: datetime) -> Opened:
    """Break the seal as the sitting starts and write the slots, once; return what is shown.

    A paper belongs to one roster entry, whose lock the caller holds: nobody opens it beside us.
    """
    paper = db.session.get(Paper, paper_id, options=[undefer(Paper.sealed_page)])
    if paper is None:
        raise NoSuchPaper(paper=paper_id)
    slots, page = read_sealed_page(paper)
    if paper.opened_at is None:
        changed(write_slots(is_sqlite()), {"paper": paper_id, "slots": slots})
        paper.opened_at = now
    return Opened(len(json.loads(slots)), page)


def open_while_live(paper: Paper, now: datetime) -> Opened | None:
    """Open a sealed paper as above; None, with nothing changed, if one of its questions is no longer live."""
    slots, page = read_sealed_page(paper)
    count = len(json.loads(slots))
    if changed(write_slots(is_sqlite(), while_live=True), {"paper": paper.id, "slots": slots}) < count:
        db.session.execute(delete(PaperSlot).where(PaperSlot.paper_id == paper.id))
        return None
    paper.opened_at = now
    return Opened(count, page)


def _note(blueprint: Blueprint, verb: str, actor: Actor, now: datetime) -> None:
    about = f"blueprint:{blueprint.id}"
    audit.note(actor, verb, about=about, now=now, committee_id=blueprint.committee_id, details={"name": blueprint.name})


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
