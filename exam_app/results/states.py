"""results.states — the life of a result."""

from collections.abc import Mapping
from enum import StrEnum


class ResultState(StrEnum):
    """Waiting results are marked by the sweep if a crash left them."""

    WAITING = "waiting"
    MARKED = "marked"
    PUBLISHED = "published"
    VOIDED = "voided"


RESULT_MOVES: Mapping[ResultState, frozenset[ResultState]] = {
    ResultState.WAITING: frozenset({ResultState.MARKED, ResultState.VOIDED}),
    ResultState.MARKED: frozenset({ResultState.PUBLISHED, ResultState.VOIDED}),
    ResultState.PUBLISHED: frozenset({ResultState.VOIDED}),
    ResultState.VOIDED: frozenset(),
}


class MarkedBy(StrEnum):
    """Who gave a mark."""

    MACHINE = "machine"
    MARKER = "marker"
