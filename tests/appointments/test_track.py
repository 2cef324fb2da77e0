"""tests.appointments.test_track — the steps of an item as pages show them, in the order of the local rules."""

from dataclasses import replace
from datetime import date

import pytest

from exam_app.appointments.states import ExamStep, ItemState, Requirement
from exam_app.appointments.track import Standing, StepState, track
from exam_app.committees.rules import LocalRules

ITEM = Standing(
    received_on=date(2026, 2, 20),
    state=ItemState.SUBMITTED,
    requirement=Requirement.REQUIRED,
    exam_step=ExamStep.OPEN,
    exam_on=None,
    announced_on=None,
)


def states(item: Standing, rules: LocalRules | None = None) -> dict[str, StepState]:
    """Return the state of each step by its label."""
    return {step.label: step.state for step in track(item, rules or LocalRules())}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, StepState.CURRENT),
        ({"exam_step": ExamStep.CLEARED}, StepState.DONE),
        ({"exam_step": ExamStep.BLOCKED}, StepState.BLOCKED),
        ({"exam_step": ExamStep.OVERRIDDEN}, StepState.DONE),
        ({"exam_step": ExamStep.CLEARED, "requirement": Requirement.EXEMPT}, StepState.SKIPPED),
        ({"state": ItemState.WITHDRAWN}, StepState.SKIPPED),
    ],
)
def test_exam_step_is_shown(changes: dict[str, object], state: StepState) -> None:
    assert states(replace(ITEM, **changes))["法律考试"] is state  # type: ignore[arg-type]


def test_order_is_that_of_the_local_rules() -> None:
    rules = LocalRules(steps=("提请", "法律考试", "表决", "表态发言"))
    assert [step.label for step in track(ITEM, rules)] == list(rules.steps)


def test_steps_up_to_the_vote_are_done_once_announced() -> None:
    voted = replace(ITEM, state=ItemState.ANNOUNCED, exam_step=ExamStep.CLEARED, announced_on=date(2026, 3, 2))
    shown = states(voted)
    assert shown["主任会议"] is shown["表决"] is StepState.DONE
    assert shown["任命书"] is StepState.WAITING


def test_withdrawn_item_goes_no_further() -> None:
    shown = states(replace(ITEM, state=ItemState.WITHDRAWN))
    assert shown["提请"] is StepState.DONE
    assert {shown["初审"], shown["表决"], shown["宣誓"]} == {StepState.SKIPPED}


@pytest.mark.parametrize("step", [ExamStep.CLEARED, ExamStep.BLOCKED])
def test_steps_before_the_exam_are_done_once_it_was_sat(step: ExamStep) -> None:
    shown = states(replace(ITEM, exam_step=step))
    assert shown["初审"] is StepState.DONE
    assert shown["主任会议"] is StepState.WAITING


def test_steps_before_the_exam_are_waiting_while_it_is_open() -> None:
    assert states(ITEM)["初审"] is StepState.WAITING
