"""tests.proceedings.test_track — the steps of an item in the order of the local rules."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from exam_app.appointments.states import APPOINTING_FORMS, Act, ExamStep, Form, ItemState, Requirement
from exam_app.committees.rules import LocalRules
from exam_app.documents.states import DocumentKind
from exam_app.proceedings.track import (
    ACT_DOCUMENTS,
    MARKS,
    NOTE_DOCUMENTS,
    STEP_DOCUMENTS,
    Standing,
    Step,
    StepState,
    track,
)
from exam_app.texts import proceedings as texts
from tests.proceedings.standings import (
    ALL_RULES,
    ANNOUNCED,
    APPROVED,
    CLEARED,
    DAY,
    DAYS,
    FOUR_GATES,
    IN_OFFICE,
    ITEM,
    LETTERED,
    PLACED,
    RULES,
    SPEECH_AFTER,
    STANDINGS,
    SWORN,
)

S, STATE = ItemState, StepState
DONE, CURRENT, WAITING, BLOCKED, SKIPPED = STATE.DONE, STATE.CURRENT, STATE.WAITING, STATE.BLOCKED, STATE.SKIPPED


def steps(item: Standing, rules: LocalRules = RULES) -> dict[str, Step]:
    """Return the steps by their kind."""
    return {step.kind: step for step in track(item, rules)}


def states(item: Standing, rules: LocalRules = RULES) -> list[StepState]:
    """Return the states of the usual steps, in order."""
    return [step.state for step in track(item, rules)]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (ITEM, [DONE, CURRENT, CURRENT, *[WAITING] * 6]),
        (CLEARED, [DONE, CURRENT, DONE, *[WAITING] * 6]),
        (replace(CLEARED, state=S.EXAM_CLEARED), [DONE, DONE, DONE, CURRENT, *[WAITING] * 5]),
        (APPROVED, [*[DONE] * 4, WAITING, CURRENT, *[WAITING] * 3]),
        (PLACED, [*[DONE] * 4, CURRENT, CURRENT, *[WAITING] * 3]),
        (replace(PLACED, state=S.REPORTED, reported_on=DAY), [*[DONE] * 5, CURRENT, *[WAITING] * 3]),
        (replace(ANNOUNCED, state=S.VOTED_PASSED), [*[DONE] * 4, SKIPPED, DONE, *[WAITING] * 3]),
        (ANNOUNCED, [*[DONE] * 4, SKIPPED, DONE, CURRENT, WAITING, WAITING]),
        (LETTERED, [*[DONE] * 4, SKIPPED, DONE, DONE, CURRENT, WAITING]),
        (SWORN, [*[DONE] * 4, SKIPPED, DONE, DONE, DONE, WAITING]),
        (IN_OFFICE, [*[DONE] * 4, SKIPPED, DONE, DONE, DONE, CURRENT]),
        (replace(IN_OFFICE, state=S.ENDED, ended_on=DAYS[8]), [*[DONE] * 4, SKIPPED, *[DONE] * 4]),
    ],
)
def test_usual_way_step_by_step(item: Standing, expected: list[StepState]) -> None:
    assert states(item) == expected


def test_every_step_tells_its_day() -> None:
    reported = replace(IN_OFFICE, state=S.ENDED, reported_on=DAYS[6], ended_on=DAYS[8])
    days = [step.day for step in track(reported, RULES)]
    assert days == [date(2026, 2, 20), DAYS[1], DAYS[0], DAYS[2], DAYS[6], DAYS[3], DAYS[4], DAYS[5], DAYS[8]]


@pytest.mark.parametrize("rules", [RULES, SPEECH_AFTER, FOUR_GATES])
def test_order_and_labels_are_those_of_the_local_rules(rules: LocalRules) -> None:
    assert tuple((step.kind, step.label) for step in track(ITEM, rules)) == rules.steps


def test_four_gates_read_by_their_own_names() -> None:
    assert [step.state for step in track(APPROVED, FOUR_GATES)] == [DONE, DONE, DONE, WAITING]


@pytest.mark.parametrize(
    ("changes", "state", "note"),
    [
        ({}, CURRENT, "exam_unregistered"),
        ({"exam_on": DAY}, CURRENT, "exam_ahead"),
        ({"exam_step": ExamStep.CLEARED}, DONE, ""),
        ({"exam_step": ExamStep.BLOCKED}, BLOCKED, "exam_failed"),
        ({"exam_step": ExamStep.OVERRIDDEN}, DONE, "exam_overridden"),
        ({"exam_step": ExamStep.CLEARED, "requirement": Requirement.EXEMPT}, SKIPPED, "exempt"),
        ({"exam_step": ExamStep.CLEARED, "requirement": Requirement.NOT_APPLICABLE}, SKIPPED, "not_examined"),
        ({"state": S.WITHDRAWN}, SKIPPED, ""),
        ({"state": S.WITHDRAWN, "exam_step": ExamStep.CLEARED, "exam_on": DAY}, DONE, ""),
    ],
)
def test_exam_step_says_why(changes: dict[str, Any], state: StepState, note: str) -> None:
    step = steps(replace(ITEM, **changes))["exam"]
    assert (step.state, step.note) == (state, note)


@pytest.mark.parametrize("gate", ["advise", "report_only"])
@pytest.mark.parametrize(
    ("state", "exam_step", "shown", "note"),
    [
        (S.UNDER_REVIEW, ExamStep.BLOCKED, DONE, "exam_failed_noted"),
        (S.UNDER_REVIEW, ExamStep.OPEN, CURRENT, "exam_unregistered"),
        (S.EXAM_CLEARED, ExamStep.BLOCKED, DONE, "exam_failed_noted"),
        (S.EXAM_CLEARED, ExamStep.OPEN, SKIPPED, "exam_not_sat"),
    ],
)
def test_soft_gate_tells_how_the_exam_stood(
    gate: str, state: ItemState, exam_step: ExamStep, shown: StepState, note: str
) -> None:
    step = steps(replace(ITEM, state=state, exam_step=exam_step), replace(RULES, gate=gate))["exam"]
    assert (step.state, step.note) == (shown, note)


@pytest.mark.parametrize(
    ("changes", "state", "note"),
    [
        ({}, CURRENT, "not_begun"),
        ({"state": S.UNDER_REVIEW}, CURRENT, "exam_first"),
        ({"state": S.UNDER_REVIEW, "exam_step": ExamStep.CLEARED}, CURRENT, ""),
        ({"state": S.RETURNED_FOR_CORRECTION}, BLOCKED, "returned"),
        ({"state": S.UNDER_REVIEW, "has_objections": True}, BLOCKED, "objections"),
        ({"state": S.WITHDRAWN}, SKIPPED, ""),
        ({"state": S.WITHDRAWN, "reviewed_on": DAY}, DONE, ""),
    ],
)
def test_review_step_says_why(changes: dict[str, Any], state: StepState, note: str) -> None:
    step = steps(replace(ITEM, **changes))["review"]
    assert (step.state, step.note) == (state, note)


@pytest.mark.parametrize(
    ("item", "kind", "state", "note"),
    [
        (replace(APPROVED, state=S.DIRECTOR_MEETING_HELD), "directors", BLOCKED, "held"),
        (APPROVED, "vote", CURRENT, "not_placed"),
        (replace(PLACED, state=S.VOTE_DEFERRED), "vote", BLOCKED, "deferred"),
        (replace(ANNOUNCED, state=S.VOTED_FAILED), "vote", BLOCKED, "rejected"),
        (replace(ANNOUNCED, state=S.VOTED_PASSED), "vote", DONE, "not_announced"),
        (PLACED, "report", CURRENT, "report_if_asked"),
        (ANNOUNCED, "report", SKIPPED, "no_report_asked"),
        (replace(IN_OFFICE, letter_on=None), "letter", SKIPPED, "no_letter_issued"),
        (replace(IN_OFFICE, sworn_on=None), "oath", SKIPPED, "not_sworn"),
        (replace(LETTERED, post="甲区人民陪审员"), "oath", SKIPPED, "oath_before_court"),
        (replace(ANNOUNCED, form=Form.DECIDE_ACTING), "oath", SKIPPED, "acting_spared"),
        (replace(ANNOUNCED, form=Form.APPROVE_APPOINT), "oath", CURRENT, "oath_if_held"),
        (replace(IN_OFFICE, state=S.ENDED), "supervision", DONE, "ended"),
    ],
)
def test_step_says_what_is_the_matter(item: Standing, kind: str, state: StepState, note: str) -> None:
    step = steps(item)[kind]
    assert (step.state, step.note) == (state, note)


@pytest.mark.parametrize("form", [Form.DECIDE_ACTING, Form.ELECT_ACTING, Form.APPROVE_APPOINT, Form.ADOPT])
def test_no_letter_for_what_is_neither_appointed_nor_decided(form: Form) -> None:
    step = steps(replace(PLACED, form=form))["letter"]
    assert (step.state, step.note) == (SKIPPED, "no_letter_due")


@pytest.mark.parametrize("form", sorted(set(Form) - APPOINTING_FORMS))
@pytest.mark.parametrize("state", [S.SUBMITTED, S.ON_AGENDA, S.ANNOUNCED])
def test_who_leaves_neither_reports_nor_swears(form: Form, state: ItemState) -> None:
    shown = steps(replace(CLEARED, state=state, form=form, requirement=Requirement.NOT_APPLICABLE))
    kinds = ("exam", "report", "letter", "oath", "supervision")
    assert [shown[kind].state for kind in kinds] == [SKIPPED] * 5


def test_speech_after_the_letters_waits_for_them() -> None:
    shown = [steps(item, SPEECH_AFTER)["report"].state for item in (PLACED, ANNOUNCED, LETTERED, SWORN)]
    assert shown == [WAITING, CURRENT, CURRENT, SKIPPED]
    assert steps(replace(LETTERED, reported_on=DAY), SPEECH_AFTER)["report"].state is DONE


def test_withdrawn_item_keeps_what_was_done_and_goes_no_further() -> None:
    assert states(replace(APPROVED, state=S.WITHDRAWN)) == [*[DONE] * 4, *[SKIPPED] * 5]
    assert states(replace(ITEM, state=S.WITHDRAWN)) == [DONE, *[SKIPPED] * 8]


def test_rejected_item_goes_no_further() -> None:
    assert states(replace(ANNOUNCED, state=S.VOTED_FAILED)) == [*[DONE] * 4, SKIPPED, BLOCKED, *[SKIPPED] * 3]


@given(STANDINGS, ALL_RULES)
def test_every_item_has_a_track_with_words(item: Standing, rules: LocalRules) -> None:
    shown = track(item, rules)
    assert len(shown) == len(rules.steps)
    assert {step.note for step in shown} - {""} <= set(texts.NOTES)
    assert all(step.note for step in shown if step.state is BLOCKED)


@given(STANDINGS, ALL_RULES)
def test_nothing_is_current_once_nothing_is_left_to_do(item: Standing, rules: LocalRules) -> None:
    over = replace(item, state=S.WITHDRAWN)
    assert {step.state for step in track(over, rules)} <= {DONE, SKIPPED}


def test_documents_named_are_kinds_of_documents() -> None:
    named = {*STEP_DOCUMENTS.values(), *ACT_DOCUMENTS.values(), *NOTE_DOCUMENTS.values()}
    assert named <= {kind.value for kind in DocumentKind}
    assert set(STEP_DOCUMENTS) <= set(MARKS) and set(NOTE_DOCUMENTS) <= set(texts.NOTES)


@pytest.mark.parametrize(
    ("item", "kind", "document"),
    [
        (PLACED, "vote", "vote_result"),
        (replace(ITEM, state=S.RETURNED_FOR_CORRECTION), "review", "correction_notice"),
        (replace(ITEM, exam_step=ExamStep.BLOCKED), "exam", "suggest_withdrawal"),
        (ITEM, "exam", None),
    ],
)
def test_step_names_the_document_that_is_made_of_it(item: Standing, kind: str, document: str | None) -> None:
    assert steps(item)[kind].document_kind == document


def test_acts_that_make_no_document_name_none() -> None:
    assert set(Act) - set(ACT_DOCUMENTS) >= {Act.BEGIN_REVIEW, Act.TAKE_OFF, Act.WITHDRAW, Act.TAKE_OFFICE, Act.END}
