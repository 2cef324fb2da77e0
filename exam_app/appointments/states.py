"""appointments.states — forms of appointment, the exam requirement and the exam step of an item."""

from collections.abc import Mapping
from enum import StrEnum


class Form(StrEnum):
    """The legal form of an item, named exactly as official documents do (domain.md 3.1)."""

    DECIDE_APPOINT = "decide_appoint"
    APPOINT = "appoint"
    APPROVE_APPOINT = "approve_appoint"
    DECIDE_ACTING = "decide_acting"
    REMOVE = "remove"
    ACCEPT_RESIGNATION = "accept_resignation"
    DISMISS = "dismiss"


APPOINTING_FORMS = frozenset({Form.DECIDE_APPOINT, Form.APPOINT, Form.APPROVE_APPOINT, Form.DECIDE_ACTING})


class Requirement(StrEnum):
    """Whether the nominee of an item has to sit the exam."""

    REQUIRED = "required"
    COMMON_PART_ONLY = "common_part_only"
    SPECIAL_PART_EXEMPT = "special_part_exempt"
    EXEMPT = "exempt"
    NOT_APPLICABLE = "not_applicable"


MUST_SIT = frozenset({Requirement.REQUIRED, Requirement.COMMON_PART_ONLY, Requirement.SPECIAL_PART_EXEMPT})


class ExamStep(StrEnum):
    """Where an item stands with the exam."""

    OPEN = "open"
    CLEARED = "cleared"
    BLOCKED = "blocked"
    OVERRIDDEN = "overridden"


EXAM_STEP_MOVES: Mapping[ExamStep, frozenset[ExamStep]] = {
    ExamStep.OPEN: frozenset({ExamStep.CLEARED, ExamStep.BLOCKED, ExamStep.OVERRIDDEN}),
    ExamStep.BLOCKED: frozenset({ExamStep.CLEARED, ExamStep.OPEN, ExamStep.OVERRIDDEN}),
    ExamStep.CLEARED: frozenset({ExamStep.OPEN, ExamStep.BLOCKED}),
    ExamStep.OVERRIDDEN: frozenset({ExamStep.CLEARED}),
}


class ItemState(StrEnum):
    """How far an item has come; the later steps of the procedure follow on these."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ANNOUNCED = "announced"


ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    ItemState.SUBMITTED: frozenset({ItemState.WITHDRAWN, ItemState.ANNOUNCED}),
    ItemState.WITHDRAWN: frozenset(),
    ItemState.ANNOUNCED: frozenset(),
}
