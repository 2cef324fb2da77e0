"""tests.intake.test_files — Word documents and workbooks say the same as their pasted text."""

import pytest

from exam_app.appointments.states import Form
from exam_app.intake.files import text_of
from exam_app.intake.reading import Listed, read
from exam_app.people.errors import ListEmpty, ListHeaderUnclear, ListTooLong, ListUnreadable
from tests.intake.lists import JUDGE, mixed_list, word_list

HEAD = ("姓名", "单位", "任免方式", "任免职务")


def told(rows: tuple[Listed, ...]) -> list[tuple[str, str, Form | None]]:
    """Return whom the rows mean, and what they say of them."""
    return [(row.name, row.post, row.form) for row in rows]


def test_word_document_with_sections_tables_and_a_sentence() -> None:
    reading = read(text_of(word_list()))
    assert told(reading.rows) == [
        ("王 强", JUDGE, Form.APPOINT),
        ("李 敏", JUDGE, Form.REMOVE),
        ("赵建国", JUDGE, Form.REMOVE),
        ("陈文", "甲市人民政府副市长", Form.ACCEPT_RESIGNATION),
    ]
    assert [row.present for row in reading.rows] == ["法官助理", "", "", ""]
    assert [words for _line, words in reading.unread] == ["关于提请任免王强等职务的议案"]


def test_workbook_with_mixed_forms_on_its_second_sheet() -> None:
    rows = [HEAD, ("王强", "甲市法院", "任命", JUDGE), ("李敏", "甲市法院", "免去", JUDGE)]
    reading = read(text_of(mixed_list(rows)))
    assert told(reading.rows) == [("王强", JUDGE, Form.APPOINT), ("李敏", JUDGE, Form.REMOVE)]
    assert [row.line for row in reading.rows] == [2, 3]


def test_person_who_enters_one_post_and_leaves_another_is_two_rows() -> None:
    reading = read("姓名\t拟任职务\t拟免职务\n王强\t甲市财政局局长\t甲市审计局局长")
    assert [(row.key, row.post, row.leaving) for row in reading.rows] == [
        ("2-1", "甲市财政局局长", False),
        ("2-2", "甲市审计局局长", True),
    ]


def test_sentence_that_cannot_be_read_is_not_passed_over() -> None:
    (row,) = read("任命张三等为甲市中级人民法院审判员").rows
    assert (row.name, row.words) == ("", "任命张三等为甲市中级人民法院审判员")


@pytest.mark.parametrize("data", [b"no office file", b"PK\x03\x04 broken"])
def test_file_that_is_no_office_file_is_refused(data: bytes) -> None:
    with pytest.raises(ListUnreadable):
        text_of(data)


def test_workbook_without_rows_is_refused() -> None:
    with pytest.raises(ListEmpty):
        read(text_of(mixed_list([])))


def test_head_that_names_a_column_twice_is_refused() -> None:
    with pytest.raises(ListHeaderUnclear):
        read("姓名\t拟任职务\t姓名\t拟任职务\n王强\t甲市财政局局长\t李敏\t甲市审计局局长")


def test_list_of_more_than_a_thousand_rows_is_refused() -> None:
    with pytest.raises(ListTooLong):
        read("姓名\t拟任职务\n" + "\n".join(f"王强{n}\t甲市财政局局长" for n in range(1001)))
