"""cli.demo.year_office — founds the committee of the demo year: staff, members, bank, positions, all invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from exam_app.appointments import bills
from exam_app.appointments import queries as appointments
from exam_app.audit.service import MACHINE, Actor
from exam_app.bank import service as bank
from exam_app.base.clock import from_local
from exam_app.base.db import transaction
from exam_app.cli.demo import cast_2018 as cast
from exam_app.cli.demo import city
from exam_app.committees import service as committees
from exam_app.committees.rules import LocalRules
from exam_app.committees.service import FoundCommittee
from exam_app.committees.states import Level
from exam_app.laws import service as laws
from exam_app.meetings import members as seats
from exam_app.meetings.members import SeatMember
from exam_app.meetings.states import MemberOffice
from exam_app.people import service as people
from question_bank.formats.yaml import load_content
from question_bank.kinds import OrganType
from question_bank.register import load_register

RULES = LocalRules(letter_number="云人常任〔{year}〕{serial}号")


@dataclass
class Office:
    """What the year is played with."""

    committee_id: int
    actors: dict[str, Actor]
    blueprints: dict[OrganType, int]
    director: str
    names: Iterator[str]
    positions: dict[tuple[OrganType, str], int]
    holders: dict[str, int] = field(default_factory=dict)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return the instant of a clock time on a day, in China."""
    return from_local(datetime(day.year, day.month, day.day, hour, minute))  # noqa: DTZ001 - from_local gives the zone


def found() -> Office:
    """Found the committee as it stood when the term began."""
    then = at(cast.TERM_BEGAN)
    command = FoundCommittee(
        name=cast.NAME, short_name=cast.SHORT, level=Level.CITY, region_code="990200", code=cast.CODE, is_demo=True
    )
    with transaction():
        committee = committees.found(command, MACHINE, then)
        committees.open_term(committee.id, cast.TERM, cast.TERM_BEGAN, MACHINE, then)
        basis = "第十六届人大常委会第一次主任会议通过（演示）"
        committees.record_rules(committee.id, cast.TERM_BEGAN, RULES, basis, MACHINE, then)
        actors = {row[0]: city.hire(committee.id, row, then) for row in cast.STAFF}
        laws.adopt_register(load_register(), then)
        author, reviewer = actors[cast.CLERK], actors[cast.DEPUTY]
        committee_id = committee.id
    with transaction():
        bank.adopt(committee_id, load_content(), author.account_id, reviewer.account_id, MACHINE, then)
    blueprints = city.make_blueprints(committee_id, actors[cast.CLERK], then)
    names = cast.names()
    with transaction():
        director = _seat_members(committee_id, names, actors[cast.CLERK], then)
        bills.load_positions(committee_id)
        positions = _scope(committee_id)
    return Office(committee_id, actors, blueprints, director, names, positions)


def _seat_members(committee_id: int, names: Iterator[str], clerk: Actor, then: datetime) -> str:
    """Seat the members; return the name of the director."""
    offices = [MemberOffice.DIRECTOR, *[MemberOffice.DEPUTY_DIRECTOR] * (cast.DIRECTORS - 2)]
    offices += [MemberOffice.SECRETARY_GENERAL, *[MemberOffice.MEMBER] * (cast.MEMBERS - cast.DIRECTORS)]
    director = ""
    for office in offices:
        command = people.RegisterPerson(committee_id=committee_id, name=next(names), unit="云溪市人大常委会")
        person = people.register(command, clerk, then)
        seat = SeatMember(committee_id=committee_id, person_id=person.id, office=office, began_on=cast.TERM_BEGAN)
        seats.seat_member(seat, clerk, then)
        director = person.name if office is MemberOffice.DIRECTOR else director
    return director


def _scope(committee_id: int) -> dict[tuple[OrganType, str], int]:
    """Take ordinary judges and prosecutors out of the scope of the exam; return the positions by organ and name."""
    found = appointments.list_positions(committee_id)
    for position in found:
        position.in_scope = position.name not in cast.OUT_OF_SCOPE
    return {(position.organ_type, position.name): position.id for position in found}
