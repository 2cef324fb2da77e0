"""tests.appointments.test_requirement — the decision table, a row a case: who must sit, by which rule."""

from dataclasses import replace
from datetime import date

import pytest

from exam_app.appointments.rules import Decision, Nomination, Pass, may_be_announced, requirement, step_after
from exam_app.appointments.states import ExamStep, Form, Requirement
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


@pytest.mark.parametrize("gate", ["hard", "advise", "report_only"])
@pytest.mark.parametrize("step", ExamStep)
def test_gate_stops_only_where_it_is_hard(gate: str, step: ExamStep) -> None:
    through = gate != "hard" or step in (ExamStep.CLEARED, ExamStep.OVERRIDDEN)
    assert may_be_announced(step, LocalRules(gate=gate)) is through
