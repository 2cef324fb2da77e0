"""submissions.objections — what speaks against an item: facts in, objections out. Pure.

Nothing here forbids: the clerk corrects the item, or records why it may stand (the gravest before the directors).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exam_app.appointments.models import Bill, Item, Position
from exam_app.appointments.positions import forms_instead, has_one_holder, permitted_forms, plain, same_post
from exam_app.appointments.states import (
    ACTING_FORMS,
    AFTER_ANNOUNCEMENT,
    APPOINTING_FORMS,
    UNDECIDED,
    Form,
    ItemState,
)
from exam_app.committees.models import Term
from exam_app.committees.rules import LocalRules
from exam_app.people.models import Person
from exam_app.submissions.states import Objection
from question_bank.kinds import OrganType

GRAVE = frozenset({Objection.WRONG_NOMINATOR, Objection.REJECTED_TWICE, Objection.SITTING_MEMBER})
"""What the directors see together with the answer, and what keeps a review from being concluded while unanswered."""
NOMINATED = frozenset({*APPOINTING_FORMS, Form.REMOVE, Form.APPROVE_REMOVE})
OUTSIDE = frozenset(OrganType) - {OrganType.CONGRESS}
DEPUTIES = {
    OrganType.CONGRESS: r"(人大|常委会)副主任",
    OrganType.GOVERNMENT: r"副[省市县区州旗]长|自治区副主席",
    OrganType.SUPERVISION: r"(监察委员会|监察?委)副主任",
    OrganType.COURT: r"法院副院长",
    OrganType.PROCURATORATE: r"副检察长",
}


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A line of the table of positions, as far as objections go."""

    organ_type: OrganType
    name: str
    form: Form
    nominator: str
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about an item, its nominee and its post when somebody looks."""

    form: Form
    organ_type: OrganType
    post: str
    nominator: str
    today: date
    position: Placed | None = None
    is_member: bool = False
    votes: tuple[tuple[date, bool], ...] = ()
    """Earlier votes of this term on the same person and post: day and whether they passed, oldest first."""
    holders: tuple[str, ...] = ()
    """Who holds the post by the record, the nominee left out, nobody whose removal is under way."""
    is_post_known: bool = False
    is_in_post: bool = False
    is_deputy: bool = False
    """Whether the nominee is, or is about to become, a deputy of the organ."""


@dataclass(frozen=True)
class Found:
    """One objection with the facts that its words name."""

    objection: Objection
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """Another item on record: whose, to which post as it is compared, and the day of its vote if it had one."""

    item: Item
    person: Person
    post: str
    voted_on: date | None = None


@dataclass(frozen=True)
class Record:
    """Everything on record that may speak about the items of one bill."""

    place: str
    today: date
    term: Term | None
    members: frozenset[int]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, kw_only=True)
class History:
    """What is on record about one post: who holds it, who was voted on, which items were announced, who leaves it."""

    in_office: tuple[Earlier, ...] = ()
    voted: tuple[Earlier, ...] = ()
    announced: frozenset[int] = frozenset()
    leaving: frozenset[int] = frozenset()


NOTHING = History()
Post = tuple[OrganType, str]
Asked = tuple[Item, Person, Position | None]


def objections(facts: Facts, rules: LocalRules) -> list[Found]:
    """Return everything that speaks against the item, in the order of the enumeration."""
    found = [*_about_the_position(facts), *_about_the_votes(facts, rules), *_about_the_post(facts)]
    if facts.is_member and facts.form in APPOINTING_FORMS and facts.organ_type in OUTSIDE:
        found.append(Found(Objection.SITTING_MEMBER))
    return sorted(found, key=lambda one: list(Objection).index(one.objection))


def _about_the_position(facts: Facts) -> Iterator[Found]:
    position = facts.position
    if position is None:
        yield Found(Objection.UNKNOWN_POSITION, {"post": facts.post})
        return
    told = {"position": position.name, "basis": position.legal_basis}
    is_nominated = facts.form in NOMINATED and position.form in APPOINTING_FORMS and facts.nominator
    if is_nominated and facts.nominator != position.nominator:
        given = {"given": facts.nominator, "nominator": position.nominator}
        yield Found(Objection.WRONG_NOMINATOR, {**told, **given})
    if facts.form not in permitted_forms(position):
        yield Found(Objection.WRONG_FORM, {**told, "forms": forms_instead(position, facts.form)})


def _about_the_votes(facts: Facts, rules: LocalRules) -> Iterator[Found]:
    if facts.form not in APPOINTING_FORMS:
        return
    lost = rejections(facts.votes, rules.rejections_in_a_row)
    if lost >= rules.rejections_bar:
        yield Found(Objection.REJECTED_TWICE, {"count": lost})
    last = max((day for day, passed in facts.votes if not passed), default=None)
    if last is not None and facts.today < (again := months_later(last, rules.renominate_months)):
        yield Found(Objection.REJECTED_LATELY, {"day": last, "again": again, "months": rules.renominate_months})


def _about_the_post(facts: Facts) -> Iterator[Found]:
    if facts.form not in APPOINTING_FORMS:
        if facts.is_post_known and not facts.is_in_post:
            yield Found(Objection.NOT_IN_POST, {"post": facts.post})
        return
    if facts.holders and has_one_holder(facts.post):
        yield Found(Objection.POST_TAKEN, {"post": facts.post, "holders": "、".join(facts.holders)})
    if facts.form in ACTING_FORMS and not facts.is_deputy:
        yield Found(Objection.DEPUTY_FIRST, {"post": facts.post})


def rejections(votes: Iterable[tuple[date, bool]], in_a_row: bool) -> int:
    """Count lost votes: all of them, or only those since the last one that passed."""
    count = 0
    for _day, passed in sorted(votes):
        count = (0 if in_a_row else count) if passed else count + 1
    return count


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, the month's last day where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def is_deputy_post(post: str, organ: OrganType) -> bool:
    """Whether the words of a post name a deputy of the organ's head, out of whom an acting head is chosen."""
    return re.search(DEPUTIES[organ], plain(post)) is not None


def facts_of(bill: Bill, asked: Iterable[Asked], record: Record) -> dict[int, Facts]:
    """Return the facts of each item by its id, out of what is on record."""
    by_post: dict[Post, list[Earlier]] = {}
    by_person: dict[int, list[Earlier]] = {}
    for one in record.earlier:
        by_post.setdefault((one.item.organ_type, one.post), []).append(one)
        by_person.setdefault(one.person.id, []).append(one)
    histories = {post: _history(of_post) for post, of_post in by_post.items()}
    found = {}
    for row in asked:
        history = histories.get((row[0].organ_type, same_post(row[0].post, record.place)), NOTHING)
        found[row[0].id] = _facts(bill, row, record, history, by_person.get(row[1].id, []))
    return found


def _history(of_post: Iterable[Earlier]) -> History:
    """Sort what is on record about a post once, however many items are about it."""
    appointed = [one for one in of_post if one.item.form in APPOINTING_FORMS]
    removals = (one for one in of_post if one.item.form not in APPOINTING_FORMS)
    return History(
        in_office=tuple(one for one in appointed if one.item.state in AFTER_ANNOUNCEMENT),
        voted=tuple(one for one in appointed if one.voted_on is not None),
        announced=frozenset(one.item.id for one in appointed if one.item.announced_on),
        leaving=frozenset(one.person.id for one in removals if one.item.state in UNDECIDED),
    )


def _facts(bill: Bill, row: Asked, record: Record, history: History, of_person: list[Earlier]) -> Facts:
    item, person, position = row
    in_office = [one for one in history.in_office if one.item.id != item.id]
    voted = [one for one in history.voted if one.item.id != item.id]
    return Facts(
        form=item.form,
        organ_type=item.organ_type,
        post=item.post,
        nominator=bill.nominator,
        today=record.today,
        position=_placed(position),
        is_member=person.id in record.members,
        votes=tuple(sorted(_votes(record.term, voted, person.id))),
        holders=tuple(one.person.name for one in in_office if one.person.id not in history.leaving | {person.id}),
        is_post_known=bool(history.announced - {item.id}),
        is_in_post=any(one.person.id == person.id for one in in_office),
        is_deputy=is_deputy_post(f"{person.unit}{person.post}", item.organ_type) or _becomes_deputy(item, of_person),
    )


def _placed(position: Position | None) -> Placed | None:
    if position is None:
        return None
    return Placed(
        organ_type=position.organ_type,
        name=position.name,
        form=position.form,
        nominator=position.nominator,
        legal_basis=position.legal_basis,
    )


def _votes(term: Term | None, appointed: Iterable[Earlier], person_id: int) -> Iterable[tuple[date, bool]]:
    for one in appointed:
        day = one.voted_on
        if one.person.id == person_id and day is not None and term is not None and term.began_on <= day:
            yield day, one.item.state is not ItemState.VOTED_FAILED


def _becomes_deputy(item: Item, of_person: Iterable[Earlier]) -> bool:
    live = AFTER_ANNOUNCEMENT | UNDECIDED
    return any(
        one.item.form in APPOINTING_FORMS
        and one.item.state in live
        and one.item.organ_type is item.organ_type
        and is_deputy_post(one.item.post, item.organ_type)
        for one in of_person
    )
