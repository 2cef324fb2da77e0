"""tests.yearbook.test_paragraph — the sentences of the year-end summary, word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.committees.rules import LocalRules
from exam_app.yearbook.definitions import GROUPS, PERSONS, Key
from exam_app.yearbook.paragraph import Counts, adds_up, paragraph, words

SEED = dict(zip(Key, (242, 29, 153, 57, 3, 48, 16, 41), strict=True))
SUMMARY = (
    "全年常委会任免国家工作人员242人次,其中决定任命29人,任命153人,免职57人,批准辞职3人。"
    "为使常委会依法行使好人事任免权,我们严格按照有关法律和办法的规定,认真审查人事任免案,对48名拟任命人员进行任前法律知识考试,"
    "组织拟任人员16人到会作供职报告,安排被任命人员41人接受任命书和宪法宣誓。"
)


def told(rules: LocalRules | None = None, **changes: int) -> str:
    return words(paragraph(SEED | {Key(key): number for key, number in changes.items()}, rules or LocalRules()))


def test_summary_of_the_year_is_reproduced_but_for_its_half_width_commas() -> None:
    assert told().replace("，", ",") == SUMMARY
    assert "," not in told()


def test_every_number_opens_its_figure() -> None:
    numbers = [(part.key, part.text) for part in paragraph(SEED, LocalRules()) if part.key]

    assert numbers == [(key, str(number)) for key, number in SEED.items()]


def test_parts_that_were_none_are_left_out() -> None:
    text = told(accept_resignation=0, reported=0)

    assert "其中决定任命29人，任命153人，免职57人。" in text
    assert "考试，安排被任命人员41人接受任命书和宪法宣誓。" in text


def test_year_without_exam_report_and_oath_only_speaks_of_the_review() -> None:
    assert told(examined=0, reported=0, sworn=0).endswith("认真审查人事任免案。")


def test_year_with_exams_but_without_decisions_says_both() -> None:
    text = told(total=0, decide_appoint=0, appoint=0, remove=0, accept_resignation=0)

    assert text.startswith("全年常委会没有任免国家工作人员。为使常委会")


def test_empty_year_is_one_sentence() -> None:
    assert words(paragraph(dict.fromkeys(Key, 0), LocalRules())) == "全年常委会没有任免国家工作人员。"


def test_local_words_for_exam_and_report_are_used() -> None:
    text = told(LocalRules(report_label="拟任职发言", exam_title="任前宪法法律知识考试"))

    assert "进行任前宪法法律知识考试，组织拟任人员16人到会作拟任职发言" in text
    assert "供职报告" not in text


@pytest.mark.parametrize(("total", "fits"), [(242, True), (243, False)])
def test_total_is_checked_against_its_parts(total: int, fits: bool) -> None:
    assert adds_up(SEED | {Key.TOTAL: total}) is fits


@given(st.fixed_dictionaries({key: st.integers(0, 300) for key in (*GROUPS, *PERSONS)}))
def test_sentences_end_and_never_join_badly(parts: Counts) -> None:
    counts = {**parts, Key.TOTAL: sum(parts[key] for key in GROUPS)}
    text = words(paragraph(counts, LocalRules()))

    assert text.endswith("。")
    assert not any(bad in text for bad in ("，，", "，。", "。，", "人人", "其中。"))
    assert [int(part.text) for part in paragraph(counts, LocalRules()) if part.key] == [
        counts[key] for key in Key if counts[key]
    ]
