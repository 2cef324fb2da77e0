"""tests.appointments.test_requirement — the decision table, a row a case: who must sit, by which rule."""

from dataclasses import replace
from datetime import date

import pytest

from exam_app.appointments.rules import (
    Attempt,
    AttemptOutcome,
    Decision,
    Nomination,
    Pass,
    attempts_left,
    consequence,
    facts_about,
    is_term_change,
    may_go_on,
    requirement,
    step_after,
)
from exam_app.appointments.states import ExamStep, Form, Requirement
from exam_app.committees.decision_table import FACTS, OUTCOMES, line_of
from exam_app.committees.limits import GROUPED_FORMS, YEAR_GROUPS
from exam_app.committees.rules import LocalRules
from question_bank.kinds import OrganType

R = Requirement
COMMON = Nomination(form=Form.DECIDE_APPOINT, organ_type=OrganType.GOVERNMENT)
HERE = Pass(result_id=7, organ_type=OrganType.GOVERNMENT, passed_on=date(2024, 5, 12), in_this_term=True)
BEFORE = replace(HERE, result_id=5, passed_on=date(2021, 5, 12), in_this_term=False)
ELSEWHERE = replace(HERE, result_id=6, organ_type=OrganType.COURT)
BY_HERE = Decision(R.EXEMPT, "PASSED_THIS_TERM", "2024-05-12", 7)
MUST = Decision(R.REQUIRED, "EVERY_NOMINEE")

ROWS: list[tuple[str, Nomination, LocalRules, Decision]] = [
    ("ordinary", COMMON, LocalRules(), MUST),
    ("appointed", replace(COMMON, form=Form.APPOINT), LocalRules(), MUST),
    ("removed", replace(COMMON, form=Form.REMOVE), LocalRules(), Decision(R.NOT_APPLICABLE, "REMOVAL")),
    ("resigned", replace(COMMON, form=Form.ACCEPT_RESIGNATION), LocalRules(), Decision(R.NOT_APPLICABLE, "REMOVAL")),
    ("dismissed", replace(COMMON, form=Form.DISMISS), LocalRules(), Decision(R.NOT_APPLICABLE, "REMOVAL")),
    ("out of scope", replace(COMMON, in_scope=False), LocalRules(), Decision(R.NOT_APPLICABLE, "OUT_OF_SCOPE")),
    ("acting", replace(COMMON, form=Form.DECIDE_ACTING), LocalRules(), Decision(R.NOT_APPLICABLE, "ACTING_POST")),
    ("acting examined", replace(COMMON, form=Form.DECIDE_ACTING), LocalRules(examine_acting_posts=True), MUST),
    (
        "approved",
        replace(COMMON, form=Form.APPROVE_APPOINT),
        LocalRules(),
        Decision(R.NOT_APPLICABLE, "APPROVED_APPOINTMENT"),
    ),
    (
        "approved examined",
        replace(COMMON, form=Form.APPROVE_APPOINT),
        LocalRules(examine_approved_appointments=True),
        MUST,
    ),
    ("passed", replace(COMMON, passes=(HERE,)), LocalRules(), BY_HERE),
    ("passed, latest named", replace(COMMON, passes=(HERE, BEFORE)), LocalRules(valid_within_term=False), BY_HERE),
    ("passed, switch off", replace(COMMON, passes=(HERE,)), LocalRules(exempt_passed=False), MUST),
    ("passed last term", replace(COMMON, passes=(BEFORE,)), LocalRules(), MUST),
    (
        "passed last term, any term counts",
        replace(COMMON, passes=(BEFORE,)),
        LocalRules(valid_within_term=False),
        Decision(R.EXEMPT, "PASSED_THIS_TERM", "2021-05-12", 5),
    ),
    ("passed for another organ", replace(COMMON, passes=(ELSEWHERE,)), LocalRules(), MUST),
    (
        "passed for another organ, any organ counts",
        replace(COMMON, passes=(ELSEWHERE,)),
        LocalRules(valid_within_organ=False),
        Decision(R.EXEMPT, "PASSED_THIS_TERM", "2024-05-12", 6),
    ),
    (
        "continuing",
        replace(COMMON, continues_in_post=True),
        LocalRules(),
        Decision(R.EXEMPT, "CONTINUING_AT_TERM_CHANGE"),
    ),
    ("continuing, switch off", replace(COMMON, continues_in_post=True), LocalRules(exempt_continuing=False), MUST),
    ("lateral, switch off", replace(COMMON, lateral_move=True, passes=(ELSEWHERE,)), LocalRules(), MUST),
    (
        "lateral",
        replace(COMMON, lateral_move=True, passes=(ELSEWHERE,)),
        LocalRules(exempt_lateral_move=True),
        Decision(R.EXEMPT, "LATERAL_MOVE", "2024-05-12", 6),
    ),
    ("lateral, never passed", replace(COMMON, lateral_move=True), LocalRules(exempt_lateral_move=True), MUST),
    ("qualified, switch off", replace(COMMON, legally_qualified=True), LocalRules(), MUST),
    (
        "qualified",
        replace(COMMON, legally_qualified=True),
        LocalRules(qualified_skip_special_part=True),
        Decision(R.SPECIAL_PART_EXEMPT, "LEGALLY_QUALIFIED"),
    ),
    (
        "removed, though passed",
        replace(COMMON, form=Form.REMOVE, passes=(HERE,)),
        LocalRules(),
        Decision(R.NOT_APPLICABLE, "REMOVAL"),
    ),
]


@pytest.mark.parametrize(("facts", "rules", "decision"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_requirement_follows_the_table(facts: Nomination, rules: LocalRules, decision: Decision) -> None:
    assert requirement(facts, rules) == decision


@pytest.mark.parametrize(
    ("step", "outcome", "passed", "after"),
    [
        (ExamStep.OPEN, R.REQUIRED, [], ExamStep.OPEN),
        (ExamStep.OPEN, R.REQUIRED, [True], ExamStep.CLEARED),
        (ExamStep.OPEN, R.REQUIRED, [False], ExamStep.BLOCKED),
        (ExamStep.BLOCKED, R.REQUIRED, [False, True], ExamStep.CLEARED),
        (ExamStep.BLOCKED, R.REQUIRED, [], ExamStep.OPEN),
        (ExamStep.CLEARED, R.REQUIRED, [], ExamStep.OPEN),
        (ExamStep.CLEARED, R.REQUIRED, [False], ExamStep.BLOCKED),
        (ExamStep.OVERRIDDEN, R.REQUIRED, [], ExamStep.OVERRIDDEN),
        (ExamStep.OVERRIDDEN, R.REQUIRED, [False], ExamStep.OVERRIDDEN),
        (ExamStep.OVERRIDDEN, R.REQUIRED, [True], ExamStep.CLEARED),
        (ExamStep.OPEN, R.EXEMPT, [], ExamStep.CLEARED),
        (ExamStep.OPEN, R.NOT_APPLICABLE, [], ExamStep.CLEARED),
        (ExamStep.OPEN, R.SPECIAL_PART_EXEMPT, [], ExamStep.OPEN),
        (ExamStep.OPEN, R.COMMON_PART_ONLY, [True], ExamStep.CLEARED),
    ],
)
def test_exam_step_follows_all_results(
    step: ExamStep, outcome: Requirement, passed: list[bool], after: ExamStep
) -> None:
    assert step_after(step, outcome, passed) is after


def test_a_table_of_its_own_takes_the_place_of_the_switches() -> None:
    table = (
        line_of("exempt", "留任者免考", "办法第七条", {"continues_in_post": ["yes"]}),
        line_of("required", "EVERY_NOMINEE"),
    )
    rules = LocalRules(requirement_table=table, exempt_continuing=False)
    stays = replace(COMMON, continues_in_post=True, evidence="甲人常〔2021〕3号", passes=(HERE,))
    assert requirement(stays, rules) == Decision(R.EXEMPT, "留任者免考", "办法第七条；甲人常〔2021〕3号")
    assert requirement(replace(COMMON, passes=(HERE,)), rules) == MUST


def test_evidence_stands_only_where_the_line_asks_for_the_fact() -> None:
    noted = replace(COMMON, legally_qualified=True, evidence="证书甲一号")
    assert requirement(noted, LocalRules()) == MUST
    rules = LocalRules(qualified_skip_special_part=True)
    assert requirement(noted, rules) == Decision(R.SPECIAL_PART_EXEMPT, "LEGALLY_QUALIFIED", "证书甲一号")


def test_table_that_does_not_answer_lets_nobody_off() -> None:
    rules = LocalRules(requirement_table=(line_of("exempt", "法院免考", when={"organ": ["court"]}),))
    assert requirement(COMMON, rules) == MUST


def test_vocabulary_covers_every_form_outcome_and_organ() -> None:
    forms = {facts_about(replace(COMMON, form=form))["form"] for form in Form}
    assert forms == {frozenset({value}) for value in FACTS["form"]}
    assert set(OUTCOMES) == {outcome.value for outcome in Requirement}
    assert set(FACTS["organ"]) == {organ.value for organ in OrganType}
    assert set(GROUPED_FORMS) | set(YEAR_GROUPS) == {form.value for form in Form}


@pytest.mark.parametrize(
    ("began_on", "day", "belongs"),
    [
        (date(2026, 1, 10), date(2026, 1, 9), False),
        (date(2026, 1, 10), date(2026, 1, 10), True),
        (date(2026, 1, 10), date(2026, 3, 10), True),
        (date(2026, 1, 10), date(2026, 3, 11), False),
        (date(2025, 12, 31), date(2026, 2, 28), True),
        (date(2025, 12, 31), date(2026, 3, 1), False),
        (date(2026, 11, 15), date(2027, 1, 15), True),
    ],
)
def test_bills_of_two_months_belong_to_the_change_of_term(began_on: date, day: date, belongs: bool) -> None:
    assert is_term_change(began_on, day) is belongs


def attempts(*outcomes: AttemptOutcome) -> list[Attempt]:
    """Return attempts that ended so."""
    return [Attempt(exam="考试", day=date(2026, 3, 2), outcome=outcome) for outcome in outcomes]


P, F, A = AttemptOutcome.PASSED, AttemptOutcome.FAILED, AttemptOutcome.ABSENT


@pytest.mark.parametrize(
    ("made", "makeups", "left", "follows"),
    [
        ((), 1, 2, ""),
        ((F,), 1, 1, ""),
        ((A,), 1, 1, ""),
        ((F,), 0, 0, "defer"),
        ((F, F), 1, 0, "defer"),
        ((A, F), 1, 0, "defer"),
        ((F, F, F), 1, 0, "defer"),
        ((F, F), 2, 1, ""),
        ((F, P), 1, 1, ""),
        ((F, F, P), 1, 0, ""),
    ],
)
def test_consequence_follows_the_last_attempt(
    made: tuple[AttemptOutcome, ...], makeups: int, left: int, follows: str
) -> None:
    rules = LocalRules(makeups=makeups, second_failure="defer")
    assert attempts_left(attempts(*made), rules) == left
    assert consequence(attempts(*made), rules) == follows


@pytest.mark.parametrize("second_failure", ["block", "withdraw", "defer"])
def test_consequence_is_what_the_rules_say(second_failure: str) -> None:
    assert consequence(attempts(F, F), LocalRules(second_failure=second_failure)) == second_failure


@pytest.mark.parametrize("gate", ["hard", "advise", "report_only"])
@pytest.mark.parametrize("step", ExamStep)
def test_gate_stops_only_where_it_is_hard(gate: str, step: ExamStep) -> None:
    through = gate != "hard" or step in (ExamStep.CLEARED, ExamStep.OVERRIDDEN)
    assert may_go_on(step, LocalRules(gate=gate)) is through
