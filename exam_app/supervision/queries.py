"""supervision.queries — reads duties: the board, one duty with its record, what runs out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Case, ColumnElement, Select, case, func, select

from exam_app.appointments.models import Item
from exam_app.base.db import db
from exam_app.meetings.models import Meeting
from exam_app.people.models import Account, Person
from exam_app.supervision.errors import NoSuchDuty
from exam_app.supervision.models import Assessment, DutyEvent, Rectification, ReportDuty
from exam_app.supervision.moves import UNDATED
from exam_app.supervision.rules import Consequence, consequence, from_document
from exam_app.supervision.states import FINISHED, HAS_REPORTED, DutyMode, DutyState
from question_bank.kinds import OrganType

SOON = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the board is asked for."""

    words: str = ""
    year: int | None = None
    organ_type: OrganType | None = None
    mode: DutyMode | None = None
    state: DutyState | None = None
    overdue_on: date | None = None


@dataclass(frozen=True)
class DutyRow:
    """A duty with its person and post, its newest assessment, what follows from that, and the day it waits for."""

    duty: ReportDuty
    item: Item
    person: Person
    assessment: Assessment | None
    rectification: Rectification | None
    due_on: date | None


@dataclass(frozen=True)
class RunningOut:
    """How many duties wait for a day that is near or past, how many of them past it, and the first day."""

    count: int
    overdue: int
    first_due: date | None


@dataclass(frozen=True)
class BoardFigures:
    """How a year stands, and the first year there is anything of."""

    planned: int
    reported: int
    overdue: int
    rectifying: int
    since: int | None


def board(committee_id: int, wanted: Wanted) -> Select[ReportDuty, Item, Person, Assessment, Rectification, date]:
    """Return the query of duties as the board shows them: the day they wait for first, finished ones last."""
    query = _rows().where(ReportDuty.committee_id == committee_id)
    if wanted.words:
        hits = [text.contains(wanted.words, autoescape=True) for text in (Person.name, Person.unit, Item.post)]
        query = query.where(hits[0] | hits[1] | hits[2])
    asked = (
        (ReportDuty.year, wanted.year),
        (Item.organ_type, wanted.organ_type),
        (ReportDuty.mode, wanted.mode),
        (ReportDuty.state, wanted.state),
    )
    for column, value in asked:
        if value is not None:
            query = query.where(column == value)
    if wanted.overdue_on is not None:
        query = query.where(_due() < wanted.overdue_on)
    finished = case((ReportDuty.state.in_(FINISHED), 1), else_=0)
    return query.order_by(finished, _due().nulls_last(), ReportDuty.year.desc(), ReportDuty.id)


def get_row(duty_id: int, committee_id: int) -> DutyRow:
    """Return one duty of the committee as the board shows it, or raise NoSuchDuty."""
    query = _rows().where(ReportDuty.id == duty_id, ReportDuty.committee_id == committee_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NoSuchDuty(duty=duty_id)
    return DutyRow(*row)


def duties_in(year: int, person_id: int, committee_id: int) -> list[ReportDuty]:
    """Return the reports that a person was to give in a year, on whatever post."""
    query = select(ReportDuty).join(Item, Item.id == ReportDuty.item_id).order_by(ReportDuty.id)
    query = query.where(Item.person_id == person_id, ReportDuty.committee_id == committee_id, ReportDuty.year == year)
    return list(db.session.scalars(query))


def assessments_of(duty_id: int) -> list[Assessment]:
    """Return the assessments of a duty, the first one first."""
    return list(db.session.scalars(select(Assessment).where(Assessment.duty_id == duty_id).order_by(Assessment.round)))


def assessment_days(committee_id: int) -> list[date]:
    """Return the days on which anybody of the committee's was assessed, latest first."""
    query = select(Assessment.assessed_on).join(ReportDuty, ReportDuty.id == Assessment.duty_id)
    query = query.where(ReportDuty.committee_id == committee_id).distinct()
    return list(db.session.scalars(query.order_by(Assessment.assessed_on.desc())))


def assessed_on(committee_id: int, day: date) -> list[tuple[Item, Person, Assessment]]:
    """Return everybody who was assessed on that day, with what was counted, in the order of the duties."""
    query = (
        select(Item, Person, Assessment)
        .join(ReportDuty, ReportDuty.id == Assessment.duty_id)
        .join(Item, Item.id == ReportDuty.item_id)
        .join(Person, Person.id == Item.person_id)
        .where(ReportDuty.committee_id == committee_id, Assessment.assessed_on == day)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query.order_by(ReportDuty.id, Assessment.round))]


def rectifications_of(duty_id: int) -> list[tuple[Rectification, Assessment]]:
    """Return what had to be put right, with the assessment it followed from."""
    query = select(Rectification, Assessment).join(Assessment, Assessment.id == Rectification.assessment_id)
    rows = db.session.execute(query.where(Assessment.duty_id == duty_id).order_by(Assessment.round))
    return [(row[0], row[1]) for row in rows]


def find_assessment(duty_id: int) -> Assessment | None:
    """Return the newest assessment of a duty."""
    query = select(Assessment).where(Assessment.duty_id == duty_id)
    return db.session.scalar(query.order_by(Assessment.round.desc()).limit(1))


def rectification_of(duty_id: int) -> Rectification:
    """Return what has to be put right now."""
    return rectifications_of(duty_id)[-1][0]


def follows(assessments: Sequence[Assessment]) -> Consequence:
    """Return what follows from the last of a duty's assessments, the earlier ones in mind."""
    if not assessments:
        return Consequence.NONE
    newest = assessments[-1]
    return consequence(from_document(newest.scheme), newest.outcome, [one.outcome for one in assessments[:-1]])


def still_owed(duty: ReportDuty) -> Consequence:
    """Return what the newest grade asks for and was not done yet."""
    asked = follows(assessments_of(duty.id))
    is_done = duty.state is DutyState.RECTIFIED and asked is Consequence.RECTIFY
    return Consequence.NONE if is_done else asked


def last_day(duty_id: int) -> date | None:
    """Return the day of the last step, leaving out what the office does by itself."""
    query = select(func.max(DutyEvent.happened_on)).where(DutyEvent.duty_id == duty_id)
    return db.session.scalar(query.where(DutyEvent.verb.not_in(UNDATED)))


def events_of(duty_id: int) -> list[tuple[DutyEvent, str]]:
    """Return what happened to a duty and who recorded it, latest first."""
    query = select(DutyEvent, Account.display_name).outerjoin(Account, Account.id == DutyEvent.actor_id)
    rows = db.session.execute(query.where(DutyEvent.duty_id == duty_id).order_by(DutyEvent.id.desc()))
    return [(row[0], row[1] or "") for row in rows]


def find_meeting(duty: ReportDuty) -> Meeting | None:
    """Return the meeting that the report is given at."""
    return db.session.get(Meeting, duty.meeting_id) if duty.meeting_id else None


def figures(committee_id: int, year: int, today: date) -> BoardFigures:
    """Return how a year stands, in one statement. Overdue and rectifying count over all years."""
    this_year = ReportDuty.year == year
    query = (
        select(
            func.count(case((this_year & (ReportDuty.state != DutyState.DROPPED), 1))),
            func.count(case((this_year & ReportDuty.state.in_(HAS_REPORTED), 1))),
            func.count(case((_due() < today, 1))),
            func.count(case((ReportDuty.state == DutyState.RECTIFYING, 1))),
            func.min(ReportDuty.year),
        )
        .select_from(ReportDuty)
        .outerjoin(Assessment, _is_newest())
        .outerjoin(Rectification, Rectification.assessment_id == Assessment.id)
        .where(ReportDuty.committee_id == committee_id)
    )
    return BoardFigures(*db.session.execute(query).one())


def running_out(committee_id: int, today: date) -> RunningOut:
    """Return what waits for a day that is past or within two weeks, in one statement."""
    query = (
        select(func.count(), func.count(case((_due() < today, 1))), func.min(_due()))
        .select_from(ReportDuty)
        .outerjoin(Assessment, _is_newest())
        .outerjoin(Rectification, Rectification.assessment_id == Assessment.id)
        .where(ReportDuty.committee_id == committee_id, _due() <= today + SOON)
    )
    return RunningOut(*db.session.execute(query).one())


def _rows() -> Select[ReportDuty, Item, Person, Assessment, Rectification, date]:
    return (
        select(ReportDuty, Item, Person, Assessment, Rectification, _due())
        .join(Item, Item.id == ReportDuty.item_id)
        .join(Person, Person.id == Item.person_id)
        .outerjoin(Assessment, _is_newest())
        .outerjoin(Rectification, Rectification.assessment_id == Assessment.id)
    )


def _is_newest() -> ColumnElement[bool]:
    other = Assessment.__table__.alias("newest")
    newest = select(func.max(other.c.round)).where(other.c.duty_id == ReportDuty.id).scalar_subquery()
    return (Assessment.duty_id == ReportDuty.id) & (Assessment.round == newest)


def _due() -> Case[date]:
    """The day a duty waits for: the draft, the final text, the report, or the report on rectification."""
    return case(
        (ReportDuty.state.in_({DutyState.PLANNED, DutyState.NOTIFIED}), ReportDuty.draft_due_on),
        (ReportDuty.state == DutyState.DRAFT_RECEIVED, ReportDuty.final_due_on),
        (ReportDuty.state == DutyState.FINAL_RECEIVED, ReportDuty.reports_on),
        (ReportDuty.state == DutyState.RECTIFYING, Rectification.due_on),
    )
