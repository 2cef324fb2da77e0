"""supervision.roll — reads who is in office and owes a report in a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import AFTER_ANNOUNCEMENT, APPOINTING_FORMS
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.people.models import Person
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.rules import Reported, category_of, cycle_of, owes
from exam_app.supervision.states import HAS_REPORTED, STRICTEST, Category, Cycle, DutyMode, DutyState
from question_bank.kinds import OrganType

ORGANS = tuple(OrganType)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """Somebody in office, on the post that asks most of him: how often he reports, what he did, this year's duty."""

    item: Item
    person: Person
    category: Category
    cycle: Cycle
    owes: bool
    reported: Reported
    duty: ReportDuty | None

    @property
    def is_open(self) -> bool:
        """Whether he may be put on the plan."""
        return self.duty is None or self.duty.state is DutyState.DROPPED


def owed(committee_id: int, year: int) -> list[Owed]:
    """Return everybody in office once: who owes a report in the year first, of them who gave none this term."""
    last_day = date(year, 12, 31)
    every = committees.rules_on(committee_id, last_day).rules.report_every
    term = committees.term_on(committee_id, last_day)
    duties = _duties(committee_id)
    rows = []
    for person, items in _in_office(committee_id, last_day):
        mine = duties.get(person.id, [])
        told = _reported(mine, term.began_on if term else date.min)
        rows.append(_row(person, items, year, every, told, mine))
    return sorted(rows, key=_order)


def _row(person: Person, items: list[Item], year: int, every: str, told: Reported, mine: Iterable[ReportDuty]) -> Owed:
    categories = {item.id: category_of(item.organ_type, item.post, item.form) for item in items}
    item = min(items, key=lambda one: (STRICTEST.index(cycle_of(categories[one.id], every)), -one.id))
    cycle = cycle_of(categories[item.id], every)
    since = item.announced_on or date.max
    planned = sorted((one for one in mine if one.year == year), key=lambda one: one.state is DutyState.DROPPED)
    return Owed(
        item=item,
        person=person,
        category=categories[item.id],
        cycle=cycle,
        owes=owes(cycle, year, since, told),
        reported=told,
        duty=planned[0] if planned else None,
    )


def _reported(duties: Iterable[ReportDuty], term_began: date) -> Reported:
    given = [duty for duty in duties if duty.state in HAS_REPORTED and duty.reports_on is not None]
    in_term = [duty for duty in given if duty.reports_on is not None and duty.reports_on >= term_began]
    return Reported(
        last_year=max((duty.year for duty in given), default=None),
        in_term=bool(in_term),
        orally_in_term=any(duty.mode is DutyMode.ORAL for duty in in_term),
    )


def _in_office(committee_id: int, last_day: date) -> list[tuple[Person, list[Item]]]:
    query = select(Item, Person).join(Bill, Bill.id == Item.bill_id).join(Person, Person.id == Item.person_id)
    query = query.where(Bill.committee_id == committee_id, Item.form.in_(APPOINTING_FORMS))
    query = query.where(Item.state.in_(AFTER_ANNOUNCEMENT), Item.announced_on <= last_day)
    held: dict[int, tuple[Person, list[Item]]] = {}
    for item, person in db.session.execute(query.order_by(Item.id)):
        held.setdefault(person.id, (person, []))[1].append(item)
    return list(held.values())


def _duties(committee_id: int) -> Mapping[int, list[ReportDuty]]:
    query = select(Item.person_id, ReportDuty).join(ReportDuty, ReportDuty.item_id == Item.id)
    found: dict[int, list[ReportDuty]] = {}
    for person_id, duty in db.session.execute(query.where(ReportDuty.committee_id == committee_id)):
        found.setdefault(person_id, []).append(duty)
    return found


def _order(row: Owed) -> tuple[bool, bool, int, int, int]:
    organ = ORGANS.index(row.item.organ_type)
    return not row.owes, row.reported.in_term, STRICTEST.index(row.cycle), organ, row.item.id
