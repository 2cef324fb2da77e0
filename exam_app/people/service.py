"""people.service — use cases of persons and roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.crypto import keyed_hash, seal, unseal
from exam_app.base.db import db
from exam_app.base.keys import keys
from exam_app.people.accounts import get_account
from exam_app.people.errors import NoSuchPerson, OwnRolesUntouchable, RolesMustNotMeet
from exam_app.people.lists import ListedPerson
from exam_app.people.models import Person, RoleGrant
from exam_app.people.queries import persons_named, persons_with_phones, roles_of
from exam_app.people.rules import clean_name, clean_phone, meeting_pair
from exam_app.people.states import Role


@dataclass(frozen=True, kw_only=True)
class RegisterPerson:
    """A person as a list names them."""

    committee_id: int
    name: str
    unit: str = ""
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ListMatch:
    """A row of a list, and whom it means: somebody known, nobody known (a new person), or one of `choices`: ask."""

    listed: ListedPerson
    person: Person | None = None
    choices: tuple[Person, ...] = ()


def register(command: RegisterPerson, actor: Actor, now: datetime) -> Person:
    """Make a person known to the committee, or raise NameInvalid or PhoneInvalid."""
    phone = clean_phone(command.phone)
    person = Person(
        committee_id=command.committee_id,
        name=clean_name(command.name),
        unit=command.unit.strip(),
        post=command.post.strip(),
        created_at=now,
    )
    if phone:
        person.phone_sealed = seal(keys().personal, phone.encode(), "person.phone")
        person.phone_index = phone_index(phone)
    db.session.add(person)
    db.session.flush()  # the audit line needs the id
    audit.note(actor, "person.register", about=f"person:{person.id}", now=now, committee_id=command.committee_id)
    return person


def phone_index(phone: str) -> str:
    """Return the blind index under which a phone number is found without unsealing any."""
    return keyed_hash(keys().personal, "phone", clean_phone(phone))


def match_list(committee_id: int, people: Sequence[ListedPerson]) -> list[ListMatch]:
    """Find out whom each row means, by phone number, else by name and unit, in two statements; rows must be sound."""
    indexes = {one.phone: phone_index(one.phone) for one in people if one.phone}
    by_phone = persons_with_phones(committee_id, indexes.values())
    by_name = persons_named(committee_id, {one.name for one in people})
    return [_match(one, by_phone.get(indexes.get(one.phone, "")), by_name.get(one.name, [])) for one in people]


def _match(one: ListedPerson, caller: Person | None, namesakes: Sequence[Person]) -> ListMatch:
    if caller is not None:
        return (
            ListMatch(listed=one, person=caller)
            if caller.name == one.name
            else ListMatch(listed=one, choices=(caller,))
        )
    of_unit = [person for person in namesakes if one.unit and person.unit == one.unit]
    told_apart = one.phone and any(person.phone_index for person in of_unit)
    if len(of_unit) == 1 and not told_apart:
        return ListMatch(listed=one, person=of_unit[0])
    return ListMatch(listed=one, choices=tuple(namesakes))


def phone_of(person: Person) -> str:
    """Return the unsealed phone number, empty when none is known."""
    sealed = person.phone_sealed
    return unseal(keys().personal, sealed, "person.phone").decode() if sealed else ""


def get_person(person_id: int, committee_id: int) -> Person:
    """Return the committee's person, or raise NoSuchPerson."""
    person = db.session.get(Person, person_id)
    if person is None or person.committee_id != committee_id:
        raise NoSuchPerson(person=person_id)
    return person


def grant_role(account_id: int, committee_id: int, role: Role, actor: Actor, now: datetime) -> None:
    """Grant a role; raise RolesMustNotMeet if it meets one that it must not, in any committee."""
    get_account(account_id)
    if actor.account_id == account_id:
        raise OwnRolesUntouchable
    held = roles_of(account_id)
    pair = meeting_pair({role for _committee, role in held} | {role})
    if pair:
        raise RolesMustNotMeet(first=pair[0].value, second=pair[1].value)
    if (committee_id, role) in held:
        return
    db.session.add(
        RoleGrant(
            account_id=account_id,
            committee_id=committee_id,
            role=role,
            granted_at=now,
            granted_by=actor.account_id,
        )
    )
    db.session.flush()  # the next grant in this act must see it
    audit.note(
        actor,
        "role.grant",
        about=f"account:{account_id}",
        now=now,
        committee_id=committee_id,
        details={"role": role.value},
    )


def revoke_role(account_id: int, committee_id: int, role: Role, actor: Actor, now: datetime) -> None:
    """End a role; the grant stays on record."""
    if actor.account_id == account_id:
        raise OwnRolesUntouchable
    grant = db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.account_id == account_id,
            RoleGrant.committee_id == committee_id,
            RoleGrant.role == role,
            RoleGrant.revoked_at.is_(None),
        )
    )
    if grant is None:
        return
    grant.revoked_at, grant.revoked_by = now, actor.account_id
    audit.note(
        actor,
        "role.revoke",
        about=f"account:{account_id}",
        now=now,
        committee_id=committee_id,
        details={"role": role.value},
    )
