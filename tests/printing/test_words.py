"""tests.printing.test_words — numbers, names and times as official documents write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from exam_app.printing.drawing.words import (
    chinese_date,
    clock_span,
    grouped_code,
    percentage,
    plain_number,
    spaced_name,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [("92.00", "92"), ("92.50", "92.5"), ("100", "100"), ("0", "0"), ("1E+2", "100"), ("0.50", "0.5")],
)
def test_number_is_written_plainly(value: str, written: str) -> None:
    assert plain_number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("王强", "王　强"),
        ("赵䶮", "赵　䶮"),
        ("王𬱖", "王　𬱖"),
        ("欧阳强", "欧阳强"),
        ("Li", "Li"),
        ("王", "王"),
    ],
)
def test_only_names_of_two_characters_are_spaced(name: str, written: str) -> None:
    assert spaced_name(name) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(181, 191, "94.8%"), (23, 23, "100%"), (0, 5, "0%"), (0, 0, "—"), (1, 16, "6.3%")],
)
def test_percentage_is_rounded_half_up_to_one_place(part: int, whole: int, written: str) -> None:
    assert percentage(part, whole) == written


def test_dates_and_times_have_no_leading_zeros_but_in_minutes() -> None:
    assert chinese_date(date(2018, 3, 2)) == "2018年3月2日"
    morning = datetime(2018, 3, 4, 9, 5)  # noqa: DTZ001 - a wall clock
    assert clock_span(morning, 90) == "2018年3月4日（星期日）9:05—10:35"


def test_code_is_grouped_in_fours() -> None:
    assert grouped_code("K7QMX2PA") == "K7QM-X2PA"
