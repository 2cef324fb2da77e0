"""results.queries — reads results for pages and jobs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, select

from exam_app.bank.models import CitationRow
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.base.lookups import Lookup
from exam_app.exams.errors import NoSuchEntry
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.laws.models import Law
from exam_app.papers.models import PaperSlot
from exam_app.people.models import Person
from exam_app.results.models import LateDecision, Mark, Result
from exam_app.results.rules import Decided, overlay
from exam_app.results.states import ResultState
from exam_app.sheets.models import PaperTurn
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import LateEvent, Sitting
from exam_app.sittings.states import SittingState
from question_bank.kinds import OrganType
from question_bank.numerals import article_order

AWAITS_SHEET = and_(Sitting.on_paper_at.is_not(None), PaperTurn.settled_at.is_(None))


@dataclass(frozen=True)
class ResultRow:
    """One line of an exam's results; a person without a sitting has no result."""

    entry_id: int
    seat: str
    name: str
    unit: str
    post: str
    nominated_post: str
    organ_type: OrganType
    admission_number: str
    absence: Absence
    absence_reason: str
    sitting_state: SittingState | None
    result_id: int | None
    state: ResultState | None
    score: Decimal | None
    passed: bool | None
    band: str | None
    published_at: datetime | None
    late_answers: int
    on_paper_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class LawShare:
    """How much of the marks on one law a person earned; articles are those cited by the questions missed."""

    slug: str
    title: str
    questions: int
    share: Decimal
    missed: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class PassedExam:
    """An exam that somebody passed: for which kind of organ, on which day."""

    result_id: int
    organ_type: OrganType
    day: date


def get_result(result_id: int) -> Result | None:
    """Return the result, None if there is none."""
    return db.session.get(Result, result_id)


def of_sitting(sitting_id: int) -> Result | None:
    """Return the result of a sitting, None while it is open."""
    return db.session.scalar(select(Result).where(Result.sitting_id == sitting_id))


class Standing(NamedTuple):
    """Where one candidate stands in one exam: all that decides what is to be done next."""

    exam_state: ExamState
    opens_at: datetime
    closes_at: datetime
    released_at: datetime | None
    rules: dict[str, Any]
    absence: Absence
    checked_in_at: datetime | None
    sitting_state: SittingState | None
    saves_close_at: datetime | None
    on_paper_at: datetime | None
    result_state: ResultState | None


_STANDING = Lookup(
    "standing",
    select(
        *(Exam.state, Exam.opens_at, Exam.closes_at, Exam.released_at, Exam.rules),
        *(RosterEntry.absence, RosterEntry.checked_in_at),
        *(Sitting.state, Sitting.saves_close_at, Sitting.on_paper_at, Result.state),
    )
    .select_from(RosterEntry)
    .join(Exam, Exam.id == RosterEntry.exam_id)
    .outerjoin(Sitting, Sitting.roster_entry_id == RosterEntry.id)
    .outerjoin(Result, Result.sitting_id == Sitting.id)
    .where(RosterEntry.id == bindparam("entry")),
)


def standing_of(entry_id: int) -> Standing:
    """Return where a candidate stands, or raise NoSuchEntry; who waits for the bell asks every few seconds."""
    if not (rows := _STANDING.rows(entry=entry_id)):
        raise NoSuchEntry(entry=entry_id)
    return Standing(*rows[0])


def of_person(person_id: int) -> list[Result]:
    """Return a person's published results, newest first."""
    query = select(Result).where(Result.person_id == person_id, Result.state == ResultState.PUBLISHED)
    return list(db.session.scalars(query.order_by(Result.published_at.desc(), Result.id.desc())))


def passed_by(person_ids: Iterable[int]) -> dict[int, list[PassedExam]]:
    """Return the exams that each of the persons has passed."""
    query = (
        select(Result.person_id, Result.id, RosterEntry.organ_type, Sitting.started_at)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .where(Result.state == ResultState.PUBLISHED, Result.passed.is_(True))
        .where(Result.person_id.in_(list(person_ids)))
    )
    passed: dict[int, list[PassedExam]] = {}
    for person_id, result_id, organ_type, started_at in db.session.execute(query.order_by(Result.id)):
        passed.setdefault(person_id, []).append(PassedExam(result_id, organ_type, local_date(started_at)))
    return passed


def late_decisions(sitting_ids: Iterable[int]) -> dict[int, list[Decided]]:
    """Return every decision about a late answer of these sittings, oldest first, in one statement."""
    query = (
        select(
            LateEvent.sitting_id,
            LateDecision.id,
            LateDecision.decided_at,
            LateDecision.accepted,
            LateEvent.id,
            LateEvent.revision,
            LateEvent.slot,
            LateEvent.response,
        )
        .join(LateEvent, LateEvent.id == LateDecision.late_event_id)
        .where(LateEvent.sitting_id.in_(list(sitting_ids)))
        .order_by(LateDecision.id)
    )
    decisions: dict[int, list[Decided]] = {}
    rows: Sequence[Any] = db.session.execute(query).all()
    for sitting_id, *facts in rows:
        decisions.setdefault(sitting_id, []).append(Decided(*facts))
    return decisions


def counting_answers(sitting_id: int) -> dict[int, str]:
    """Return the response that counts for each slot: what came in time, overlaid by accepted late answers."""
    return overlay(sittings.answers_of(sitting_id), late_decisions([sitting_id]).get(sitting_id, []))


def list_waiting() -> list[int]:
    """Return the results that wait for their marking, oldest first; whose sheet is not settled waits for people."""
    query = (
        select(Result.id)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .outerjoin(PaperTurn, PaperTurn.sitting_id == Result.sitting_id)
        .where(Result.state == ResultState.WAITING, ~AWAITS_SHEET)
    )
    return list(db.session.scalars(query.order_by(Result.id)))


def awaits_sheet(sitting_id: int) -> bool:
    """Whether the sitting is on paper and what stands on the sheet is not settled."""
    query = select(Sitting.id).outerjoin(PaperTurn, PaperTurn.sitting_id == Sitting.id)
    return db.session.scalar(query.where(Sitting.id == sitting_id, AWAITS_SHEET)) is not None


def count_sheets_awaited(exam_id: int) -> int:
    """Return how many results of the exam wait for their sheets."""
    query = (
        select(func.count())
        .select_from(Result)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .outerjoin(PaperTurn, PaperTurn.sitting_id == Result.sitting_id)
        .where(Result.exam_id == exam_id, Result.state == ResultState.WAITING, AWAITS_SHEET)
    )
    return db.session.scalar(query) or 0


def count_in_state(exam_id: int, state: ResultState) -> int:
    """Return how many results of the exam are in that state."""
    query = select(func.count()).select_from(Result).where(Result.exam_id == exam_id, Result.state == state)
    return db.session.scalar(query) or 0


def unpublished(committee_id: int) -> list[tuple[Exam, int]]:
    """Return the committee's exams that have marked results nobody has published, with how many; oldest first."""
    query = (
        select(Exam, func.count())
        .join(Result, Result.exam_id == Exam.id)
        .where(Exam.committee_id == committee_id, Result.state == ResultState.MARKED)
        .group_by(Exam.id)
        .order_by(Exam.closes_at)
    )
    return [(exam, count) for exam, count in db.session.execute(query)]


def for_exam(exam_id: int) -> list[ResultRow]:
    """Return everybody on the roster with what became of them, in one statement."""
    late = (
        select(func.count())
        .select_from(LateEvent)
        .where(LateEvent.sitting_id == Sitting.id)
        .correlate(Sitting)
        .scalar_subquery()
    )
    query = (
        select(
            RosterEntry.id,
            RosterEntry.seat,
            Person.name,
            Person.unit,
            Person.post,
            RosterEntry.nominated_post,
            RosterEntry.organ_type,
            RosterEntry.admission_number,
            RosterEntry.absence,
            RosterEntry.absence_reason,
            Sitting.state,
            Result.id,
            Result.state,
            Result.score,
            Result.passed,
            Result.band,
            Result.published_at,
            late,
            Sitting.on_paper_at,
        )
        .join(Person, Person.id == RosterEntry.person_id)
        .outerjoin(Sitting, Sitting.roster_entry_id == RosterEntry.id)
        .outerjoin(Result, Result.sitting_id == Sitting.id)
        .where(RosterEntry.exam_id == exam_id)
        .order_by(RosterEntry.seat)
    )
    rows: Sequence[Any] = db.session.execute(query).all()
    return [ResultRow(*row) for row in rows]


def marks_of(result_id: int) -> list[Mark]:
    """Return the marks of a result by slot."""
    return list(db.session.scalars(select(Mark).where(Mark.result_id == result_id).order_by(Mark.slot)))


def weak_laws(result_id: int) -> list[LawShare]:
    """Return the laws on which marks were lost, worst first, with the articles that the missed questions cite."""
    query = (
        select(CitationRow.law_slug, Law.title, CitationRow.edition, CitationRow.article, Mark.slot, Mark.fraction)
        .select_from(Mark)
        .join(Result, Result.id == Mark.result_id)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .join(PaperSlot, (PaperSlot.paper_id == Sitting.paper_id) & (PaperSlot.position == Mark.slot))
        .join(CitationRow, CitationRow.version_id == PaperSlot.version_id)
        .outerjoin(Law, Law.slug == CitationRow.law_slug)
        .where(Mark.result_id == result_id)
        .order_by(CitationRow.law_slug, Mark.slot, CitationRow.position)
    )
    laws: dict[str, list[tuple[str, date, str, int, Decimal]]] = {}
    for slug, title, edition, article, slot, fraction in db.session.execute(query):
        laws.setdefault(slug, []).append((title or slug, edition, article, slot, fraction))
    shares = [_law_share(slug, rows) for slug, rows in laws.items()]
    return sorted((share for share in shares if share.missed), key=lambda share: (share.share, -share.questions))


def _law_share(slug: str, rows: list[tuple[str, date, str, int, Decimal]]) -> LawShare:
    by_slot = {slot: fraction for _title, _edition, _article, slot, fraction in rows}
    missed = {(edition, article) for _title, edition, article, _slot, fraction in rows if fraction < 1}
    share = sum(by_slot.values(), Decimal(0)) / len(by_slot)
    return LawShare(
        slug=slug,
        title=rows[0][0],
        questions=len(by_slot),
        share=share,
        missed=tuple(sorted(missed, key=lambda cited: (cited[0], article_order(cited[1])))),
    )
