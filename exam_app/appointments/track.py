"""appointments.track — the steps of an item, in the order of the local rules, and where it stands in each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exam_app.appointments.states import MUST_SIT, ExamStep, ItemState, Requirement
from exam_app.committees.rules import LocalRules

SUBMISSION, EXAM, VOTE = "提请", "法律考试", "表决"


class StepState(StrEnum):
    """How far one step is; blocked steps need a hand."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


EXAM_STATES = {
    ExamStep.OPEN: StepState.CURRENT,
    ExamStep.CLEARED: StepState.DONE,
    ExamStep.BLOCKED: StepState.BLOCKED,
    ExamStep.OVERRIDDEN: StepState.DONE,
}


@dataclass(frozen=True)
class Step:
    """One step of the procedure as a page shows it."""

    label: str
    state: StepState
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the track of an item is made from."""

    received_on: date
    state: ItemState
    requirement: Requirement
    exam_step: ExamStep
    exam_on: date | None
    announced_on: date | None


def track(item: Standing, rules: LocalRules) -> list[Step]:
    """Return the steps; those that nothing is recorded about are done once a later one is, else waiting."""
    labels = list(rules.steps)
    last = _last_known(item)
    reached = labels.index(last) if last in labels else -1
    return [_step(label, at <= reached, item) for at, label in enumerate(labels)]


def _last_known(item: Standing) -> str:
    if item.state is ItemState.ANNOUNCED:
        return VOTE
    has_sat = item.requirement in MUST_SIT and item.exam_step in (ExamStep.CLEARED, ExamStep.BLOCKED)
    return EXAM if has_sat else SUBMISSION


def _step(label: str, is_behind: bool, item: Standing) -> Step:
    if label == SUBMISSION:
        return Step(label, StepState.DONE, item.received_on)
    if label == EXAM:
        return _exam(item)
    if item.state is ItemState.WITHDRAWN:
        return Step(label, StepState.SKIPPED)
    if is_behind:
        return Step(label, StepState.DONE, item.announced_on if label == VOTE else None)
    return Step(label, StepState.WAITING)


def _exam(item: Standing) -> Step:
    if item.requirement not in MUST_SIT:
        return Step(EXAM, StepState.SKIPPED)
    if item.state is ItemState.WITHDRAWN and item.exam_step is ExamStep.OPEN:
        return Step(EXAM, StepState.SKIPPED)
    return Step(EXAM, EXAM_STATES[item.exam_step], item.exam_on)
