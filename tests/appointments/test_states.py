"""tests.appointments.test_states — every pair of states: the table of moves leads where it says, and nowhere else."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import product

import pytest

from exam_app.appointments.states import EXAM_STEP_MOVES, ITEM_MOVES, ExamStep, ItemState
from exam_app.base.states import IllegalMove, move

PAIRS: list[tuple[StrEnum, StrEnum, Mapping[StrEnum, frozenset[StrEnum]]]] = [
    *((one, other, ITEM_MOVES) for one, other in product(ItemState, repeat=2)),  # type: ignore[misc]
    *((one, other, EXAM_STEP_MOVES) for one, other in product(ExamStep, repeat=2)),  # type: ignore[misc]
]
LEGAL = {
    (ItemState.SUBMITTED, ItemState.WITHDRAWN),
    (ItemState.SUBMITTED, ItemState.ANNOUNCED),
    (ExamStep.OPEN, ExamStep.CLEARED),
    (ExamStep.OPEN, ExamStep.BLOCKED),
    (ExamStep.OPEN, ExamStep.OVERRIDDEN),
    (ExamStep.BLOCKED, ExamStep.CLEARED),
    (ExamStep.BLOCKED, ExamStep.OPEN),
    (ExamStep.BLOCKED, ExamStep.OVERRIDDEN),
    (ExamStep.CLEARED, ExamStep.OPEN),
    (ExamStep.CLEARED, ExamStep.BLOCKED),
    (ExamStep.OVERRIDDEN, ExamStep.CLEARED),
}


@pytest.mark.parametrize(("current", "target", "moves"), PAIRS)
def test_pair_of_states(current: StrEnum, target: StrEnum, moves: Mapping[StrEnum, frozenset[StrEnum]]) -> None:
    if (current, target) in LEGAL:
        assert move(current, target, moves) is target
    else:
        with pytest.raises(IllegalMove):
            move(current, target, moves)
