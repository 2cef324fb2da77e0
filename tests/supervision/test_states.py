"""tests.supervision.test_states — every pair of states: the table leads where it says; acts and moves say the same."""

from itertools import product

import pytest

from exam_app.base.states import IllegalMove, move
from exam_app.supervision.states import (
    BEFORE_REPORT,
    DUTY_ACTS,
    DUTY_MOVES,
    FINISHED,
    HAS_REPORTED,
    DutyState,
    acts_in,
)

S = DutyState
LEGAL = {
    (S.PLANNED, S.NOTIFIED),
    (S.PLANNED, S.DROPPED),
    (S.NOTIFIED, S.DRAFT_RECEIVED),
    (S.NOTIFIED, S.FINAL_RECEIVED),
    (S.NOTIFIED, S.DROPPED),
    (S.DRAFT_RECEIVED, S.FINAL_RECEIVED),
    (S.DRAFT_RECEIVED, S.DROPPED),
    (S.FINAL_RECEIVED, S.REPORTED),
    (S.FINAL_RECEIVED, S.DROPPED),
    (S.REPORTED, S.ASSESSED),
    (S.REPORTED, S.FEEDBACK_SENT),
    (S.REPORTED, S.CLOSED),
    (S.ASSESSED, S.FEEDBACK_SENT),
    (S.FEEDBACK_SENT, S.RECTIFYING),
    (S.FEEDBACK_SENT, S.CLOSED),
    (S.RECTIFYING, S.RECTIFIED),
    (S.RECTIFYING, S.DROPPED),
    (S.RECTIFIED, S.ASSESSED),
    (S.RECTIFIED, S.CLOSED),
    (S.DROPPED, S.PLANNED),
}


@pytest.mark.parametrize(("current", "target"), product(DutyState, repeat=2))
def test_pair_of_states(current: DutyState, target: DutyState) -> None:
    if (current, target) in LEGAL:
        assert move(current, target, DUTY_MOVES) is target
    else:
        with pytest.raises(IllegalMove):
            move(current, target, DUTY_MOVES)


def test_acts_make_every_move_and_no_other() -> None:
    made = {(source, target) for sources, target in DUTY_ACTS.values() if target for source in sources}
    assert made == {(source, target) for source, targets in DUTY_MOVES.items() for target in targets}


def test_every_open_state_has_a_next_act() -> None:
    assert {state for state in DutyState if not acts_in(state)} == {S.CLOSED}


def test_states_are_before_the_report_after_it_or_dropped() -> None:
    assert BEFORE_REPORT | HAS_REPORTED | {S.DROPPED} == set(DutyState)
    assert not BEFORE_REPORT & HAS_REPORTED
    assert {S.CLOSED, S.DROPPED} == FINISHED
