"""yearbook.definitions — what each figure of the year counts, written once: its words, its unit and its list.

A figure is the length of its list, so that a number and what it opens can never differ. Items (人次) are counted by the
day they were announced; who sat or reported once a year. Years are those of the calendar in China.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import aliased

from exam_app.appointments.models import Bill, ExamRequirement, Item
from exam_app.appointments.states import Form
from exam_app.base.clock import from_local
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam, RosterEntry
from exam_app.meetings.models import Meeting
from exam_app.people.models import Person
from exam_app.proceedings.models import Letter, Oath, WorkReport
from exam_app.proceedings.states import OathOrganizer, ReportMode
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sittings.models import Sitting

Listed = Select[*tuple[Any, ...]]


class Key(StrEnum):
    """The figures in the order in which the year-end paragraph has them."""

    TOTAL = "total"
    DECIDE_APPOINT = "decide_appoint"
    APPOINT = "appoint"
    REMOVE = "remove"
    ACCEPT_RESIGNATION = "accept_resignation"
    EXAMINED = "examined"
    REPORTED = "reported"
    SWORN = "sworn"


GROUPS = (Key.DECIDE_APPOINT, Key.APPOINT, Key.REMOVE, Key.ACCEPT_RESIGNATION)
APPOINTING = (Key.DECIDE_APPOINT, Key.APPOINT)
PERSONS = (Key.EXAMINED, Key.REPORTED, Key.SWORN)


@dataclass(frozen=True)
class Scope:
    """Whose year is counted, and by which local rules the forms are put into the four groups."""

    committee_id: int
    year: int
    rules: LocalRules

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def after(self) -> date:
        return date(self.year + 1, 1, 1)

    @property
    def begins(self) -> datetime:
        return from_local(datetime(self.year, 1, 1))  # noqa: DTZ001 - a wall clock in China

    @property
    def ends(self) -> datetime:
        return from_local(datetime(self.year + 1, 1, 1))  # noqa: DTZ001

    def holds(self, day: Any) -> ColumnElement[bool]:
        """Say in SQL that a day lies in the year."""
        within: ColumnElement[bool] = (day >= self.first) & (day < self.after)
        return within


@dataclass(frozen=True)
class Figure:
    """One number of the year. `label` may hold {report}: what the committee calls the report of a nominee."""

    key: Key
    label: str
    unit: str
    counts: str
    listed: Callable[[Scope], Listed]

    def words(self, rules: LocalRules) -> str:
        """Return the label with the committee's own words in it."""
        return self.label.format(exam=rules.exam_title, report=rules.report_label)


def group_of(form: Form, rules: LocalRules) -> Key | None:
    """Return the group that a form is counted in; None where the local rules give it none."""
    if form.value in set(GROUPS):
        return Key(form.value)
    group = dict(rules.year_groups).get(form.value)
    return Key(group) if group else None


def count(figure: Figure, scope: Scope) -> Any:
    """Return the number as an expression, so that many are asked for in one statement."""
    return select(func.count()).select_from(figure.listed(scope).order_by(None).subquery()).scalar_subquery()


def _columns(*own: Any) -> tuple[Any, ...]:
    """Name the columns of a list: item, person, unit, post, organ, form, day, what else is told."""
    names = ("item_id", "name", "unit", "post", "organ_type", "form", "day", "detail")
    return tuple(column.label(name) for column, name in zip(own, names, strict=True))


def _items(scope: Scope, group: Key | None = None) -> Listed:
    columns = _columns(
        *(Item.id, Person.name, Person.unit, Item.post, Item.organ_type, Item.form),
        *(Item.announced_on, Bill.document_number),
    )
    query: Listed = select(*columns).select_from(Item).join(Person, Person.id == Item.person_id)
    query = query.join(Bill, Bill.id == Item.bill_id)
    query = query.where(Bill.committee_id == scope.committee_id, scope.holds(Item.announced_on))
    if group is not None:
        query = query.where(Item.form.in_([form for form in Form if group_of(form, scope.rules) is group]))
    return query.order_by(Item.announced_on, Item.bill_id, Item.number)


def _in_group(group: Key) -> Callable[[Scope], Listed]:
    return lambda scope: _items(scope, group)


def _examined(scope: Scope) -> Listed:
    """Persons by their first sitting of the year. A make-up counts only for whoever had not sat before it."""
    before = aliased(Result)
    had_sat = select(before.id).where(
        before.person_id == Result.person_id,
        before.exam_id == Exam.makeup_of_id,
        before.state == ResultState.PUBLISHED,
    )
    first = (
        select(func.min(Result.id))
        .join(Sitting, Sitting.id == Result.sitting_id)
        .join(Exam, Exam.id == Result.exam_id)
        .where(Exam.committee_id == scope.committee_id, Result.state == ResultState.PUBLISHED)
        .where(Sitting.started_at >= scope.begins, Sitting.started_at < scope.ends, ~had_sat.exists())
        .group_by(Result.person_id)
    )
    item = select(func.max(ExamRequirement.item_id)).where(ExamRequirement.roster_entry_id == RosterEntry.id)
    form = select(Item.form).where(Item.id == item.correlate(RosterEntry).scalar_subquery()).correlate(RosterEntry)
    columns = _columns(
        *(item.correlate(RosterEntry).scalar_subquery(), Person.name, Person.unit, RosterEntry.nominated_post),
        *(RosterEntry.organ_type, form.scalar_subquery(), Sitting.started_at, Exam.title),
    )
    query: Listed = select(*columns).select_from(Result).join(Sitting, Sitting.id == Result.sitting_id)
    query = query.join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
    query = query.join(Exam, Exam.id == Result.exam_id).join(Person, Person.id == Result.person_id)
    return query.where(Result.id.in_(first)).order_by(Sitting.started_at, RosterEntry.seat, Result.id)


def _reported(scope: Scope) -> Listed:
    """Persons who came to a meeting of the year and reported there."""
    first = (
        select(func.min(WorkReport.id))
        .join(Meeting, Meeting.id == WorkReport.meeting_id)
        .join(Item, Item.id == WorkReport.item_id)
        .where(Meeting.committee_id == scope.committee_id, scope.holds(Meeting.held_on))
        .where(WorkReport.mode == ReportMode.ORAL)
        .group_by(Item.person_id)
    )
    columns = _columns(
        *(Item.id, Person.name, Person.unit, Item.post, Item.organ_type, Item.form, Meeting.held_on, literal("")),
    )
    query: Listed = select(*columns).select_from(WorkReport).join(Item, Item.id == WorkReport.item_id)
    query = query.join(Meeting, Meeting.id == WorkReport.meeting_id).join(Person, Person.id == Item.person_id)
    return query.where(WorkReport.id.in_(first)).order_by(Meeting.held_on, WorkReport.id)


def _sworn(scope: Scope) -> Listed:
    """Appointments with a letter whose holder swore before the standing committee, by the day the later of both was.

    Each appointment has its own letter and oath: who is appointed twice swears twice and is counted twice, as in the
    number of appointments itself.
    """
    complete = (
        (Letter.issued_on < scope.after)
        & (Oath.sworn_on < scope.after)
        & ((Letter.issued_on >= scope.first) | (Oath.sworn_on >= scope.first))
    )
    columns = _columns(
        *(Item.id, Person.name, Person.unit, Item.post, Item.organ_type, Item.form, Oath.sworn_on, Letter.number),
    )
    query: Listed = select(*columns).select_from(Oath).join(Item, Item.id == Oath.item_id)
    query = query.join(Bill, Bill.id == Item.bill_id).join(Letter, Letter.item_id == Oath.item_id)
    query = query.join(Person, Person.id == Item.person_id)
    query = query.where(Bill.committee_id == scope.committee_id, complete)
    query = query.where(Oath.organizer == OathOrganizer.STANDING_COMMITTEE)
    return query.order_by(Oath.sworn_on, Letter.serial, Oath.id)


FIGURES: Mapping[Key, Figure] = {
    figure.key: figure
    for figure in (
        Figure(Key.TOTAL, "任免国家工作人员", "人次", "当年由常委会通过并公布的全部任免事项", _items),
        Figure(Key.DECIDE_APPOINT, "决定任命", "人", "形式为决定任命的事项", _in_group(Key.DECIDE_APPOINT)),
        Figure(Key.APPOINT, "任命", "人", "形式为任命，以及本地规则归入任命的事项", _in_group(Key.APPOINT)),
        Figure(Key.REMOVE, "免职", "人", "形式为免职，以及本地规则归入免职的事项", _in_group(Key.REMOVE)),
        Figure(Key.ACCEPT_RESIGNATION, "批准辞职", "人", "形式为接受辞职的事项", _in_group(Key.ACCEPT_RESIGNATION)),
        Figure(
            Key.EXAMINED,
            "参加{exam}",
            "名",
            "当年参加考试、成绩已发布的人，每人计一次；补考不重复计算，免考、缺考不计",
            _examined,
        ),
        Figure(Key.REPORTED, "到会作{report}", "人", "当年到常委会会议作报告的人，每人计一次，书面报告不计", _reported),
        Figure(
            Key.SWORN,
            "接受任命书和宪法宣誓",
            "人",
            "当年领取任命书并在常委会组织下宣誓的被任命人员，按任命事项计",
            _sworn,
        ),
    )
}
