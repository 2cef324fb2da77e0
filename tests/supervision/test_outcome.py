"""tests.supervision.test_outcome — published rules counted: 镇海, 武定, 深圳; ties; every count has one grade."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.committees.limits import check
from exam_app.committees.rules import LocalRules
from exam_app.supervision.rules import (
    Ballots,
    GradeScheme,
    Line,
    are_sound,
    from_document,
    in_words,
    outcome,
    percent,
    scheme_of,
)
from exam_app.supervision.states import CountBase

ZHENHAI = scheme_of(LocalRules())
"""镇海 2022: 满意 half of all members or more; with 基本满意 more than half; the clash at one half ends as 不满意."""
WUDING = GradeScheme(
    grades=("优秀", "称职", "基本称职", "不称职"),
    base=CountBase.VALID_BALLOTS,
    lines=(Line("优秀", 1, 2, 3, False), Line("称职", 2, 2, 3, False), Line("基本称职", 3, 1, 2, False)),
)


def ballots(*counts: int, total: int = 39, present: int = 29, abstain: int = 0, invalid: int = 0) -> Ballots:
    """Return counts of the three grades."""
    named = dict(zip(ZHENHAI.grades, counts, strict=True))
    return Ballots(counts=named, abstain=abstain, invalid=invalid, members_total=total, present=present)


@pytest.mark.parametrize("counts", [(28, 1, 0), (20, 8, 1), (17, 11, 1)])
def test_published_set_of_29_present(counts: tuple[int, int, int]) -> None:
    assert outcome(ZHENHAI, ballots(*counts, total=33)).grade == "满意"
    assert outcome(replace(ZHENHAI, base=CountBase.PRESENT), ballots(*counts)).grade == "满意"


@pytest.mark.parametrize(
    ("counts", "total", "grade"),
    [
        ((20, 8, 1), 40, "满意"),
        ((20, 8, 1), 41, "基本满意"),
        ((10, 11, 8), 41, "基本满意"),
        ((10, 10, 9), 40, "不满意"),
        ((10, 10, 9), 41, "不满意"),
        ((0, 0, 29), 39, "不满意"),
    ],
)
def test_half_of_all_members_is_reached_by_the_first_line_and_not_by_the_second(
    counts: tuple[int, int, int], total: int, grade: str
) -> None:
    assert outcome(ZHENHAI, ballots(*counts, total=total)).grade == grade


def test_arithmetic_is_said_in_words() -> None:
    said = outcome(ZHENHAI, ballots(20, 8, 1)).arithmetic
    assert said == "满意20票，占全体组成人员39人的51.3%，达到二分之一，评定为满意"
    said = outcome(ZHENHAI, ballots(17, 11, 1)).arithmetic
    assert said == (
        "满意17票，占全体组成人员39人的43.6%，不足二分之一；"
        "满意、基本满意合计28票，占全体组成人员39人的71.8%，超过二分之一，评定为基本满意"
    )
    said = outcome(ZHENHAI, ballots(10, 10, 9, total=40)).arithmetic
    assert said == (
        "满意10票，占全体组成人员40人的25.0%，不足二分之一；"
        "满意、基本满意合计20票，占全体组成人员40人的50.0%，恰为二分之一，没有超过二分之一；评定为不满意"
    )


def test_invalid_ballots_count_only_where_the_scheme_says_so() -> None:
    """深圳 2011: no choice or several is invalid and not counted."""
    shenzhen = replace(ZHENHAI, base=CountBase.VALID_BALLOTS)
    cast = ballots(14, 0, 14, invalid=1)
    assert (outcome(shenzhen, cast).grade, outcome(shenzhen, cast).base_count) == ("满意", 28)
    counting = replace(shenzhen, counts_invalid=True)
    assert (outcome(counting, cast).grade, outcome(counting, cast).base_count) == ("不满意", 29)


def test_abstention_is_a_valid_ballot_unless_the_scheme_says_otherwise() -> None:
    scheme = replace(ZHENHAI, base=CountBase.VALID_BALLOTS)
    cast = ballots(14, 0, 14, abstain=1)
    assert outcome(scheme, cast).base_count == 29
    assert outcome(replace(scheme, counts_abstain=False), cast).base_count == 28


@pytest.mark.parametrize(
    ("counts", "grade"),
    [((20, 5, 3, 2), "优秀"), ((12, 8, 8, 2), "称职"), ((5, 5, 5, 15), "基本称职"), ((1, 2, 3, 24), "不称职")],
)
def test_four_grades_of_wuding(counts: tuple[int, ...], grade: str) -> None:
    named = dict(zip(WUDING.grades, counts, strict=True))
    cast = Ballots(counts=named, abstain=0, invalid=0, members_total=39, present=30)
    found = outcome(WUDING, cast)
    assert found.grade == grade
    assert "有效票30张" in found.arithmetic and "三分之二" in found.arithmetic


def test_scheme_survives_storage() -> None:
    for scheme in (ZHENHAI, WUDING, replace(WUDING, counts_invalid=True, counts_abstain=False)):
        assert from_document(scheme.to_document()) == scheme


@pytest.mark.parametrize(
    "cast",
    [
        ballots(-1, 20, 10),
        ballots(20, 8, 2),
        ballots(20, 8, 1, invalid=1),
        ballots(20, 8, 1, abstain=1),
        ballots(20, 8, 1, total=28),
        ballots(0, 0, 0),
        ballots(0, 0, 0, invalid=29),
        replace(ballots(20, 8, 1), counts={"优秀": 20}),
    ],
)
def test_ballots_that_do_not_fit_are_unsound(cast: Ballots) -> None:
    assert not are_sound(cast, ZHENHAI)


def test_fewer_ballots_than_people_present_are_sound() -> None:
    assert are_sound(ballots(20, 5, 1, abstain=1, invalid=1), ZHENHAI)


def test_rule_is_said_in_words() -> None:
    assert in_words(ZHENHAI) == (
        "满意达到全体组成人员二分之一的，评定为满意；"
        "满意、基本满意合计超过全体组成人员二分之一的，评定为基本满意；其余评定为不满意"
    )


@pytest.mark.parametrize(("part", "whole", "words"), [(20, 39, "51.3%"), (1, 3, "33.3%"), (1, 8, "12.5%"), (0, 0, "—")])
def test_percent_is_rounded_half_up(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words


@st.composite
def schemes(draw: st.DrawFn) -> GradeScheme:
    """Any scheme that local rules can hold."""
    grades = tuple(f"等次{number}" for number in range(draw(st.integers(2, 5))))
    named = draw(st.lists(st.sampled_from(grades[:-1]), min_size=1, unique=True))
    lines = []
    for grade in sorted(named, key=grades.index):
        under = draw(st.integers(1, 6))
        over = draw(st.integers(1, under))
        strict = draw(st.booleans()) and over < under
        lines.append((grade, draw(st.integers(1, len(grades))), over, under, strict))
    base = draw(st.sampled_from(CountBase))
    rules = LocalRules(grades=grades, assessment_base=base.value, assessment_lines=tuple(lines))
    check(rules)
    return replace(scheme_of(rules), counts_invalid=draw(st.booleans()))


@st.composite
def counted(draw: st.DrawFn) -> tuple[GradeScheme, Ballots]:
    """Any sound scheme with ballots that fit it."""
    scheme = draw(schemes())
    counts = {grade: draw(st.integers(0, 20)) for grade in scheme.grades}
    abstain, invalid = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    present = sum(counts.values()) + abstain + invalid + draw(st.integers(0, 5))
    total = present + draw(st.integers(0, 20))
    return scheme, Ballots(counts=counts, abstain=abstain, invalid=invalid, members_total=total, present=present)


@given(counted())
def test_every_count_has_exactly_one_grade(case: tuple[GradeScheme, Ballots]) -> None:
    scheme, cast = case
    found = outcome(scheme, cast)
    assert found.grade in scheme.grades
    assert found.arithmetic.count("评定为") == 1 and found.arithmetic.endswith(f"评定为{found.grade}")


@given(counted(), st.data())
def test_better_ballot_never_makes_a_worse_grade(case: tuple[GradeScheme, Ballots], data: st.DataObject) -> None:
    scheme, cast = case
    filled = [grade for grade in scheme.grades[1:] if cast.counts[grade]]
    if not filled:
        return
    worse = data.draw(st.sampled_from(filled))
    better = data.draw(st.sampled_from(scheme.grades[: scheme.grades.index(worse)]))
    moved = {**cast.counts, worse: cast.counts[worse] - 1, better: cast.counts[better] + 1}
    rank = scheme.grades.index
    assert rank(outcome(scheme, replace(cast, counts=moved)).grade) <= rank(outcome(scheme, cast).grade)
