"""papers.states — the life of a blueprint. One that is ready never changes again: exams were announced with it."""

from collections.abc import Mapping
from enum import StrEnum


class BlueprintState(StrEnum):
    """Whether exams may use the blueprint."""

    DRAFT = "draft"
    READY = "ready"
    RETIRED = "retired"


BLUEPRINT_MOVES: Mapping[BlueprintState, frozenset[BlueprintState]] = {
    BlueprintState.DRAFT: frozenset({BlueprintState.READY, BlueprintState.RETIRED}),
    BlueprintState.READY: frozenset({BlueprintState.RETIRED}),
    BlueprintState.RETIRED: frozenset(),
}
