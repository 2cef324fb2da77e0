"""yearbook.queries — reads the year: its figures, their lists, what they are made of, and the figures by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.base.paging import Page, fetch_page
from exam_app.committees.queries import rules_on
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind
from exam_app.yearbook.breakdown import Tally
from exam_app.yearbook.definitions import FIGURES, Key, Listed, Scope, count
from exam_app.yearbook.errors import NoSuchFigure
from exam_app.yearbook.models import HandFigure
from question_bank.kinds import OrganType

EARLIEST = 1980  # standing committees exist since 1979
YEARS_COMPARED = 5


@dataclass(frozen=True)
class Line:
    """One line of a figure's list. A person who sat without an item, or whose item is gone, opens nothing."""

    item_id: int | None
    name: str
    unit: str
    post: str
    organ_type: OrganType
    form: Form | None
    day: date
    detail: str


def scope_of(committee_id: int, year: int) -> Scope:
    """Return whose year is counted, by the rules that held when it ended."""
    return Scope(committee_id, year, rules_on(committee_id, date(year, 12, 31)).rules)


def counts_of(scopes: Sequence[Scope]) -> dict[int, dict[Key, int]]:
    """Return every figure of every year, in one statement."""
    asked = [(scope.year, key) for scope in scopes for key in FIGURES]
    columns = [count(FIGURES[key], scope) for scope in scopes for key in FIGURES]
    numbers = db.session.execute(select(*columns)).one()
    counted: dict[int, dict[Key, int]] = {scope.year: {} for scope in scopes}
    for (year, key), number in zip(asked, numbers, strict=True):
        counted[year][key] = number
    return counted


def compared(scope: Scope) -> list[Scope]:
    """Return the years that are set beside one another, oldest first; all are counted by the same rules."""
    years = range(scope.year - YEARS_COMPARED + 1, scope.year + 1)
    return [Scope(scope.committee_id, year, scope.rules) for year in years]


def list_page(key: Key, scope: Scope, number: int, size: int) -> Page[Line]:
    """Return one page of a figure's list."""
    page = fetch_page(_dated(key, scope), number, size)
    return Page(rows=[_line(row) for row in page.rows], number=page.number, size=page.size, total=page.total)


def list_all(key: Key, scope: Scope) -> list[Line]:
    """Return the whole list of a figure, for a file."""
    return [_line(row) for row in db.session.execute(_dated(key, scope))]


def _dated(key: Key, scope: Scope) -> Listed:
    return FIGURES[key].listed(scope)


def _line(row: Any) -> Line:
    day = local_date(row.day) if isinstance(row.day, datetime) else row.day
    return Line(row.item_id, row.name, row.unit, row.post, row.organ_type, row.form, day, row.detail)


def tallies(scopes: Sequence[Scope]) -> list[Tally]:
    """Return what was announced in these years, by day, organ and form; all other tables are made of it."""
    query = (
        select(Item.announced_on, Item.organ_type, Item.form, func.count())
        .join(Bill, Bill.id == Item.bill_id)
        .where(Bill.committee_id == scopes[0].committee_id)
        .where(Item.announced_on >= scopes[0].first, Item.announced_on < scopes[-1].after)
        .group_by(Item.announced_on, Item.organ_type, Item.form)
    )
    rows: Sequence[Any] = db.session.execute(query).all()
    return [Tally(*row) for row in rows]


def meetings_of(scope: Scope) -> list[Meeting]:
    """Return the year's meetings of the standing committee, in their order."""
    query = select(Meeting).where(Meeting.committee_id == scope.committee_id, scope.holds(Meeting.held_on))
    query = query.where(Meeting.kind == MeetingKind.STANDING_COMMITTEE)
    return list(db.session.scalars(query.order_by(Meeting.held_on, Meeting.number)))


def recorded_years(committee_id: int) -> range:
    """Return the years from the first announced item to the last, an empty range where there is none yet."""
    query = select(func.min(Item.announced_on), func.max(Item.announced_on)).join(Bill, Bill.id == Item.bill_id)
    first, last = db.session.execute(query.where(Bill.committee_id == committee_id)).one()
    return range(first.year, last.year + 1) if first and last else range(0)


def hand_figures(scope: Scope) -> list[HandFigure]:
    """Return the figures that were entered by hand, in the order of their entry."""
    query = select(HandFigure).where(HandFigure.committee_id == scope.committee_id, HandFigure.year == scope.year)
    return list(db.session.scalars(query.order_by(HandFigure.id)))


def get_hand_figure(figure_id: int, committee_id: int) -> HandFigure:
    """Return a figure of the committee, or raise NoSuchFigure."""
    figure = db.session.get(HandFigure, figure_id)
    if figure is None or figure.committee_id != committee_id:
        raise NoSuchFigure(figure=figure_id)
    return figure
