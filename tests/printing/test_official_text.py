"""tests.printing.test_official_text — a document is stored, compared and given back as it was."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from exam_app.printing.official.text import (
    KINDS,
    OfficialText,
    Paragraph,
    digest,
    from_content,
    full_day,
    lines,
    to_content,
)
from tests.printing.papers import BALLOT, CHARTED, OATH, REPORT, letters, texts


@given(text=texts())
def test_text_comes_back_from_json_as_it_was(text: OfficialText) -> None:
    stored = json.loads(json.dumps(to_content(text)))

    assert from_content(stored) == text
    assert digest(from_content(stored)) == digest(text)


def test_every_kind_of_block_is_tried() -> None:
    tried = {block.kind for text in (REPORT, OATH, BALLOT, CHARTED, letters(1)) for block in text.blocks}

    assert tried == KINDS.keys() - {"PageBreak"}


@pytest.mark.parametrize(
    "change", [{"title": "别的"}, {"number": ""}, {"lying": True}, {"blocks": REPORT.blocks[:-1]}, {"mark": ""}]
)
def test_digest_changes_with_whatever_the_text_says(change: dict[str, object]) -> None:
    assert digest(replace(REPORT, **change)) != digest(REPORT)  # type: ignore[arg-type]


def test_lines_tell_all_that_is_read() -> None:
    told = lines(REPORT)

    assert told[:4] == ["内部资料　注意保存", REPORT.title, REPORT.number, REPORT.salutation]
    assert "任命王强为田州市财政局局长；" in told
    assert "1\t李㛃堃\t田州市民政局局长\t92.5" in told
    assert told[-2:] == ["人事代表选举工作委员会", "2018年3月5日"]


def test_lines_of_a_chart_and_of_a_ballot_tell_their_figures_and_choices() -> None:
    assert "2018年：决定任命29人次，任命153人次" in lines(CHARTED)
    assert "序号\t姓名\t拟任职务\t赞成\t反对\t弃权" in lines(BALLOT)


def test_empty_text_has_only_its_title() -> None:
    assert lines(OfficialText(title="任命书", blocks=(Paragraph(""),))) == ["任命书"]


def test_day_has_no_leading_zeros() -> None:
    assert full_day(date(2018, 3, 2)) == "2018年3月2日"
