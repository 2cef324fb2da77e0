"""appointments.rules — who has to sit: the decision table of local rules, first line that fits.

Each line answers with an outcome and the code of the rule; `evidence_id` is the earlier result that exempts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from exam_app.appointments.states import APPOINTING_FORMS, MUST_SIT, ExamStep, Form, Requirement
from exam_app.committees.rules import LocalRules
from question_bank.kinds import OrganType


@dataclass(frozen=True, kw_only=True)
class Pass:
    """An exam that the nominee passed before."""

    result_id: int
    organ_type: OrganType
    passed_on: date
    in_this_term: bool


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """What the decision rests on."""

    form: Form
    organ_type: OrganType
    in_scope: bool = True
    continues_in_post: bool = False
    lateral_move: bool = False
    legally_qualified: bool = False
    passes: tuple[Pass, ...] = ()


@dataclass(frozen=True)
class Decision:
    """Whether the nominee must sit, by which rule, on what evidence."""

    outcome: Requirement
    rule: str
    evidence: str = ""
    evidence_id: int | None = None


def requirement(facts: Nomination, rules: LocalRules) -> Decision:
    """Decide whether the nominee of an item has to sit the exam."""
    return _not_applicable(facts, rules) or _exempt(facts, rules) or _to_sit(facts, rules)


def _not_applicable(facts: Nomination, rules: LocalRules) -> Decision | None:
    excluded = (
        (facts.form not in APPOINTING_FORMS, "REMOVAL"),
        (not facts.in_scope, "OUT_OF_SCOPE"),
        (facts.form is Form.DECIDE_ACTING and not rules.examine_acting_posts, "ACTING_POST"),
        (facts.form is Form.APPROVE_APPOINT and not rules.examine_approved_appointments, "APPROVED_APPOINTMENT"),
    )
    return next((Decision(Requirement.NOT_APPLICABLE, rule) for fits, rule in excluded if fits), None)


def _exempt(facts: Nomination, rules: LocalRules) -> Decision | None:
    standing = _latest(earlier for earlier in facts.passes if _still_counts(earlier, facts, rules))
    if rules.exempt_passed and standing:
        return _by_pass("PASSED_THIS_TERM", standing)
    if rules.exempt_continuing and facts.continues_in_post:
        return Decision(Requirement.EXEMPT, "CONTINUING_AT_TERM_CHANGE")
    ever = _latest(facts.passes)
    if rules.exempt_lateral_move and facts.lateral_move and ever:
        return _by_pass("LATERAL_MOVE", ever)
    return None


def _to_sit(facts: Nomination, rules: LocalRules) -> Decision:
    if rules.qualified_skip_special_part and facts.legally_qualified:
        return Decision(Requirement.SPECIAL_PART_EXEMPT, "LEGALLY_QUALIFIED")
    return Decision(Requirement.REQUIRED, "EVERY_NOMINEE")


def _still_counts(earlier: Pass, facts: Nomination, rules: LocalRules) -> bool:
    in_time = earlier.in_this_term or not rules.valid_within_term
    in_place = earlier.organ_type is facts.organ_type or not rules.valid_within_organ
    return in_time and in_place


def _latest(passes: Iterable[Pass]) -> Pass | None:
    return max(passes, key=lambda earlier: (earlier.passed_on, earlier.result_id), default=None)


def _by_pass(rule: str, earlier: Pass) -> Decision:
    return Decision(Requirement.EXEMPT, rule, earlier.passed_on.isoformat(), earlier.result_id)


def may_be_announced(step: ExamStep, rules: LocalRules) -> bool:
    """Whether the exam lets the item through the gate; an advisory gate lets all through."""
    return rules.gate != "hard" or step in (ExamStep.CLEARED, ExamStep.OVERRIDDEN)


def step_after(step: ExamStep, outcome: Requirement, passed: Iterable[bool]) -> ExamStep:
    """Return where the exam step stands after all published results; one pass is enough.

    A decision of the directors is undone by nobody else, and not needed any more once the nominee has passed.
    """
    results = list(passed)
    if outcome not in MUST_SIT or any(results):
        return ExamStep.CLEARED
    if step is ExamStep.OVERRIDDEN:
        return step
    return ExamStep.BLOCKED if results else ExamStep.OPEN
