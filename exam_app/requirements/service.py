"""requirements.service — decides again, notes facts about nominees, lets directors approve exemptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exam_app.appointments import queries as appointments
from exam_app.appointments import service
from exam_app.appointments.models import Item
from exam_app.appointments.moves import lock_items, name_of, record
from exam_app.appointments.rules import OWN_FACTS
from exam_app.audit.service import Actor
from exam_app.requirements.errors import AttemptsLeft, EvidenceNeeded, NoExemption
from exam_app.requirements.rules import EXEMPTIONS, Failure

MOST_EVIDENCE = 80


@dataclass(frozen=True, kw_only=True)
class SetFacts:
    """What is true of an item's nominee, beside what the register knows; every fact needs evidence."""

    item_id: int
    committee_id: int
    evidence: str
    continues_in_post: bool = False
    lateral_move: bool = False
    legally_qualified: bool = False


def decide_again(item_ids: Sequence[int], committee_id: int, actor: Actor, now: datetime) -> list[Item]:
    """Decide the requirements of undecided items anew, by the rules of today."""
    items = lock_items(item_ids, committee_id)
    for item in items:
        service.decide_again(item, actor, now)
    return items


def set_facts(command: SetFacts, actor: Actor, now: datetime) -> Item:
    """Note what is true of an undecided item's nominee, and decide the requirement anew."""
    [item] = lock_items([command.item_id], command.committee_id)
    evidence = command.evidence.strip()
    facts = {name: bool(getattr(command, name)) for name in OWN_FACTS}
    if len(evidence) > MOST_EVIDENCE or (any(facts.values()) and not evidence):
        raise EvidenceNeeded(most=MOST_EVIDENCE)
    service.note_facts(item, facts, evidence, actor, now)
    service.decide_again(item, actor, now)
    return item


def approve_exemptions(item_ids: Sequence[int], committee_id: int, actor: Actor, now: datetime) -> list[Item]:
    """Put the approver's name under exemptions that an officer decided; an item without one is refused."""
    items = lock_items(item_ids, committee_id)
    for item in items:
        if appointments.requirement_of(item.id).outcome not in EXEMPTIONS:
            raise NoExemption(name=name_of(item), post=item.post)
        service.take_over(item, actor, now)
    return items


def due_letter(failure: Failure) -> str:
    """Return which letter the nominator is to get, withdraw or defer; refuse if none is due."""
    if not failure.is_letter_due:
        raise AttemptsLeft(name=failure.person.name)
    return failure.consequence


def note_letter(failure: Failure, document_id: int, actor: Actor, now: datetime) -> None:
    """Put on record that the nominator is asked to withdraw or to wait, in which document."""
    record(failure.item, "exam.letter", actor, now, {"consequence": due_letter(failure), "document": document_id})
