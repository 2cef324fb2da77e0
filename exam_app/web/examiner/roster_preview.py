"""web.examiner.roster_preview — a list as it will be taken: whom each row means, what must be asked first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.exams.roster import ListedEntry
from exam_app.people import service as people
from exam_app.people.lists import ListedPerson
from exam_app.people.models import Person
from exam_app.people.service import RegisterPerson
from exam_app.texts import words_for
from question_bank.kinds import OrganType

NEW = "new"


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    """A row with what is known of it. `chosen` answers whom of `choices` it means, or a new person."""

    listed: ListedPerson
    person: Person | None = None
    choices: tuple[Person, ...] = ()
    on_roster: bool = False
    organ: str = ""
    chosen: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the person will be registered first."""
        return self.person is None and (not self.choices or self.chosen == NEW)

    @property
    def questions(self) -> tuple[str, ...]:
        """What must be answered before the row can be taken."""
        asked = []
        if not self.organ:
            asked.append(_("请选择机关"))
        if self.choices and self.person is None and not self.chosen:
            asked.append(_("有同名或同电话的人，请选择是谁"))
        return tuple(asked)

    @property
    def is_taken(self) -> bool:
        """Whether the row leads to a new entry."""
        return not self.on_roster and not self.problems


def preview(
    exam_id: int, committee_id: int, listed: Sequence[ListedPerson], answers: Mapping[str, str]
) -> list[PreviewRow]:
    """Return the rows with what the form has answered so far (organ-<row>, person-<row>)."""
    sound = [one for one in listed if not one.faults]
    matches = {match.listed.row: match for match in people.match_list(committee_id, sound)}
    present = {line.person_id for line in exams.roster(exam_id)}
    rows = []
    for one in listed:
        match = matches.get(one.row)
        row = PreviewRow(listed=one, problems=tuple(words_for(fault) for fault in one.faults))
        if match is not None:
            row = replace(row, person=match.person, choices=match.choices)
        rows.append(_answered(row, answers, present))
    return rows


def _answered(row: PreviewRow, answers: Mapping[str, str], present: set[int]) -> PreviewRow:
    number = row.listed.row
    likely = row.listed.likely_organ
    organ = answers.get(f"organ-{number}", likely.value if likely else "")
    chosen = answers.get(f"person-{number}", "")
    person = row.person or next((each for each in row.choices if str(each.id) == chosen), None)
    return replace(
        row,
        person=person,
        on_roster=person is not None and person.id in present,
        organ=organ if organ in set(OrganType) else "",
        chosen=chosen if person is not None or chosen == NEW else "",
    )


def entries(committee_id: int, rows: Sequence[PreviewRow]) -> list[ListedEntry]:
    """Return the entries that the answered rows ask for."""
    return [
        ListedEntry(
            person=row.person.id if row.person else _registration(committee_id, row.listed),
            organ_type=OrganType(row.organ),
            nominated_post=row.listed.nominated_post,
        )
        for row in rows
        if row.is_taken
    ]


def _registration(committee_id: int, one: ListedPerson) -> RegisterPerson:
    return RegisterPerson(committee_id=committee_id, name=one.name, unit=one.unit, post=one.post, phone=one.phone)
