"""sheets.queries — reads sheets: which there are, how far each has come, what was read from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from exam_app.base.crypto import same
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.seating import tidy_code
from exam_app.papers.models import Paper
from exam_app.people.models import Person
from exam_app.sheets import rules
from exam_app.sheets.models import PaperEntry, PaperTurn
from exam_app.sheets.rules import Stage
from exam_app.sittings.errors import NoSuchSitting
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState


@dataclass(frozen=True)
class Reading:
    """What one person read from a sheet, and when."""

    by: int
    at: datetime
    answers: dict[int, str]


@dataclass(frozen=True)
class SheetRow:
    """One person's sheet: whose, and how far it has come."""

    sitting_id: int
    paper_id: int
    state: SittingState
    ends_at: datetime
    closed_at: datetime | None
    entry_id: int
    seat: str
    admission_number: str
    exam_id: int
    exam_title: str
    name: str
    unit: str
    reason: str
    printed_at: datetime
    printed_answers: dict[str, str]
    settled_at: datetime | None
    settled_by: int | None
    settled_answers: dict[str, str] | None
    readings: tuple[Reading, ...]

    @property
    def differing(self) -> tuple[int, ...]:
        """The questions that the two readings answer differently."""
        if len(self.readings) < rules.READINGS:
            return ()
        return rules.differences(self.readings[0].answers, self.readings[1].answers)

    @property
    def stage(self) -> Stage:
        """How far the sheet has come."""
        return rules.stage(self.state, len(self.readings), self.settled_at is not None)

    @property
    def printed(self) -> dict[int, str]:
        """The answers saved by the network that stand printed on the sheet."""
        return rules.from_record(self.printed_answers)

    def was_read_by(self, account_id: int | None) -> bool:
        """Whether the account has read this sheet."""
        return account_id in {reading.by for reading in self.readings}


def sheets_of(exam_id: int) -> list[SheetRow]:
    """Return the sheets of an exam by seat, in one statement. The caller has checked whose exam it is."""
    return _rows(_sheets().where(RosterEntry.exam_id == exam_id))


def get_sheet(sitting_id: int, committee_id: int) -> SheetRow:
    """Return the sheet of one of the committee's sittings, or raise NoSuchSitting."""
    found = _rows(_sheets().where(Sitting.id == sitting_id, Exam.committee_id == committee_id))
    if not found:
        raise NoSuchSitting(sitting=sitting_id)
    return found[0]


def unsettled(committee_id: int) -> list[SheetRow]:
    """Return the committee's sheets that wait for somebody, oldest exam first, in one statement."""
    query = _sheets().where(Exam.committee_id == committee_id, PaperTurn.settled_at.is_(None))
    return _rows(query.where(Sitting.state != SittingState.VOIDED))


def code_of(sitting_id: int, paper_id: int) -> str:
    """Return the code that is printed on a sheet."""
    paper_hash = db.session.scalars(select(Paper.hash).where(Paper.id == paper_id)).one()
    return rules.sheet_code(keys().codes, sitting_id, paper_hash)


def fits_code(row: SheetRow, typed: str) -> bool:
    """Whether the code that was typed is the one on the sheet."""
    return same(tidy_code(typed), code_of(row.sitting_id, row.paper_id))


def _sheets() -> Any:
    """Return the query for sheets that are on paper, with a row for each reading."""
    return (
        select(
            Sitting.id,
            Sitting.paper_id,
            Sitting.state,
            Sitting.ends_at,
            Sitting.closed_at,
            RosterEntry.id,
            RosterEntry.seat,
            RosterEntry.admission_number,
            Exam.id,
            Exam.title,
            Person.name,
            Person.unit,
            PaperTurn.reason,
            PaperTurn.printed_at,
            PaperTurn.printed_answers,
            PaperTurn.settled_at,
            PaperTurn.settled_by,
            PaperTurn.settled_answers,
            PaperEntry.entered_by,
            PaperEntry.entered_at,
            PaperEntry.answers,
        )
        .select_from(PaperTurn)
        .join(Sitting, Sitting.id == PaperTurn.sitting_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .join(Exam, Exam.id == RosterEntry.exam_id)
        .join(Person, Person.id == RosterEntry.person_id)
        .outerjoin(PaperEntry, PaperEntry.sitting_id == PaperTurn.sitting_id)
        .where(Sitting.on_paper_at.is_not(None))
        .order_by(Exam.opens_at, Exam.id, func.length(RosterEntry.seat), RosterEntry.seat, PaperEntry.id)
    )


def _rows(query: Any) -> list[SheetRow]:
    facts: dict[int, list[Any]] = {}
    readings: dict[int, list[Reading]] = {}
    for row in db.session.execute(query):
        *sheet, by, at, answers = row
        facts.setdefault(sheet[0], sheet)
        if by is not None:
            readings.setdefault(sheet[0], []).append(Reading(by, at, rules.from_record(answers)))
    return [SheetRow(*(*sheet, tuple(readings.get(number, ())))) for number, sheet in facts.items()]
