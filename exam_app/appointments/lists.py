"""appointments.lists — a bill's items as its page shows them: searched, filtered, counted, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, or_, select

from exam_app.appointments.models import ExamRequirement, Item
from exam_app.appointments.queries import item_rows
from exam_app.appointments.states import MUST_SIT, UNDECIDED, ExamStep, ItemState
from exam_app.base.db import db
from exam_app.exams.models import Exam
from exam_app.people.models import Person
from exam_app.results.models import Result

WAITING, REGISTERED, BLOCKED = "waiting", "registered", "blocked"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which items of a bill are wanted: by name, post or unit, by state, by what the exam has to do with them."""

    bill_id: int
    words: str = ""
    state: ItemState | None = None
    exam: str = ""


def items_asked(asked: Asked) -> Select[Item, Person, ExamRequirement, Exam, Result]:
    """Return the query of the items, in the order of the bill."""
    query = item_rows().where(Item.bill_id == asked.bill_id)
    if asked.words:
        texts = (Person.name, Person.unit, Item.post)
        query = query.where(or_(*(text.contains(asked.words, autoescape=True) for text in texts)))
    if asked.state is not None:
        query = query.where(Item.state == asked.state)
    must_sit = ExamRequirement.outcome.in_(MUST_SIT) & (Item.exam_step == ExamStep.OPEN) & Item.state.in_(UNDECIDED)
    if asked.exam == WAITING:
        query = query.where(must_sit, ExamRequirement.roster_entry_id.is_(None))
    elif asked.exam == REGISTERED:
        query = query.where(must_sit, ExamRequirement.roster_entry_id.is_not(None))
    elif asked.exam == BLOCKED:
        query = query.where(Item.exam_step == ExamStep.BLOCKED, Item.state.in_(UNDECIDED))
    return query


def ids_asked(asked: Asked, states: Collection[ItemState]) -> list[int]:
    """Return the ids of the items asked for that are in one of the states, whatever page they stand on."""
    return list(db.session.scalars(items_asked(asked).with_only_columns(Item.id).where(Item.state.in_(states))))


def ids_to_register(asked: Asked) -> list[int]:
    """Return the ids of the items asked for whose nominee must sit and is on no roster yet."""
    return list(db.session.scalars(items_asked(replace(asked, exam=WAITING)).with_only_columns(Item.id)))


def count_states(bill_id: int) -> dict[ItemState, int]:
    """Return how many items of the bill are in each state that occurs."""
    query = select(Item.state, func.count(Item.id)).where(Item.bill_id == bill_id).group_by(Item.state)
    return {row[0]: row[1] for row in db.session.execute(query)}
