"""web.officer.pasting — a pasted list on its way to items: who each row means, and what still has to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from exam_app.appointments.bills import NEW, AddItem, Nominee
from exam_app.appointments.models import Bill
from exam_app.appointments.states import Form
from exam_app.base.i18n import gettext as _
from exam_app.people import service as people
from exam_app.people.lists import ListedPerson, read_pasted
from exam_app.people.models import Person
from exam_app.texts import words_for
from question_bank.kinds import OrganType


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: problems keep the whole list from being taken, an open question has to be answered first."""

    listed: ListedPerson
    organ: OrganType
    person: Person | None
    choices: tuple[Person, ...]
    chosen: str
    problems: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet whom the row means."""
        return bool(self.choices) and not self.chosen


def read_rows(text: str, organ: OrganType, committee_id: int, answers: Mapping[str, str]) -> list[Row]:
    """Read a pasted list; `answers` holds what was chosen for rows that had to be asked about."""
    listed = read_pasted(text)
    sound = [one for one in listed if not one.faults]
    matches = {match.listed.row: match for match in people.match_list(committee_id, sound)}
    rows = []
    for one in listed:
        match = matches.get(one.row)
        choices = match.choices if match else ()
        chosen = answers.get(f"person-{one.row}", "")
        allowed = {NEW, *(str(person.id) for person in choices)}
        rows.append(
            Row(
                listed=one,
                organ=one.organ or organ,
                person=match.person if match else None,
                choices=choices,
                chosen=chosen if chosen in allowed else "",
                problems=_problems(one),
            )
        )
    return rows


def _problems(one: ListedPerson) -> tuple[str, ...]:
    words = [words_for(fault) for fault in one.faults]
    if not one.nominated_post:
        words.append(_("没有“拟任职务”。"))
    return tuple(words)


def command_of(row: Row, bill: Bill, form: Form) -> AddItem:
    """Return the item that a settled row becomes."""
    choice = str(row.person.id) if row.person else row.chosen or NEW
    one = row.listed
    return AddItem(
        bill_id=bill.id,
        committee_id=bill.committee_id,
        nominee=Nominee(name=one.name, unit=one.unit, post=one.post, phone=one.phone, choice=choice),
        organ_type=row.organ,
        post=one.nominated_post,
        form=form,
    )
