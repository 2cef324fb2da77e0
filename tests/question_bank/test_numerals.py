"""tests.question_bank.test_numerals — Chinese numbers and the numbers of articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.numerals import (
    article_label,
    article_order,
    chinese_number,
    parse_article_reference,
    parse_item_reference,
    parse_paragraph_reference,
    to_chinese,
)


@given(st.integers(0, 9999))
def test_number_written_in_chinese_reads_back(number: int) -> None:
    assert chinese_number(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (1242, "一千二百四十二"),
        (2000, "二千"),
    ],
)
def test_number_is_written_as_statutes_do(number: int, words: str) -> None:
    assert to_chinese(number) == words


@pytest.mark.parametrize(("words", "number"), [("百二十", 120), ("两百", 200), ("一百〇一", 101), ("一十二", 12)])
def test_usual_variants_are_read(words: str, number: int) -> None:
    assert chinese_number(words) == number


@pytest.mark.parametrize("words", ["", "十百", "一二三", "五五十", "甲", "12", "十十", "零十"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="不是中文数字"):
        chinese_number(words)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="超出范围"):
        to_chinese(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("47", "47"),
        ("第四十七条", "47"),
        ("四十七", "47"),
        ("第 47 条", "47"),
        ("４７", "47"),
        ("120-1", "120-1"),
        ("第一百二十条之一", "120-1"),
        ("第120条之1", "120-1"),
        ("一百二十之十一", "120-11"),
    ],
)
def test_article_reference_is_read(text: str, number: str) -> None:
    assert parse_article_reference(text) == number


@pytest.mark.parametrize("text", ["", "第条", "第四十七款", "47.5", "0", "四十七条第二款", "-1", "第十百条"])
def test_doubtful_article_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是"):
        parse_article_reference(text)


@given(st.integers(1, 1300), st.integers(0, 99))
def test_label_of_an_article_reads_back(main: int, inserted: int) -> None:
    number = f"{main}-{inserted}" if inserted else str(main)

    assert parse_article_reference(article_label(number)) == number


def test_inserted_articles_follow_their_article() -> None:
    assert sorted(["121", "120-10", "120-2", "120"], key=article_order) == ["120", "120-2", "120-10", "121"]


@pytest.mark.parametrize("text", ["3", "三", "（三）", "(三)", "第三项", "第（三）项"])
def test_item_reference_is_read(text: str) -> None:
    assert parse_item_reference(text) == 3


@pytest.mark.parametrize("text", ["2", "二", "第二款", " 第2款 "])
def test_paragraph_reference_is_read(text: str) -> None:
    assert parse_paragraph_reference(text) == 2


@pytest.mark.parametrize("text", ["", "0", "第二项", "二三", "x"])
def test_doubtful_paragraph_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是"):
        parse_paragraph_reference(text)
