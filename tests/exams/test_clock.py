"""tests.exams.test_clock — phases, entrance, notice, admission numbers; all pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.committees.rules import LocalRules
from exam_app.exams.rules import (
    Phase,
    admission_number,
    entrance,
    is_admission_number,
    is_notice_short,
    phase,
    seat_name,
    serial_of,
)
from exam_app.exams.states import ExamState
from tests.conftest import NINE

MINUTE = timedelta(minutes=1)


@dataclass
class _Exam:
    state: ExamState = ExamState.ANNOUNCED
    opens_at: datetime = NINE
    closes_at: datetime = NINE + 120 * MINUTE
    released_at: datetime | None = None
    rules: dict[str, object] = field(default_factory=lambda: dict(LocalRules().to_document()))


@pytest.mark.parametrize(
    ("minutes", "released", "expected"),
    [
        (-31, False, Phase.UPCOMING),
        (-30, False, Phase.ENTRY),
        (-1, True, Phase.ENTRY),
        (0, False, Phase.ENTRY),
        (0, True, Phase.RUNNING),
        (119, True, Phase.RUNNING),
        (120, True, Phase.OVER),
        (120, False, Phase.OVER),
    ],
)
def test_phase_follows_clock_and_release(minutes: int, released: bool, expected: Phase) -> None:
    exam = _Exam(released_at=NINE - 2 * MINUTE if released else None)

    assert phase(exam, NINE + minutes * MINUTE) is expected


@pytest.mark.parametrize("state", [ExamState.DRAFT, ExamState.CANCELLED])
def test_phase_of_what_is_not_announced_is_its_state(state: ExamState) -> None:
    assert phase(_Exam(state=state), NINE).value == state.value


def test_entrance_opens_before_the_start_and_shuts_at_the_end() -> None:
    door = entrance(_Exam())

    assert door.is_early(NINE - 31 * MINUTE) and not door.is_early(NINE - 30 * MINUTE)
    assert door.is_late(NINE + 120 * MINUTE) and not door.is_late(NINE + 119 * MINUTE)


def test_entrance_stays_open_for_extra_time() -> None:
    assert not entrance(_Exam(), extra_minutes=10).is_late(NINE + 129 * MINUTE)


@pytest.mark.parametrize(("days", "short"), [(6, True), (7, False)])
def test_notice_is_counted_in_days(days: int, short: bool) -> None:
    assert is_notice_short(NINE + timedelta(days=days), LocalRules(notice_days=7), NINE) is short


@given(st.integers(1, 99_999), st.integers(1, 9_999), st.integers(0, 11), st.integers(1, 9))
def test_a_slip_of_the_finger_is_never_another_number(exam: int, serial: int, place: int, by: int) -> None:
    number = admission_number(NINE, exam, serial)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    assert len(number) == 12 and is_admission_number(number) and serial_of(number) == serial
    assert not is_admission_number(wrong)


@pytest.mark.parametrize("text", ["", "26000010001", "2600001000111", "26000010001x", "²60000100011"])
def test_other_texts_are_no_admission_numbers(text: str) -> None:
    assert not is_admission_number(text)


def test_year_of_the_number_is_that_of_china() -> None:
    assert admission_number(datetime.fromisoformat("2026-12-31T23:00:00+00:00"), 1, 1).startswith("27")


def test_seats_are_written_with_two_digits() -> None:
    assert [seat_name(1), seat_name(10), seat_name(100)] == ["01", "10", "100"]
