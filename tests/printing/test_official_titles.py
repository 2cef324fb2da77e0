"""tests.printing.test_official_titles — long titles part between words and look like a trapezoid or a rhombus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.printing.official.titles import CHARACTERS_A_LINE, break_title, width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("任命书", ["任命书"]),
        ("田州市人民代表大会常务委员会任免名单", ["田州市人民代表大会常务委员会任免名单"]),
        (
            "田州市第十六届人民代表大会常务委员会第二次会议主持词",
            ["田州市第十六届人民代表大会常务委员会", "第二次会议主持词"],
        ),
        (
            "关于提请任免田州市人民政府国家工作人员的议案的初步审查报告",
            ["关于提请任免田州市人民政府", "国家工作人员的议案的初步审查报告"],
        ),
        ("任命\n名单", ["任命", "名单"]),
    ],
)
def test_title_is_broken_where_a_clerk_would(title: str, lines: list[str]) -> None:
    assert break_title(title) == lines


@given(title=st.text(st.sampled_from("田州市人民政府任免的国家工作员《》（）2018年、"), min_size=1, max_size=60))
def test_broken_title_loses_nothing_and_fits(title: str) -> None:
    lines = break_title(title)

    assert "".join(lines) == title
    assert all(width(line) <= CHARACTERS_A_LINE for line in lines)
    assert not any(line.startswith(("，", "、", "的")) for line in lines[1:]) or "的" in title


def test_date_and_number_in_a_title_stay_whole() -> None:
    title = "田州市人民代表大会常务委员会办公厅关于2018年12月30日田人常〔2018〕12号文件有关情况的报告"

    lines = break_title(title)

    assert any("2018年12月30日" in line for line in lines)
    assert any("〔2018〕12号" in line for line in lines)
