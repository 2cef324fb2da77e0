"""tests.committees.test_decision_table — the first line that fits decides; every gap and useless line is found."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exam_app.committees.decision_table import (
    FACTS,
    MOST_LINES,
    NEVER,
    OUTCOMES,
    PASSES,
    Finding,
    Line,
    contradictions,
    decide,
    facts_of,
    findings,
    gaps,
    line_of,
    read_lines,
)
from exam_app.committees.table_words import FACT_WORDS, OUTCOME_WORDS, rule_name, rule_of, say_conditions, say_line
from tests.committees.tables import COMPLETE, LINES, TABLES, every_situation, situations, without

REMOVAL = line_of("not_applicable", "REMOVAL", when={"form": ["removal"]})
COURT = line_of("exempt", "法院免考", when={"organ": ["court"]})
ALL = line_of("required", "EVERY_NOMINEE")


def test_first_line_that_fits_decides() -> None:
    table = [REMOVAL, COURT, ALL]
    assert decide(table, facts_of(form="removal", organ="court")) is REMOVAL
    assert decide(table, facts_of(organ="court")) is COURT
    assert decide(table, facts_of()) is ALL
    assert decide([REMOVAL], facts_of()) is None


def test_any_of_several_passes_fits() -> None:
    line = line_of("exempt", "PASSED_THIS_TERM", when={"passed": PASSES[:1]})
    assert line.fits(facts_of(passed=(PASSES[0], PASSES[3])))
    assert not line.fits(facts_of(passed=(PASSES[3],)))
    assert not line.fits(facts_of())
    assert line_of("required", "x", when={"passed": [NEVER]}).fits(facts_of())


@settings(max_examples=25, deadline=None)
@given(TABLES)
def test_table_has_no_gaps_if_and_only_if_it_answers_everything(table: list[Line]) -> None:
    answers_all = all(decide(table, facts) is not None for facts in every_situation())
    assert (gaps(table) == []) is answers_all


@given(COMPLETE, situations())
def test_complete_table_answers_nominees_with_many_passes(table: list[Line], facts: dict[str, frozenset[str]]) -> None:
    assert gaps(table) == []
    assert decide(table, facts) is not None


@given(TABLES, st.data())
def test_every_situation_of_an_example_is_a_gap(table: list[Line], data: st.DataObject) -> None:
    for example in gaps(table):
        narrowed = {name: frozenset({data.draw(st.sampled_from(values))}) for name, values in example}
        anything = data.draw(situations())
        facts = {**anything, "passed": frozenset({min(anything["passed"])}), **narrowed}
        assert decide(table, facts) is None


@given(COMPLETE, st.data())
def test_planted_line_that_an_earlier_one_covers_is_found(table: list[Line], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(table)))
    covered = dict(table[place - 1].when)
    extra = data.draw(st.sets(st.sampled_from(sorted(set(FACTS) - set(covered))), max_size=2))
    narrower = covered | {name: FACTS[name][:1] for name in extra}
    said = {line.outcome for line in table[:place]}
    planted = line_of(data.draw(st.sampled_from(OUTCOMES)), "多余", when=narrower)
    shadowed = [*table[:place], planted, *table[place:]]
    assert place + 1 in {finding.line for finding in findings(shadowed)}
    if planted.outcome not in said:
        assert place + 1 in {finding.line for finding in contradictions(shadowed)}


@given(COMPLETE, situations())
def test_line_that_is_found_useless_can_go(table: list[Line], facts: dict[str, frozenset[str]]) -> None:
    for finding in findings(table):
        assert decide(table, facts) is decide(without(table, finding.line), facts)


@settings(max_examples=15, deadline=None)
@given(COMPLETE)
def test_line_that_is_not_found_decides_something(table: list[Line]) -> None:
    decisive = {id(decide(table, facts)) for facts in every_situation()}
    useless = {finding.line for finding in findings(table)}
    assert useless == {place for place, line in enumerate(table, 1) if id(line) not in decisive}


def test_same_conditions_with_another_outcome_are_named_as_such() -> None:
    other = line_of("required", "法院须考", when={"organ": ["court"]})
    assert contradictions([COURT, other, ALL]) == [
        Finding(line=2, by=(1,), is_redundant=False, has_same_conditions=True)
    ]


def test_line_that_says_the_same_again_is_only_redundant() -> None:
    again = line_of("exempt", "再说一遍", when={"organ": ["court"], "form": ["appoint"]})
    assert contradictions([COURT, again, ALL]) == []
    assert findings([COURT, again, ALL]) == [Finding(line=2, by=(1,), is_redundant=True, has_same_conditions=False)]


def test_several_lines_together_cover_one() -> None:
    halves = [line_of("exempt", value, when={"in_scope": [value]}) for value in FACTS["in_scope"]]
    assert contradictions([*halves, ALL]) == [Finding(line=3, by=(1, 2), is_redundant=False, has_same_conditions=False)]


def test_exceptions_before_a_line_do_not_make_it_contradict() -> None:
    again = line_of("exempt", "再说一遍", when={"organ": ["court"], "lateral_move": ["yes"]})
    assert findings([REMOVAL, COURT, again, ALL]) == [
        Finding(line=3, by=(2,), is_redundant=True, has_same_conditions=False)
    ]


def test_line_after_the_one_for_all_contradicts_though_part_of_it_was_said_before() -> None:
    late = line_of("exempt", "法院、检察院免考", when={"organ": ["court", "procuratorate"]})
    assert contradictions([REMOVAL, COURT, ALL, late]) == [
        Finding(line=4, by=(3,), is_redundant=False, has_same_conditions=False)
    ]


def test_line_that_covers_another_alone_is_the_one_that_is_named() -> None:
    late = line_of("exempt", "平职调整免考", when={"lateral_move": ["yes"]})
    assert [finding.by for finding in contradictions([REMOVAL, ALL, late])] == [(2,)]


def test_largest_table_is_checked_in_no_time() -> None:
    table = [
        line_of("exempt", f"{form} {organ}", when={"form": [form], "organ": [organ], "in_scope": ["yes"]})
        for form in FACTS["form"]
        for organ in FACTS["organ"]
    ]
    began = time.perf_counter()
    assert len(gaps(table)) == 1
    assert findings(table) == []
    assert time.perf_counter() - began < 0.5


def test_conditions_stand_in_one_order_and_say_nothing_needless() -> None:
    line = line_of("exempt", " 某 ", when={"organ": ["court", "congress"], "form": FACTS["form"], "passed": []})
    assert line == Line(outcome="exempt", rule="某", when=(("organ", ("congress", "court")),))


@given(LINES)
def test_line_survives_storage(line: Line) -> None:
    stored = {
        "outcome": line.outcome,
        "rule": line.rule,
        "basis": line.basis,
        "when": [[name, list(values)] for name, values in line.when],
    }
    assert read_lines([stored]) == (line,)


GOOD = {"outcome": "exempt", "rule": "某", "basis": "", "when": [["organ", ["court"]]]}


@pytest.mark.parametrize(
    "stored",
    [
        7,
        [7],
        ["GOOD"],
        [{**GOOD, "outcome": "maybe"}],
        [{**GOOD, "rule": ""}],
        [{**GOOD, "rule": "长" * 41}],
        [{**GOOD, "basis": "长" * 61}],
        [{**GOOD, "basis": None}],
        [{**GOOD, "when": [["weather", ["rain"]]]}],
        [{**GOOD, "when": [["organ", ["navy"]]]}],
        [{**GOOD, "when": [["organ", "court"]]}],
        [{**GOOD, "when": [["organ"]]}],
        [{**GOOD, "when": [[["organ"], ["court"]]]}],
        [{**GOOD, "extra": 1}],
        [{"outcome": "exempt"}],
        [GOOD] * (MOST_LINES + 1),
    ],
)
def test_what_is_no_line_is_refused(stored: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_lines(stored)


def test_every_value_has_words() -> None:
    assert {name: set(words) for name, (_label, words) in FACT_WORDS.items()} == {
        name: set(values) for name, values in FACTS.items()
    }
    assert set(OUTCOME_WORDS) == set(OUTCOMES)


def test_lines_are_said_in_words() -> None:
    assert say_line(ALL) == "其余一切情形 → 应参加考试"
    line = line_of("exempt", "x", when={"form": ["appoint", "adopt"], "lateral_move": ["yes"]})
    assert say_conditions(line.when) == "任免方式为任命、通过，平职调整"
    assert rule_of(f" {rule_name('REMOVAL')} ") == "REMOVAL"
    assert rule_of("本县规定") == rule_name("本县规定") == "本县规定"
