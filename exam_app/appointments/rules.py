"""appointments.rules — who has to sit, by the decision table of the local rules; what failing and the gate mean.

The first line that fits answers with an outcome and a rule; `evidence_id` is the earlier result that it rests on.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exam_app.appointments.states import (
    ACTING_FORMS,
    APPOINTING_FORMS,
    MUST_SIT,
    THROUGH_THE_EXAM,
    ExamStep,
    Form,
    Requirement,
)
from exam_app.committees.decision_table import NO, YES, Facts, decide, facts_of, line_of
from exam_app.committees.rules import LocalRules
from question_bank.kinds import OrganType

TERM_CHANGE_MONTHS = 2
"""Within these months of their election new leaders submit the members of their government (地方组织法第七十一条)."""
OWN_FACTS = ("continues_in_post", "lateral_move", "legally_qualified")
CAUTION = line_of("required", "EVERY_NOMINEE")
"""What holds where a table does not answer; a recorded table always does."""
EVIDENCE_BREAK, EVIDENCE_LENGTH = "；", 200


@dataclass(frozen=True, kw_only=True)
class Pass:
    """An exam that the nominee passed before."""

    result_id: int
    organ_type: OrganType
    passed_on: date
    in_this_term: bool


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """What the decision rests on; `evidence` is what an officer noted for the three facts about the nominee."""

    form: Form
    organ_type: OrganType
    in_scope: bool = True
    continues_in_post: bool = False
    lateral_move: bool = False
    legally_qualified: bool = False
    at_term_change: bool = False
    evidence: str = ""
    passes: tuple[Pass, ...] = ()


@dataclass(frozen=True)
class Decision:
    """Whether the nominee must sit, by which rule, on what evidence."""

    outcome: Requirement
    rule: str
    evidence: str = ""
    evidence_id: int | None = None


class AttemptOutcome(StrEnum):
    """How an attempt at the exam ended; staying away without an excuse counts as failing."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt of an item's nominee, of which the item was told."""

    exam: str
    day: date
    outcome: AttemptOutcome
    score: Decimal | None = None


def requirement(nomination: Nomination, rules: LocalRules) -> Decision:
    """Decide whether the nominee of an item has to sit the exam."""
    line = decide(rules.table(), facts_about(nomination)) or CAUTION
    earlier = _latest(one for one in nomination.passes if _kind(one, nomination) in line.names("passed"))
    said = [earlier.passed_on.isoformat() if earlier else "", line.basis]
    if any(line.names(fact) == {YES} for fact in OWN_FACTS):
        said.append(nomination.evidence)
    evidence = EVIDENCE_BREAK.join(words for words in said if words)[:EVIDENCE_LENGTH]
    return Decision(Requirement(line.outcome), line.rule, evidence, earlier.result_id if earlier else None)


def facts_about(nomination: Nomination) -> Facts:
    """Return the facts as the decision table names them."""
    switches = ("in_scope", *OWN_FACTS)
    return facts_of(
        passed=(_kind(one, nomination) for one in nomination.passes),
        form=_form(nomination.form),
        organ=nomination.organ_type.value,
        term_change=YES if nomination.at_term_change else NO,
        **{name: YES if getattr(nomination, name) else NO for name in switches},
    )


def _form(form: Form) -> str:
    if form in ACTING_FORMS:
        return "acting"
    return form.value if form in APPOINTING_FORMS else "removal"


def _kind(earlier: Pass, nomination: Nomination) -> str:
    term = "this_term" if earlier.in_this_term else "earlier"
    return f"{term}_same_organ" if earlier.organ_type is nomination.organ_type else f"{term}_other_organ"


def _latest(passes: Iterable[Pass]) -> Pass | None:
    return max(passes, key=lambda earlier: (earlier.passed_on, earlier.result_id), default=None)


def is_term_change(began_on: date, day: date) -> bool:
    """Whether a bill of that day belongs to the appointments at the beginning of a term."""
    years, month = divmod(began_on.month - 1 + TERM_CHANGE_MONTHS, 12)
    year = began_on.year + years
    return began_on <= day <= date(year, month + 1, min(began_on.day, monthrange(year, month + 1)[1]))


def attempts_left(attempts: Iterable[Attempt], rules: LocalRules) -> int:
    """Return how many more times the nominee may try: the first exam and the make-ups, less what was failed."""
    failed = sum(attempt.outcome is not AttemptOutcome.PASSED for attempt in attempts)
    return max(0, 1 + rules.makeups - failed)


def consequence(attempts: Iterable[Attempt], rules: LocalRules) -> str:
    """Return what follows when the last attempt is lost (block, withdraw or defer), and "" before."""
    made = list(attempts)
    passed = any(attempt.outcome is AttemptOutcome.PASSED for attempt in made)
    return "" if passed or attempts_left(made, rules) else rules.second_failure


def may_go_on(step: ExamStep, rules: LocalRules) -> bool:
    """Whether the exam lets the item through the gate; an advisory gate lets all through."""
    return rules.gate != "hard" or step in THROUGH_THE_EXAM


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
