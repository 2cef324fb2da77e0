"""intake.placing — one row: what is wrong with it by itself, and which position, form and organ it means. Pure.

A position is proposed where exactly one of the table fits; where none or several do, or the row's own words say
otherwise, the clerk chooses. What the clerk wrote or chose comes in as answers: `<cell>-<key of the row>`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from exam_app.appointments.models import Position
from exam_app.appointments.positions import fitting, forms_instead, organ_named, permitted_forms, removal_forms
from exam_app.appointments.states import APPOINTING_FORMS, Form
from exam_app.base.errors import Invalid
from exam_app.intake.errors import RowPostMissing, SentenceUnclear
from exam_app.intake.reading import Listed, apart, meant
from exam_app.people.errors import ListedNameMissing, ListedTooLong, NameInvalid, PhoneInvalid
from exam_app.people.lists import LONGEST_CELL
from exam_app.people.models import Person
from exam_app.people.rules import clean_name, clean_phone
from question_bank.kinds import OrganType

NONE, ONE, EACH = "none", "one", "each"
TYPED = ("name", "unit", "present", "phone", "post", "reason")
CHOSEN = ("form", "organ", "position", "person", "meaning", "split", "sure", "skip", "update")
Answers = Mapping[str, str]


class Verdict(StrEnum):
    """Whether a row can be taken; the values name the groups of the page."""

    READY = "ready"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Doubt:
    """A question that only people can answer; the words are found by the code."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as understood so far. `twin`: key of an earlier row that means the same person."""

    listed: Listed
    form: Form | None = None
    organ: OrganType | None = None
    position: Position | None = None
    person: Person | None = None
    choices: tuple[Person, ...] = ()
    choice: str = ""
    twin: str = ""
    doubts: tuple[Doubt, ...] = ()
    faults: tuple[Invalid, ...] = ()
    is_left_out: bool = False
    takes_news: bool = False

    @property
    def key(self) -> str:
        """The name of the row on the page."""
        return self.listed.key

    @property
    def verdict(self) -> Verdict:
        """In which group the row stands."""
        if self.is_left_out:
            return Verdict.LEFT_OUT
        return Verdict.WRONG if self.faults else Verdict.DOUBTFUL if self.doubts else Verdict.READY

    @property
    def has_news(self) -> bool:
        """Whether the list gives a known person another unit or post than is on record."""
        if self.person is None:
            return False
        one = self.listed
        return bool((one.unit and one.unit != self.person.unit) or (one.present and one.present != self.person.post))


def with_defaults(rows: Sequence[Listed], form: Form | None, organ: OrganType | None) -> list[Listed]:
    """Return the rows with what holds for the whole list, where their own words are silent.

    A form of the other side than the row's column is not taken, nor an organ beside one that the post names.
    """
    return [_with_default(row, form, organ) for row in rows]


def _with_default(row: Listed, form: Form | None, organ: OrganType | None) -> Listed:
    is_silent = row.form is None and not row.is_contradictory and not row.meanings
    fits = form is not None and row.leaving in (None, form not in APPOINTING_FORMS)
    own_organ = row.organ or row.organ_words or organ_named(row.post)
    return replace(row, form=form if is_silent and fits else row.form, organ=row.organ if own_organ else organ)


def expanded(row: Listed, answers: Answers) -> list[Listed]:
    """Return the rows that a row becomes by what was chosen about its meaning and its posts."""
    chosen = answers.get(f"meaning-{row.key}", "")
    if row.meanings and chosen.isdigit() and int(chosen) < len(row.meanings):
        return [one for made in meant(row, row.meanings[int(chosen)]) for one in expanded(made, answers)]
    one = _corrected(row, answers)
    split = answers.get(f"split-{row.key}", "") if one.post == row.post else ONE
    if split == EACH and row.posts:
        return [_corrected(part, answers) for part in apart(one)]
    return [replace(one, posts=()) if split == ONE else one]


def _corrected(row: Listed, answers: Answers) -> Listed:
    typed: dict[str, Any] = {
        name: answers[f"{name}-{row.key}"].strip() for name in TYPED if f"{name}-{row.key}" in answers
    }
    return replace(row, **typed) if typed else row


def placed(listed: Listed, positions: Sequence[Position], answers: Answers) -> Row:
    """Return the row with its position, form and organ, as its words, the table and the clerk say."""
    row = _checked(listed, answers)
    one = row.listed
    if one.meanings:
        return replace(row, doubts=(Doubt("meaning"),))
    form: Form | None = _member(Form, answers.get(f"form-{one.key}", ""))
    organ: OrganType | None = _member(OrganType, answers.get(f"organ-{one.key}", ""))
    asked = answers.get(f"position-{one.key}", "")
    picked = next((position for position in positions if str(position.id) == asked), None)
    fits = [picked] if picked else [] if asked == NONE else fitting(one.post, organ or one.organ, positions)
    narrowed = [position for position in fits if _suits(position, form or one.form, one.leaving)]
    position = picked or _only(narrowed) or (_only(fits) if not narrowed else None)
    found = replace(
        row,
        position=position,
        form=form or one.form or _form_by_table(position, one.leaving),
        organ=position.organ_type if position else organ or organ_named(one.post) or one.organ,
    )
    doubts = (*_about_the_post(found, fits, asked), *_about_the_form(found, bool(narrowed), form is not None))
    if one.is_post_unsure and not answers.get(f"sure-{one.key}"):
        doubts = (*doubts, Doubt("post_unsure", {"post": one.post}))
    return replace(found, doubts=doubts)


def _checked(listed: Listed, answers: Answers) -> Row:
    """Check what is written in the row alone, and bring name and number into their usual shape."""
    faults: list[Invalid] = []
    if not listed.meanings and not listed.name.strip():
        is_sentence = bool(listed.words) and not listed.post
        faults.append(SentenceUnclear(row=listed.line) if is_sentence else ListedNameMissing(row=listed.line))
    if not listed.meanings and listed.name.strip() and not 1 <= len(listed.post) <= LONGEST_CELL:
        faults.append(RowPostMissing(row=listed.line))
    cells: dict[str, Any] = {"name": listed.name, "phone": listed.phone}
    for cell, clean in (("name", clean_name), ("phone", clean_phone)):
        try:
            cells[cell] = clean(cells[cell]) if cells[cell].strip() else ""
        except (NameInvalid, PhoneInvalid) as fault:
            faults.append(fault)
    if any(len(getattr(listed, name)) > LONGEST_CELL for name in ("unit", "present")):
        faults.append(ListedTooLong(row=listed.line, most=LONGEST_CELL))
    return Row(
        listed=replace(listed, **cells),
        faults=tuple(faults),
        is_left_out=bool(answers.get(f"skip-{listed.key}")),
        takes_news=bool(answers.get(f"update-{listed.key}")),
    )


def _about_the_post(row: Row, fits: Sequence[Position], asked: str) -> Iterator[Doubt]:
    one, named = row.listed, organ_named(row.listed.post)
    if one.posts:
        yield Doubt("split", {"count": len(one.posts), "posts": one.posts})
    elif row.position is None and asked != NONE:
        if named and one.organ and named is not one.organ and not fits:
            yield Doubt("organ_contradicts", {"named": named, "organ": one.organ})
        else:
            yield Doubt("position_several" if len(fits) > 1 else "position_unknown")
    if row.organ is None and asked == NONE:
        yield Doubt("organ_missing")


def _about_the_form(row: Row, is_by_table: bool, is_chosen: bool) -> Iterator[Doubt]:
    one = row.listed
    if one.posts:
        return
    if one.is_contradictory and not is_chosen:
        yield Doubt("form_contradictory", {"words": one.form_words})
    elif row.form is None:
        yield Doubt("form_missing")
    elif row.position is not None and not is_by_table and not is_chosen:
        yield Doubt("form_contradicts", {"form": row.form, "forms": forms_instead(row.position, row.form)})


def _suits(position: Position, form: Form | None, leaving: bool | None) -> bool:
    if form is not None:
        return form in permitted_forms(position)
    return leaving is not False or position.form in APPOINTING_FORMS


def _form_by_table(position: Position | None, leaving: bool | None) -> Form | None:
    if position is None or leaving is None:
        return None
    if leaving:
        return removal_forms(position.form, position.organ_type)[0]
    return position.form if position.form in APPOINTING_FORMS else None


def _only(positions: Sequence[Position]) -> Position | None:
    return positions[0] if len(positions) == 1 else None


def _member(kind: Any, value: str) -> Any:
    return kind(value) if value in set(kind) else None
