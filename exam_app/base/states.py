"""base.states — the one way from one stored state to the next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from exam_app.base.errors import Conflict

State = TypeVar("State", bound=StrEnum)


class IllegalMove(Conflict):
    """The table of moves does not lead from here to there."""

    code = "illegal_move"


def move(current: State, target: State, moves: Mapping[State, frozenset[State]]) -> State:
    """Return the target if the table of moves leads there, else raise IllegalMove."""
    if target not in moves.get(current, frozenset()):
        raise IllegalMove(current=current.value, target=target.value)
    return target
