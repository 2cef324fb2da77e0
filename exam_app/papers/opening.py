"""papers.opening — writes the slots of a paper as its seal breaks, in one statement that the database unpacks."""

from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Insert, Integer, Numeric, String, Table, bindparam, cast, exists, func, insert, select

from exam_app.bank.models import QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.papers.models import PaperSlot

SLOTS: Table = PaperSlot.__table__  # type: ignore[assignment]
COLUMNS = ("position", "version_id", "kind", "marks", "option_order")
"""What a slot says, in the order in which papers.sealing writes it down."""
TYPES = (Integer(), Integer(), String(), Numeric(7, 2), String())


@lru_cache(maxsize=4)
def write_slots(for_sqlite: bool, while_live: bool = False) -> Insert:
    """Return the statement that writes the slots of :paper from the JSON :slots, if asked for only of live questions.

    A whole hall opens its papers in the same second; fifty rows through the driver would cost more than all the rest.
    """
    unpack = func.json_each(bindparam("slots")) if for_sqlite else func.json_array_elements(_json("slots"))
    slot = unpack.table_valued("value").alias("slot").c.value
    values = [_element(slot, place, for_sqlite) for place in range(len(COLUMNS))]
    rows = select(bindparam("paper", type_=Integer()), *values)
    if while_live:
        its_question = QuestionVersion.id == values[COLUMNS.index("version_id")]
        rows = rows.where(exists().where(its_question, QuestionVersion.state == VersionState.LIVE))
    return insert(SLOTS).from_select(["paper_id", *COLUMNS], rows)


def _json(name: str) -> Any:
    return cast(bindparam(name, type_=String()), JSON)


def _element(slot: Any, place: int, for_sqlite: bool) -> Any:
    element = func.json_extract(slot, f"$[{place}]") if for_sqlite else slot.op("->>")(place)
    return cast(element, TYPES[place])
