"""tests.question_bank.test_write_xlsx — what is written reads back; the template explains itself."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from question_bank.checks import check_items
from question_bank.formats.template import EXAMPLES
from question_bank.formats.xlsx import read_xlsx, template_xlsx, write_xlsx
from question_bank.items import Item
from question_bank.kinds import KIND_LABELS, Kind
from tests.question_bank.samples import an_item, items


def rows(data: bytes, sheet: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(items(), min_size=1, max_size=4))
def test_questions_read_back_as_they_were_written(questions: list[Item]) -> None:
    result = read_xlsx(write_xlsx(questions))

    assert result.faults == ()
    assert result.items == tuple(questions)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5 日", "@甲", "=cmd|' /C calc'!A0"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    item = an_item(stem=text, options=(text, "乙"), key=frozenset("B"), explanation=text)
    data = write_xlsx([item])

    assert read_xlsx(data).items == (item,)
    assert text in rows(data)[1]


def test_equal_questions_give_equal_bytes() -> None:
    data = write_xlsx([an_item()])

    assert data == write_xlsx([an_item()])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        # Not the day of writing, which would make tomorrow's bytes differ.
        assert b">2026-01-01T00:00:00Z<" in package.read("docProps/core.xml")


def test_text_too_long_for_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="32767"):
        write_xlsx([an_item(stem="长" * 32_768)])


def test_no_questions_give_a_header_alone() -> None:
    assert len(rows(write_xlsx([]))) == 1


def test_template_has_the_columns_four_examples_and_a_guide() -> None:
    header, *examples = rows(template_xlsx())

    assert "".join(str(cell) for cell in header) == (
        "编号*题型*用途部分适用机关难度题干*选项A选项B选项C选项D选项E选项F答案*解析法律版本条款项依据原文"
    )
    assert [row[0] for row in examples] == ["示例1", "示例2", "示例3", "示例4"]
    assert rows(template_xlsx(), sheet=1)[0][0] == "怎样填写"


def test_template_offers_the_kinds_to_choose_from() -> None:
    with zipfile.ZipFile(io.BytesIO(template_xlsx())) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()

    assert ",".join(KIND_LABELS.values()) in sheet


def test_examples_left_in_the_template_are_not_imported() -> None:
    result = read_xlsx(template_xlsx())

    assert (result.items, result.faults) == ((), ())


def test_examples_are_faultless_questions_that_read_back() -> None:
    examples = tuple(replace(item, code=f"A{number}") for number, item in enumerate(EXAMPLES))

    assert read_xlsx(write_xlsx(examples)).items == examples
    assert {item.kind for item in examples} == {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.FILL_IN}
    assert [finding for finding in check_items(examples) if finding.code != "explanation_length"] == []
