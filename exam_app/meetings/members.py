"""meetings.members — the register of members: who takes a seat in which office, who gives it up."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.committees.models import Term
from exam_app.meetings.errors import DirectorTaken, NoSuchSeat, NoTermThatDay, SeatEnded, SeatInvalid, SeatTaken
from exam_app.meetings.models import Membership
from exam_app.meetings.states import MemberOffice
from exam_app.people import service as people
from exam_app.people.models import Person


@dataclass(frozen=True, kw_only=True)
class SeatMember:
    """A person takes a seat on the standing committee in an office."""

    committee_id: int
    person_id: int
    office: MemberOffice
    began_on: date


def seat_member(command: SeatMember, actor: Actor, now: datetime) -> Membership:
    """Give the person a seat of the term that the day falls in, or refuse.

    Somebody who changes office gives up the one seat and takes the other on the same day.
    """
    person = people.get_person(command.person_id, command.committee_id)
    if command.began_on > local_date(now):
        raise SeatInvalid
    term = committees.term_on(command.committee_id, command.began_on)
    if term is None:
        raise NoTermThatDay(held_on=command.began_on)
    db.session.scalars(select(Term.id).where(Term.id == term.id).with_for_update()).one()
    _refuse_taken(term.id, command, person)
    seat = Membership(
        committee_id=command.committee_id,
        term_id=term.id,
        person_id=person.id,
        office=command.office,
        began_on=command.began_on,
    )
    db.session.add(seat)
    db.session.flush()  # whoever ends it needs the id
    _note("member.seat", seat, person, actor, now)
    return seat


def end_membership(membership_id: int, committee_id: int, ended_on: date, actor: Actor, now: datetime) -> Membership:
    """Record from which day on the person has no seat any more; that day counts no longer."""
    query = select(Membership).where(Membership.id == membership_id, Membership.committee_id == committee_id)
    seat = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if seat is None:
        raise NoSuchSeat(seat=membership_id)
    if seat.ended_on is not None:
        raise SeatEnded(ended_on=seat.ended_on)
    if not seat.began_on <= ended_on <= local_date(now):
        raise SeatInvalid
    seat.ended_on = ended_on
    _note("member.end", seat, db.session.get_one(Person, seat.person_id), actor, now)
    return seat


def _refuse_taken(term_id: int, command: SeatMember, person: Person) -> None:
    if _held(term_id, command.began_on, Membership.person_id == person.id) is not None:
        raise SeatTaken(name=person.name)
    if command.office is MemberOffice.DIRECTOR:
        director = _held(term_id, command.began_on, Membership.office == MemberOffice.DIRECTOR)
        if director is not None:
            raise DirectorTaken(name=director.name)


def _held(term_id: int, began_on: date, which: ColumnElement[bool]) -> Person | None:
    """Return whose seat of that kind lasts on the day or begins after it."""
    query = select(Person).join(Membership, Membership.person_id == Person.id).where(Membership.term_id == term_id)
    lasting = Membership.ended_on.is_(None) | (Membership.ended_on > began_on)
    return db.session.scalar(query.where(lasting, which).limit(1))


def _note(verb: str, seat: Membership, person: Person, actor: Actor, now: datetime) -> None:
    ended_on = seat.ended_on.isoformat() if seat.ended_on else ""
    details = {"name": person.name, "office": seat.office.value, "began_on": seat.began_on.isoformat()}
    details |= {"ended_on": ended_on} if ended_on else {}
    about = f"person:{person.id}"
    audit.note(actor, verb, about=about, now=now, committee_id=seat.committee_id, details=details)
