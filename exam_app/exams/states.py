"""exams.states — the life of an exam and of a person's absence from it."""

from collections.abc import Mapping
from enum import StrEnum


class ExamState(StrEnum):
    """Whether the exam is still being set up. Upcoming, running and over follow from the times."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


EXAM_MOVES: Mapping[ExamState, frozenset[ExamState]] = {
    ExamState.DRAFT: frozenset({ExamState.ANNOUNCED, ExamState.CANCELLED}),
    ExamState.ANNOUNCED: frozenset({ExamState.CANCELLED}),
    ExamState.CANCELLED: frozenset(),
}


class Absence(StrEnum):
    """How an absence counts: unexcused is a failed attempt, excused calls for a new sitting."""

    NONE = "none"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
