"""papers.queries — reads blueprints and opened papers. A sealed paper is not read here."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload, undefer

from exam_app.base.crypto import unseal
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.papers.errors import NoSuchBlueprint, NoSuchPaper, PaperStillSealed
from exam_app.papers.models import Blueprint, BlueprintSection, Paper, PaperSlot
from exam_app.papers.rules import CellPlan, SectionPlan
from exam_app.papers.sealing import (
    OpenedPaper,
    is_repeatable,
    pack_page,
    read_page,
    read_slots,
    unpack,
    unpack_page,
)
from exam_app.papers.states import BlueprintState
from question_bank.kinds import OrganType

WITH_SECTIONS = selectinload(Blueprint.sections).selectinload(BlueprintSection.cells)


class Verification(NamedTuple):
    """What checking a paper after its sitting found: each True when it is as it was sealed."""

    hash_fits: bool
    draw_repeats: bool
    slots_fit: bool

    @property
    def is_sound(self) -> bool:
        """Whether everything is as it was sealed."""
        return self.hash_fits and self.draw_repeats and self.slots_fit


def get_blueprint(blueprint_id: int, committee_id: int) -> Blueprint:
    """Return the committee's blueprint with its sections, or raise NoSuchBlueprint."""
    blueprint = db.session.get(Blueprint, blueprint_id, options=[WITH_SECTIONS])
    if blueprint is None or blueprint.committee_id != committee_id:
        raise NoSuchBlueprint(blueprint=blueprint_id)
    return blueprint


def blueprints_of(committee_id: int, state: BlueprintState | None = None) -> Select[Blueprint]:
    """Return the committee's blueprints with their sections, by organ and name."""
    query = select(Blueprint).where(Blueprint.committee_id == committee_id).options(WITH_SECTIONS)
    if state is not None:
        query = query.where(Blueprint.state == state)
    return query.order_by(Blueprint.organ_type, Blueprint.name)


def ready_blueprints(committee_id: int) -> Mapping[OrganType, list[Blueprint]]:
    """Return what exams may use, for each organ type, newest first."""
    ready: dict[OrganType, list[Blueprint]] = {organ: [] for organ in OrganType}
    for blueprint in db.session.scalars(
        select(Blueprint)
        .where(Blueprint.committee_id == committee_id, Blueprint.state == BlueprintState.READY)
        .order_by(Blueprint.id.desc())
    ):
        ready[blueprint.organ_type].append(blueprint)
    return ready


def names_of(blueprint_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of blueprints that somebody refers to, by id."""
    query = select(Blueprint.id, Blueprint.name).where(Blueprint.id.in_(list(blueprint_ids)))
    return {number: name for number, name in db.session.execute(query)}


def plan_of(blueprint: Blueprint) -> tuple[SectionPlan, ...]:
    """Return the sections of a blueprint as values."""
    return tuple(
        SectionPlan(
            kind=section.kind,
            marks_each=section.marks_each,
            cells=tuple(
                CellPlan(
                    count=cell.count,
                    part=cell.part,
                    law_slug=cell.law_slug,
                    difficulty_from=cell.difficulty_from,
                    difficulty_to=cell.difficulty_to,
                )
                for cell in section.cells
            ),
        )
        for section in blueprint.sections
    )


def read_opened(paper_id: int) -> OpenedPaper:
    """Return an opened paper as its candidate sees it; raise PaperStillSealed before its sitting starts."""
    paper = db.session.get(Paper, paper_id, options=[undefer(Paper.sealed_blob)])
    if paper is None:
        raise NoSuchPaper(paper=paper_id)
    if paper.opened_at is None:
        raise PaperStillSealed(paper=paper_id)
    document, _hash = unpack(unseal(keys().papers, paper.sealed_blob, seal_name(paper_id)))
    return read_page(paper_id, document)


def page_text(paper_id: int) -> str:
    """Return the page of an opened paper as JSON, serialised when it was drawn; raise PaperStillSealed before."""
    paper = db.session.get(Paper, paper_id, options=[undefer(Paper.sealed_page)])
    if paper is None:
        raise NoSuchPaper(paper=paper_id)
    if paper.opened_at is None:
        raise PaperStillSealed(paper=paper_id)
    return read_sealed_page(paper)[1]


def read_sealed_page(paper: Paper) -> tuple[str, str]:
    """Return the slots and the page of a paper, each as JSON; for the service alone before it is opened."""
    if paper.sealed_page is None:  # drawn before pages were kept apart
        document, _hash = unpack(unseal(keys().papers, paper.sealed_blob, seal_name(paper.id)))
        return unpack_page(pack_page(document))
    return unpack_page(unseal(keys().papers, paper.sealed_page, page_name(paper.id)))


def slots(paper_id: int) -> list[PaperSlot]:
    """Return the slots of an opened paper in order; none while it is sealed."""
    query = select(PaperSlot).where(PaperSlot.paper_id == paper_id).order_by(PaperSlot.position)
    return list(db.session.scalars(query))


def list_opened() -> list[int]:
    """Return the ids of all papers that were opened."""
    return list(db.session.scalars(select(Paper.id).where(Paper.opened_at.is_not(None)).order_by(Paper.id)))


def verify(paper_id: int) -> Verification:
    """Check an opened paper: hash, draw (repeated from seed, plan and pool) and slots. Shows nothing of it."""
    paper = db.session.get(Paper, paper_id, options=[undefer(Paper.sealed_blob)])
    if paper is None:
        raise NoSuchPaper(paper=paper_id)
    if paper.opened_at is None:
        raise PaperStillSealed(paper=paper_id)
    document, digest = unpack(unseal(keys().papers, paper.sealed_blob, seal_name(paper_id)))
    page_fits = read_sealed_page(paper) == unpack_page(pack_page(document))
    drawn = [(slot.position, slot.version_id, slot.marks, slot.option_order) for slot in read_slots(document)]
    kept = [(slot.position, slot.version_id, slot.marks, slot.option_order) for slot in slots(paper_id)]
    return Verification(digest == paper.hash, is_repeatable(document), drawn == kept and page_fits)


def seal_name(paper_id: int) -> str:
    """Return what a sealed blob is bound to, so that two papers' blobs cannot change places."""
    return f"paper:{paper_id}"


def page_name(paper_id: int) -> str:
    """Return what a sealed page is bound to."""
    return f"page:{paper_id}"
