"""bank.states — the life of a version of a question."""

from collections.abc import Mapping
from enum import StrEnum


class VersionState(StrEnum):
    """Where a version stands; only live versions are drawn."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    LIVE = "live"
    RETIRED = "retired"


VERSION_MOVES: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.IN_REVIEW, VersionState.RETIRED}),
    VersionState.IN_REVIEW: frozenset({VersionState.LIVE, VersionState.DRAFT}),
    VersionState.LIVE: frozenset({VersionState.RETIRED}),
    VersionState.RETIRED: frozenset(),
}
