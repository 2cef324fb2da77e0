"""tests.proceedings.test_next_act — what the clerk does next with an item, or that nothing is left."""

from dataclasses import replace

import pytest
from hypothesis import given

from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.committees.rules import LocalRules
from exam_app.proceedings.track import Standing, next_act, track
from exam_app.texts import proceedings as texts
from tests.proceedings.standings import (
    ALL_RULES,
    ANNOUNCED,
    APPROVED,
    CLEARED,
    DAY,
    IN_OFFICE,
    ITEM,
    LETTERED,
    PLACED,
    RULES,
    SPEECH_AFTER,
    STANDINGS,
    SWORN,
)

S = ItemState


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (ITEM, "begin_review"),
        (replace(ITEM, state=S.RETURNED_FOR_CORRECTION), "await_correction"),
        (replace(ITEM, state=S.UNDER_REVIEW), "send_to_exam"),
        (replace(ITEM, state=S.UNDER_REVIEW, exam_on=DAY), "await_exam"),
        (replace(ITEM, state=S.UNDER_REVIEW, exam_step=ExamStep.BLOCKED), "settle_exam"),
        (replace(CLEARED, state=S.UNDER_REVIEW), "conclude_review"),
        (replace(CLEARED, state=S.UNDER_REVIEW, has_objections=True), "answer_objections"),
        (replace(CLEARED, state=S.EXAM_CLEARED), "directors"),
        (replace(CLEARED, state=S.DIRECTOR_MEETING_HELD), "directors_again"),
        (APPROVED, "place"),
        (PLACED, "report_or_vote"),
        (replace(PLACED, form=Form.REMOVE), "vote"),
        (replace(PLACED, state=S.REPORTED), "vote"),
        (replace(PLACED, state=S.VOTE_DEFERRED), "place_again"),
        (replace(ANNOUNCED, state=S.VOTED_PASSED), "announce"),
        (ANNOUNCED, "issue_letter"),
        (replace(ANNOUNCED, form=Form.REMOVE), ""),
        (replace(ANNOUNCED, form=Form.DECIDE_ACTING), "take_office"),
        (LETTERED, "swear"),
        (replace(LETTERED, post="甲区人民陪审员"), "take_office"),
        (SWORN, "take_office"),
        (IN_OFFICE, ""),
        (replace(IN_OFFICE, state=S.ENDED), ""),
        (replace(ANNOUNCED, state=S.VOTED_FAILED), ""),
        (replace(ITEM, state=S.WITHDRAWN), ""),
    ],
)
def test_next_act_is_what_the_clerk_does(item: Standing, code: str) -> None:
    assert next_act(item, RULES) == code


def test_acting_head_swears_where_the_rules_say_so() -> None:
    acting, swearing = replace(ANNOUNCED, form=Form.DECIDE_ACTING), replace(RULES, acting_posts_swear=True)
    assert next_act(acting, swearing) == "swear"
    assert [step.note for step in track(acting, swearing) if step.kind == "oath"] == ["oath_if_held"]


def test_deferred_item_goes_back_to_the_directors_where_the_rules_say_so() -> None:
    deferred, again = replace(PLACED, state=S.VOTE_DEFERRED), replace(RULES, after_deferral="directors")
    assert next_act(deferred, again) == "directors_again"
    assert [step.note for step in track(deferred, again) if step.kind == "vote"] == ["deferred_to_directors"]


def test_next_act_leaves_out_steps_that_the_place_does_not_know() -> None:
    short = replace(RULES, steps=(("submission", "提请"), ("vote", "表决")))
    assert next_act(PLACED, short) == "vote"
    assert next_act(ANNOUNCED, short) == "take_office"
    assert next_act(PLACED, SPEECH_AFTER) == "vote"


def test_soft_gate_lets_the_review_be_concluded() -> None:
    failed = replace(ITEM, state=S.UNDER_REVIEW, exam_step=ExamStep.BLOCKED)
    assert next_act(failed, replace(RULES, gate="advise")) == "conclude_review"


@given(STANDINGS, ALL_RULES)
def test_every_next_act_has_words(item: Standing, rules: LocalRules) -> None:
    assert next_act(item, rules) in {"", *texts.NEXT}
