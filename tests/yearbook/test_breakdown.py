"""tests.yearbook.test_breakdown — the year taken apart by organ, form and meeting; every part adds up to the whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.appointments.states import Form
from exam_app.committees.rules import LocalRules
from exam_app.texts.appointments import FORMS
from exam_app.yearbook.breakdown import Split, Tally, by_day, by_form, by_organ, change, coverage
from exam_app.yearbook.definitions import Key
from question_bank.kinds import ORGAN_LABELS, OrganType

RULES = LocalRules()
FIRST, SECOND = date(2025, 3, 1), date(2025, 6, 1)
TALLIES = [
    Tally(FIRST, OrganType.COURT, Form.APPOINT, 5),
    Tally(FIRST, OrganType.GOVERNMENT, Form.DECIDE_APPOINT, 2),
    Tally(SECOND, OrganType.COURT, Form.DISMISS, 1),
    Tally(date(2024, 3, 1), OrganType.COURT, Form.APPOINT, 9),
]


def test_organs_with_items_have_a_line_in_their_usual_order() -> None:
    assert by_organ(TALLIES, 2025, RULES, ORGAN_LABELS) == [
        Split("政府", (2, 0, 0, 0), 2),
        Split("法院", (0, 5, 1, 0), 6),
    ]


def test_meetings_have_a_line_even_without_items_and_unknown_days_stand_by_themselves() -> None:
    lines = by_day(TALLIES, 2025, RULES, {FIRST: "第一次会议", date(2025, 9, 1): "第三次会议"})

    assert [(line.label, line.total) for line in lines] == [("第一次会议", 7), ("6月1日", 1), ("第三次会议", 0)]


def test_forms_are_told_as_they_are() -> None:
    assert by_form(TALLIES, 2025, FORMS) == [("决定任命", 2), ("任命", 5), ("撤职", 1)]


TALLY = st.builds(
    Tally,
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.sampled_from(OrganType),
    st.sampled_from(Form),
    st.integers(1, 9),
)


@given(st.lists(TALLY, max_size=20))
def test_every_breakdown_adds_up_to_the_whole(tallies: list[Tally]) -> None:
    whole = sum(tally.count for tally in tallies)
    organs, days = by_organ(tallies, 2025, RULES, ORGAN_LABELS), by_day(tallies, 2025, RULES, {})

    assert sum(line.total for line in organs) == sum(line.total for line in days) == whole
    assert sum(count for _, count in by_form(tallies, 2025, FORMS)) == whole
    assert all(sum(line.groups) == line.total for line in (*organs, *days))


def test_coverage_is_people_over_appointments() -> None:
    counts = dict(zip(Key, (242, 29, 153, 57, 3, 48, 16, 41), strict=True))

    assert list(coverage(counts).values()) == ["26.4%", "8.8%", "22.5%"]
    assert set(coverage(dict.fromkeys(Key, 0)).values()) == {"—"}


@pytest.mark.parametrize(
    ("now", "before", "words"), [(5, 3, "增加2"), (3, 5, "减少2"), (3, 3, "持平"), (3, None, "—"), (None, None, "—")]
)
def test_change_is_told_in_words(now: int | None, before: int | None, words: str) -> None:
    assert change(now, before) == words
