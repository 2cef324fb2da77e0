"""tests.people.test_lists — lists of people as offices paste and upload them."""

from io import BytesIO

import docx
import pytest
import xlsxwriter
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from exam_app.audit.service import MACHINE
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.people import service
from exam_app.people.errors import (
    ListedTwice,
    ListEmpty,
    ListHeaderUnclear,
    ListTooLong,
    ListUnreadable,
)
from exam_app.people.lists import ListedPerson, read_file, read_pasted, write_pasted
from exam_app.people.service import RegisterPerson
from exam_app.texts import words_for
from question_bank.kinds import OrganType
from tests.conftest import NINE
from tests.factories import make_committee

ROW = ("王强", "甲市财政局", "副局长", "政府", "13900000001")


def _seen(one: ListedPerson) -> tuple[str, str, str, OrganType | None, str]:
    return one.name, one.unit, one.post, one.organ, one.phone


@pytest.mark.parametrize("gap", ["\t", "  ", "　", "　　", "，", ", ", "    "])
def test_row_is_parted_however_it_was_copied(gap: str) -> None:
    (one,) = read_pasted(gap.join(ROW))

    assert _seen(one) == ("王强", "甲市财政局", "副局长", OrganType.GOVERNMENT, "13900000001")
    assert one.faults == ()


def test_single_blanks_part_a_row_without_other_gaps() -> None:
    (one,) = read_pasted("王强 甲市财政局 副局长")

    assert (one.name, one.unit, one.post) == ("王强", "甲市财政局", "副局长")


def test_name_set_wide_is_one_name() -> None:
    assert [one.name for one in read_pasted("王　强　甲市财政局\n李 刚  甲市法院")] == ["王强", "李刚"]


def test_header_puts_columns_in_any_order_and_ignores_the_rest() -> None:
    text = "序号\t联系电话\t姓　名\t性别\t拟任职务\t单 位\n1\t139-0000-0001\t王强\t男\t局长\t甲市财政局\n"
    (one,) = read_pasted(text)

    assert (one.row, one.name, one.unit, one.phone) == (2, "王强", "甲市财政局", "13900000001")
    assert (one.nominated_post, one.post, one.organ) == ("局长", "", None)


def test_serial_numbers_without_header_are_left_out() -> None:
    assert [one.name for one in read_pasted("1\t王强\t甲局\n2\t李刚\t乙局")] == ["王强", "李刚"]


@pytest.mark.parametrize(
    ("words", "organ"),
    [
        ("政府", OrganType.GOVERNMENT),
        ("人民法院", OrganType.COURT),
        ("检察院", OrganType.PROCURATORATE),
        ("监察委", OrganType.SUPERVISION),
        ("人大常委会", OrganType.CONGRESS),
        ("工会", None),
    ],
)
def test_organ_words(words: str, organ: OrganType | None) -> None:
    (one,) = read_pasted(f"姓名\t机关\n王强\t{words}")

    assert (one.organ, one.organ_words) == (organ, words)


def test_organ_is_guessed_only_to_be_confirmed() -> None:
    judge, clerk = read_pasted("姓名\t单位\n王强\t甲市中级人民法院\n李刚\t甲市财政局")

    assert (judge.organ, judge.likely_organ) == (None, OrganType.COURT)
    assert clerk.likely_organ is None


def test_doubles_are_marked_with_the_row_they_repeat() -> None:
    people = read_pasted("王强\t甲局\n王强\t乙局\n王 强\t甲局\n王强")

    assert [bool(one.faults) for one in people] == [False, False, True, True]
    fault = people[2].faults[0]
    assert isinstance(fault, ListedTwice)
    assert "第 1 行" in words_for(fault)


def test_one_phone_of_two_persons_is_marked() -> None:
    _first, second = read_pasted("王强\t甲局\t13900000001\n李刚\t乙局\t13900000001")

    assert [fault.code for fault in second.faults] == ["phone_listed_twice"]


def test_rows_with_faults_say_what_is_wrong() -> None:
    people = read_pasted(f"姓名\t单位\t电话\n\t甲局\t\n王2\t甲局\t\n李刚\t甲局\t12\n赵敏\t{'长' * 121}\t")

    codes = [[fault.code for fault in one.faults] for one in people]
    assert codes == [["listed_name_missing"], ["name_invalid"], ["phone_invalid"], ["listed_too_long"]]
    assert all(words_for(fault) for one in people for fault in one.faults)


@pytest.mark.parametrize("text", ["", " \n\n", "姓名\t单位\n"])
def test_empty_list_is_refused(text: str) -> None:
    with pytest.raises(ListEmpty):
        read_pasted(text)


def test_list_of_ten_thousand_rows_is_refused_with_its_length() -> None:
    with pytest.raises(ListTooLong) as refusal:
        read_pasted("\n".join(f"王强\t第{number}局" for number in range(10_000)))

    assert refusal.value.facts == {"rows": 10_000, "most": 1000}


def test_header_with_two_names_is_refused() -> None:
    with pytest.raises(ListHeaderUnclear):
        read_pasted("姓名\t单位\t姓名\n王强\t甲局\t李刚")


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        people = read_pasted(text)
    except DomainError:
        return
    assert people


def test_written_rows_read_back_the_same() -> None:
    text = (
        "姓名\t单位\t职务\t拟任职务\t机关\t电话\n\n王强\t甲局\t科长\t局长\t政府\t13900000001\n\n李刚\t乙 局\t\t\t工会\t"
    )
    people = read_pasted(text)

    assert read_pasted(write_pasted(people)) == people
    assert [one.row for one in people] == [3, 5]


def test_excel_table_is_read() -> None:
    assert [_seen(one) for one in read_file(_xlsx())] == [
        ("王强", "甲市财政局", "副局长", OrganType.GOVERNMENT, "13900000001"),
        ("李刚", "甲市法院", "审判员", OrganType.COURT, ""),
    ]


def test_word_table_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("拟任命人员名单")
    table = document.add_table(rows=2, cols=3)
    for row, words in enumerate((("姓 名", "单位", "机关"), ("王强", "甲市\n财政局", "政府"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    kept = BytesIO()
    document.save(kept)

    (one,) = read_file(kept.getvalue())
    assert (one.row, one.name, one.unit, one.organ) == (2, "王强", "甲市 财政局", OrganType.GOVERNMENT)


@pytest.mark.parametrize("data", [b"", b"not a file", b"\xd0\xcf\x11\xe0 old excel", b"PK\x05\x06" + b"\0" * 18])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(ListUnreadable) as refusal:
        read_file(data)

    assert ".xlsx" in words_for(refusal.value)


def test_file_cut_off_is_refused() -> None:
    with pytest.raises(ListUnreadable):
        read_file(_xlsx()[:400])


def _xlsx() -> bytes:
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet()
    rows = [
        ("参考人员名单",),
        ("姓名", "单位", "职务", "机关", "电话"),
        (*ROW[:4], 13900000001),
        ("李刚", "甲市法院", "审判员", "法院"),
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return kept.getvalue()


def test_rows_are_matched_by_phone_then_by_name_and_unit(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        other = make_committee("乙市人大常委会")

        def known(name: str, unit: str, phone: str = "", whose: int = committee.id) -> int:
            command = RegisterPerson(committee_id=whose, name=name, unit=unit, phone=phone)
            return service.register(command, MACHINE, NINE).id

        by_phone, by_unit = known("王强", "旧单位", "13900000001"), known("李刚", "甲局")
        namesake = known("赵敏", "丙局")
        known("钱进", "丁局", "13900000002")
        known("孙丽", "甲局", whose=other.id)
        text = "王强\t新单位\t13900000001\n李刚\t甲局\n赵敏\t丁局\n钱多\t丁局\t13900000002\n孙丽\t甲局"
        matches = service.match_list(committee.id, read_pasted(text))

    assert [match.person.id if match.person else None for match in matches] == [by_phone, by_unit, None, None, None]
    assert [len(match.choices) for match in matches] == [0, 0, 1, 1, 0]
    assert matches[2].choices[0].id == namesake
