"""tests.yearbook.test_figures — each figure counts what its definition says, and changes with one record."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from exam_app.appointments.models import Item
from exam_app.appointments.states import Form
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam
from exam_app.exams.states import Absence
from exam_app.meetings.states import MeetingKind
from exam_app.people.models import Person
from exam_app.proceedings.states import OathOrganizer, ReportMode
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.yearbook import queries
from exam_app.yearbook.definitions import FIGURES, GROUPS, Key, Scope, group_of
from exam_app.yearbook.paragraph import adds_up
from tests.appointments.factories import make_foreign, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.factories import make_person
from tests.yearbook.factories import (
    DAY,
    at_china,
    make_decided,
    make_letter,
    make_meeting,
    make_oath,
    make_report,
    person_of,
)

YEAR = DAY.year


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee with the usual rules."""
    with transaction():
        return make_office()


def counts(committee: Committee, year: int = YEAR) -> dict[Key, int]:
    return queries.counts_of([queries.scope_of(committee.id, year)])[year]


def sit(committee: Committee, person: Person, exam: Exam | None = None, **changes: object) -> Result:
    """Let a person have sat an exam of June."""
    exam = exam or make_exam(committee, opens_at=at_china(YEAR, 6, 20))
    return make_result(make_entry(exam, person), **changes)  # type: ignore[arg-type]


def test_items_are_counted_by_form_and_add_up(committee: Committee) -> None:
    with transaction():
        for form, number in ((Form.DECIDE_APPOINT, 2), (Form.APPOINT, 3), (Form.REMOVE, 1)):
            for _ in range(number):
                make_decided(committee, form)
        make_decided(committee, Form.ACCEPT_RESIGNATION)
        make_decided(committee, Form.APPROVE_APPOINT)
        make_decided(committee, Form.DISMISS)
    found = counts(committee)

    assert found[Key.TOTAL] == 9
    assert [found[key] for key in GROUPS] == [2, 4, 2, 1]
    assert adds_up(found)


def test_local_rules_say_where_a_form_is_counted(app: Flask) -> None:
    groups = tuple((form, "remove" if form == "decide_acting" else group) for form, group in LocalRules().year_groups)
    with transaction():
        committee = make_office(LocalRules(year_groups=groups))
        make_decided(committee, Form.DECIDE_ACTING)
    found = counts(committee)

    assert (found[Key.REMOVE], found[Key.APPOINT]) == (1, 0)


def test_form_without_a_group_shows_that_the_parts_do_not_add_up(committee: Committee) -> None:
    with transaction():
        make_decided(committee, Form.DECIDE_ACTING)
    scope = Scope(committee.id, YEAR, LocalRules(year_groups=()))

    assert group_of(Form.DECIDE_ACTING, scope.rules) is None
    assert not adds_up(queries.counts_of([scope])[YEAR])


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2024, 12, 31), 2024), (date(2025, 1, 1), 2025), (date(2025, 12, 31), 2025), (date(2026, 1, 1), 2026)],
)
def test_item_belongs_to_the_year_it_was_announced_in(committee: Committee, day: date, year: int) -> None:
    with transaction():
        make_decided(committee, day=day)

    assert [counts(committee, each)[Key.TOTAL] for each in (2024, 2025, 2026)] == [
        int(each == year) for each in (2024, 2025, 2026)
    ]


def test_item_that_was_not_announced_is_not_counted(committee: Committee) -> None:
    with transaction():
        item = make_decided(committee, day=None)
    assert counts(committee)[Key.TOTAL] == 0

    with transaction():
        db.session.execute(update(Item).where(Item.id == item.id).values(announced_on=DAY))
    assert counts(committee)[Key.TOTAL] == 1


def test_one_record_more_changes_the_figure(committee: Committee) -> None:
    with transaction():
        items = [make_decided(committee) for _ in range(2)]
    before = counts(committee)
    with transaction():
        db.session.execute(update(Item).where(Item.id == items[0].id).values(form=Form.REMOVE))
    after = counts(committee)

    assert (before[Key.APPOINT], before[Key.REMOVE]) == (2, 0)
    assert (after[Key.APPOINT], after[Key.REMOVE]) == (1, 1)


def test_person_who_sat_is_counted_once(committee: Committee) -> None:
    with transaction():
        person, other = make_person(committee, "李芳"), make_person(committee, "赵强")
        sit(committee, person)
        sit(committee, person, make_exam(committee, opens_at=at_china(YEAR, 9, 1)))
        sit(committee, other, score="40")

    assert counts(committee)[Key.EXAMINED] == 2


def test_makeup_is_not_counted_again_in_its_own_year_or_the_next(committee: Committee) -> None:
    with transaction():
        person = make_person(committee, "李芳")
        first = make_exam(committee, opens_at=at_china(YEAR, 12, 30))
        sit(committee, person, first, score="40")
        again = make_exam(committee, opens_at=at_china(YEAR + 1, 1, 3))
        again.makeup_of_id = first.id
        sit(committee, person, again)

    assert counts(committee)[Key.EXAMINED] == 1
    assert counts(committee, YEAR + 1)[Key.EXAMINED] == 0


def test_makeup_counts_for_whoever_was_excused_before(committee: Committee) -> None:
    with transaction():
        person = make_person(committee, "李芳")
        first = make_exam(committee, opens_at=at_china(YEAR, 6, 1))
        make_entry(first, person).absence = Absence.EXCUSED
        assert counts(committee)[Key.EXAMINED] == 0
        again = make_exam(committee, opens_at=at_china(YEAR, 6, 3))
        again.makeup_of_id = first.id
        sit(committee, person, again)

    assert counts(committee)[Key.EXAMINED] == 1


@pytest.mark.parametrize("state", [ResultState.MARKED, ResultState.VOIDED])
def test_result_that_was_not_published_or_was_voided_is_not_counted(committee: Committee, state: ResultState) -> None:
    with transaction():
        sit(committee, make_person(committee), state=state)

    assert counts(committee)[Key.EXAMINED] == 0


@pytest.mark.parametrize(
    ("hour", "day", "year"), [(23, 31, YEAR), (0, 1, YEAR + 1), (7, 1, YEAR + 1)], ids=["before", "midnight", "morning"]
)
def test_year_of_an_exam_turns_at_midnight_in_china(committee: Committee, hour: int, day: int, year: int) -> None:
    """Seven in the morning of 1 January in China is still the old year in UTC."""
    with transaction():
        opens_at = at_china(YEAR, 12, 31, hour) if day == 31 else at_china(YEAR + 1, 1, 1, hour)
        sit(committee, make_person(committee), make_exam(committee, opens_at=opens_at))

    assert [counts(committee, each)[Key.EXAMINED] for each in (YEAR, YEAR + 1)] == [
        int(year == YEAR),
        int(year == YEAR + 1),
    ]


def test_report_counts_by_the_day_of_its_meeting_and_once_a_person(committee: Committee) -> None:
    with transaction():
        one = make_decided(committee)
        other = make_decided(committee, person=person_of(one))
        make_report(one, make_meeting(committee))
        make_report(other, make_meeting(committee, date(YEAR, 12, 31)))
        make_report(make_decided(committee), make_meeting(committee, date(YEAR + 1, 1, 1)))

    assert counts(committee)[Key.REPORTED] == 1
    assert counts(committee, YEAR + 1)[Key.REPORTED] == 1


def test_written_report_is_no_report_at_the_meeting(committee: Committee) -> None:
    with transaction():
        make_report(make_decided(committee), make_meeting(committee), ReportMode.WRITTEN)

    assert counts(committee)[Key.REPORTED] == 0


def test_letter_and_oath_count_only_together_and_before_the_standing_committee(committee: Committee) -> None:
    with transaction():
        both, letter_only, oath_only, at_home = (make_decided(committee) for _ in range(4))
        for item in (both, letter_only, at_home):
            make_letter(item, committee)
        for item in (both, oath_only):
            make_oath(item)
        make_oath(at_home, organizer=OathOrganizer.OWN_ORGAN)

    assert counts(committee)[Key.SWORN] == 1


def test_each_appointment_has_its_own_letter_and_oath(committee: Committee) -> None:
    with transaction():
        one = make_decided(committee)
        other = make_decided(committee, person=person_of(one))
        for item in (one, other):
            make_letter(item, committee)
            make_oath(item)

    assert counts(committee)[Key.SWORN] == 2


def test_letter_of_december_with_an_oath_of_january_counts_in_january(committee: Committee) -> None:
    with transaction():
        item = make_decided(committee, day=date(YEAR, 12, 30))
        make_letter(item, committee, date(YEAR, 12, 30))
        make_oath(item, date(YEAR + 1, 1, 2))

    assert [counts(committee, each)[Key.SWORN] for each in (YEAR, YEAR + 1)] == [0, 1]


def test_year_of_another_committee_is_its_own(committee: Committee) -> None:
    with transaction():
        foreign = make_foreign()
        sit(foreign, make_person(foreign))
        item = make_decided(foreign)
        make_letter(item, foreign)
        make_oath(item)

    assert set(counts(committee).values()) == {0}
    assert counts(foreign)[Key.SWORN] == 1


def test_every_figure_is_as_long_as_its_list(committee: Committee) -> None:
    with transaction():
        for form in Form:
            make_decided(committee, form)
        item = make_decided(committee)
        make_report(item, make_meeting(committee))
        make_letter(item, committee)
        make_oath(item)
        sit(committee, person_of(item))
    scope = queries.scope_of(committee.id, YEAR)
    found = counts(committee)

    assert {key: len(queries.list_all(key, scope)) for key in FIGURES} == found
    assert all(found.values())


def test_years_are_counted_in_one_statement(committee: Committee, count_statements: object) -> None:
    scopes = queries.compared(queries.scope_of(committee.id, YEAR))
    with count_statements() as statements:  # type: ignore[operator]
        found = queries.counts_of(scopes)

    assert len(statements) == 1
    assert list(found) == [YEAR - 4, YEAR - 3, YEAR - 2, YEAR - 1, YEAR]


def test_meetings_of_the_directors_are_not_the_standing_committees(committee: Committee) -> None:
    with transaction():
        make_meeting(committee, kind=MeetingKind.DIRECTORS)
        held = make_meeting(committee)

    assert queries.meetings_of(queries.scope_of(committee.id, YEAR)) == [held]


def test_list_of_those_who_sat_leads_to_their_items(committee: Committee) -> None:
    with transaction():
        sit(committee, make_person(committee, "李芳"))
    [line] = queries.list_all(Key.EXAMINED, queries.scope_of(committee.id, YEAR))

    assert (line.name, line.item_id, line.form, line.day) == ("李芳", None, None, date(YEAR, 6, 20))
    assert line.detail == "2026年第一次任前法律知识考试"


def test_list_page_tells_how_many_there_are(committee: Committee) -> None:
    with transaction():
        for _ in range(23):
            make_decided(committee)
    page = queries.list_page(Key.TOTAL, queries.scope_of(committee.id, YEAR), 2, 20)

    assert (page.total, len(page.rows), page.first) == (23, 3, 21)
