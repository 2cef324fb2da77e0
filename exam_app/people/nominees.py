"""people.nominees — persons as a submission names them: somebody known, somebody new, or somebody to be asked about."""

from dataclasses import dataclass
from datetime import datetime

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.people import service as people
from exam_app.people.errors import NomineeUnclear
from exam_app.people.lists import ListedPerson
from exam_app.people.models import Person
from exam_app.people.rules import clean_name, clean_phone
from exam_app.people.service import ListMatch

NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Nominee:
    """A person as a bill names them. `choice`: id of a known person, or "new"; empty where nobody was asked."""

    name: str
    unit: str = ""
    post: str = ""
    phone: str = ""
    choice: str = ""


def settle(committee_id: int, nominee: Nominee, actor: Actor, now: datetime) -> Person:
    """Return the known person the nominee is, or register a new one; raise NomineeUnclear if only people can tell."""
    if nominee.choice.isdigit():
        return people.get_person(int(nominee.choice), committee_id)
    if nominee.choice != NEW:
        match = match_nominee(committee_id, nominee)
        if match.person is not None:
            return match.person
        if match.choices:
            raise NomineeUnclear(name=match.listed.name, count=len(match.choices))
    command = people.RegisterPerson(
        committee_id=committee_id, name=nominee.name, unit=nominee.unit, post=nominee.post, phone=nominee.phone
    )
    return people.register(command, actor, now)


def match_nominee(committee_id: int, nominee: Nominee) -> ListMatch:
    """Find out whom a nominee means, by the same rules as the rows of a list."""
    listed = ListedPerson(
        row=1,
        name=clean_name(nominee.name),
        unit=nominee.unit.strip(),
        post=nominee.post.strip(),
        phone=clean_phone(nominee.phone),
    )
    return people.match_list(committee_id, [listed])[0]


def renew(person: Person, unit: str, post: str, actor: Actor, now: datetime) -> bool:
    """Take over a known person's new unit and post; what is empty leaves the old. Return whether anything is new."""
    was = {"unit": person.unit, "post": person.post}
    person.unit, person.post = unit.strip() or person.unit, post.strip() or person.post
    told = {"unit": person.unit, "post": person.post}
    if told != was:
        details = {"before": was, "after": told}
        about = f"person:{person.id}"
        audit.note(actor, "person.renew", about=about, now=now, committee_id=person.committee_id, details=details)
    return told != was
