"""tests.supervision.test_rules — what follows from a grade, calendar months, due days; who owes how often."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.appointments.states import Form
from exam_app.committees.rules import LocalRules
from exam_app.supervision.rules import (
    Consequence,
    DueDays,
    Reported,
    add_months,
    category_of,
    consequence,
    cycle_of,
    due_days,
    owes,
    scheme_of,
)
from exam_app.supervision.states import CATEGORIES, Cycle
from question_bank.kinds import OrganType

SCHEME = scheme_of(LocalRules())
WUDING = scheme_of(
    LocalRules(
        grades=("优秀", "称职", "基本称职", "不称职"),
        assessment_lines=(("优秀", 1, 2, 3, False), ("称职", 2, 1, 2, False), ("基本称职", 3, 1, 2, False)),
    )
)
G, C, P = OrganType.GOVERNMENT, OrganType.COURT, OrganType.PROCURATORATE


@pytest.mark.parametrize(
    ("grade", "earlier", "follows"),
    [
        ("满意", (), Consequence.NONE),
        ("基本满意", (), Consequence.RECTIFY),
        ("不满意", (), Consequence.REPORT_AGAIN),
        ("不满意", ("不满意",), Consequence.REFER),
        ("不满意", ("基本满意",), Consequence.REPORT_AGAIN),
        ("满意", ("不满意",), Consequence.NONE),
    ],
)
def test_what_follows_in_anhui_and_hantai(grade: str, earlier: tuple[str, ...], follows: Consequence) -> None:
    assert consequence(SCHEME, grade, earlier) is follows


@pytest.mark.parametrize(
    ("grade", "follows"),
    [
        ("优秀", Consequence.NONE),
        ("称职", Consequence.NONE),
        ("基本称职", Consequence.RECTIFY),
        ("不称职", Consequence.REPORT_AGAIN),
    ],
)
def test_what_follows_from_four_grades(grade: str, follows: Consequence) -> None:
    assert consequence(WUDING, grade) is follows


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 2, 16), 3, date(2026, 5, 16)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 24))
def test_months_never_skip_one(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_due_days_before_a_report() -> None:
    found = due_days(date(2026, 6, 30), LocalRules())
    assert found == DueDays(date(2026, 6, 10), date(2026, 6, 20), date(2026, 6, 23))
    assert due_days(date(2026, 6, 30), LocalRules(draft_days=30, final_days=0)).final == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("organ", "post", "form", "cycle"),
    [
        (G, "甲市人民政府秘书长", Form.DECIDE_APPOINT, Cycle.YEAR),
        (G, "甲市财政局局长", Form.DECIDE_APPOINT, Cycle.YEAR),
        (G, "甲市发展和改革委员会主任", Form.DECIDE_APPOINT, Cycle.YEAR),
        (G, "甲市人民政府副秘书长", Form.DECIDE_APPOINT, Cycle.ON_CHOICE),
        (G, "甲市人民政府副市长", Form.DECIDE_APPOINT, Cycle.ON_CHOICE),
        (G, "甲市代理市长", Form.DECIDE_ACTING, Cycle.ON_CHOICE),
        (C, "甲市中级人民法院副院长", Form.APPOINT, Cycle.YEAR),
        (C, "甲市中级人民法院审判委员会委员", Form.APPOINT, Cycle.YEAR),
        (C, "甲市中级人民法院民事审判第一庭副庭长", Form.APPOINT, Cycle.FIVE_YEARS),
        (C, "甲市中级人民法院审判员", Form.APPOINT, Cycle.FIVE_YEARS),
        (C, "甲市中级人民法院副院长", Form.DECIDE_ACTING, Cycle.ON_CHOICE),
        (P, "甲市人民检察院副检察长", Form.APPOINT, Cycle.YEAR),
        (P, "甲市人民检察院检察委员会委员", Form.APPOINT, Cycle.YEAR),
        (P, "甲市人民检察院检察员", Form.APPOINT, Cycle.FIVE_YEARS),
        (P, "乙县人民检察院检察长", Form.APPROVE_APPOINT, Cycle.ON_CHOICE),
        (OrganType.CONGRESS, "甲市人大常委会研究室主任", Form.APPOINT, Cycle.ON_CHOICE),
        (OrganType.SUPERVISION, "甲市监察委员会副主任", Form.APPOINT, Cycle.ON_CHOICE),
    ],
)
def test_post_falls_into_its_category(organ: OrganType, post: str, form: Form, cycle: Cycle) -> None:
    assert category_of(organ, post, form).cycle is cycle


def test_categories_name_their_source() -> None:
    assert all(category.source and category.label and category.endings for category in CATEGORIES)


def test_local_rules_may_ask_heads_once_a_term() -> None:
    head = category_of(G, "甲市财政局局长", Form.DECIDE_APPOINT)
    judge = category_of(C, "甲市中级人民法院审判员", Form.APPOINT)
    assert (cycle_of(head, "year"), cycle_of(head, "term")) == (Cycle.YEAR, Cycle.TERM)
    assert cycle_of(judge, "term") is Cycle.FIVE_YEARS


SINCE = date(2021, 6, 1)


@pytest.mark.parametrize(
    ("cycle", "year", "reported", "is_due"),
    [
        (Cycle.YEAR, 2026, Reported(), True),
        (Cycle.YEAR, 2021, Reported(), True),
        (Cycle.YEAR, 2020, Reported(), False),
        (Cycle.TERM, 2026, Reported(last_year=2022), True),
        (Cycle.TERM, 2026, Reported(last_year=2024, in_term=True), False),
        (Cycle.FIVE_YEARS, 2025, Reported(), False),
        (Cycle.FIVE_YEARS, 2026, Reported(), True),
        (Cycle.FIVE_YEARS, 2027, Reported(), True),
        (Cycle.FIVE_YEARS, 2027, Reported(last_year=2023), False),
        (Cycle.FIVE_YEARS, 2028, Reported(last_year=2023), True),
        (Cycle.ON_CHOICE, 2026, Reported(), False),
    ],
)
def test_who_owes_a_report(cycle: Cycle, year: int, reported: Reported, is_due: bool) -> None:
    assert owes(cycle, year, SINCE, reported) is is_due
