"""tests.laws.test_rules — how editions stand on a day, and which day a text names."""

from datetime import date

import pytest

from exam_app.laws.rules import newest_date, paragraphs, standing, stored_text
from exam_app.laws.states import Standing

START, NEXT, END = date(2020, 1, 1), date(2024, 1, 1), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("on", "repealed", "next_start", "expected"),
    [
        (date(2019, 12, 31), None, None, Standing.NOT_YET),
        (START, None, None, Standing.IN_FORCE),
        (date(2023, 12, 31), None, NEXT, Standing.IN_FORCE),
        (NEXT, None, NEXT, Standing.SUPERSEDED),
        (date(2024, 12, 31), END, None, Standing.IN_FORCE),
        (END, END, None, Standing.REPEALED),
        (END, END, NEXT, Standing.REPEALED),
    ],
)
def test_standing(on: date, repealed: date | None, next_start: date | None, expected: Standing) -> None:
    assert standing(START, repealed, next_start, on) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2018年3月20日通过", "根据2024年12月25日《关于修改的决定》修正"], date(2024, 12, 25)),
        (["2019年4月3日国务院令第711号修订", "2019年5月15日施行"], date(2019, 4, 3)),
        (["2007年4月22日公布　自 2007 年 6 月 1 日起施行"], date(2007, 4, 22)),
        (["2024年2月30日通过"], None),
        (["没有日期"], None),
        ([], None),
    ],
)
def test_newest_date(lines: list[str], expected: date | None) -> None:
    assert newest_date(lines) == expected


def test_paragraphs_come_back_as_they_were_stored() -> None:
    article = ("第一款：\n（一）监督；\n（二）调查。", "第二款。")
    assert paragraphs(stored_text(article)) == article
    assert paragraphs("") == ()
