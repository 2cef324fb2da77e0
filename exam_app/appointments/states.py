"""appointments.states — forms of appointment, the exam of an item, how far it has come, and every act that moves it."""

from collections.abc import Mapping
from enum import StrEnum


class Form(StrEnum):
    """The legal form of an item, named exactly as official documents do (domain.md 3.1)."""

    DECIDE_APPOINT = "decide_appoint"
    APPOINT = "appoint"
    APPROVE_APPOINT = "approve_appoint"
    ADOPT = "adopt"
    DECIDE_ACTING = "decide_acting"
    ELECT_ACTING = "elect_acting"
    REMOVE = "remove"
    APPROVE_REMOVE = "approve_remove"
    ACCEPT_RESIGNATION = "accept_resignation"
    DISMISS = "dismiss"
    REVOKE = "revoke"


ACTING_FORMS = frozenset({Form.DECIDE_ACTING, Form.ELECT_ACTING})
APPOINTING_FORMS = ACTING_FORMS | {Form.DECIDE_APPOINT, Form.APPOINT, Form.APPROVE_APPOINT, Form.ADOPT}
LETTER_FORMS = frozenset({Form.DECIDE_APPOINT, Form.APPOINT})
REMOVING_FORMS = frozenset(Form) - APPOINTING_FORMS


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


THROUGH_THE_EXAM = frozenset({ExamStep.CLEARED, ExamStep.OVERRIDDEN})
EXAM_STEP_MOVES: Mapping[ExamStep, frozenset[ExamStep]] = {
    ExamStep.OPEN: frozenset({ExamStep.CLEARED, ExamStep.BLOCKED, ExamStep.OVERRIDDEN}),
    ExamStep.BLOCKED: frozenset({ExamStep.CLEARED, ExamStep.OPEN, ExamStep.OVERRIDDEN}),
    ExamStep.CLEARED: frozenset({ExamStep.OPEN, ExamStep.BLOCKED}),
    ExamStep.OVERRIDDEN: frozenset({ExamStep.CLEARED}),
}


class ItemState(StrEnum):
    """How far an item has come (domain.md 3.6). A list that is still being read is no item yet."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED_FOR_CORRECTION = "returned_for_correction"
    EXAM_CLEARED = "exam_cleared"
    DIRECTOR_MEETING_APPROVED = "director_meeting_approved"
    DIRECTOR_MEETING_HELD = "director_meeting_held"
    ON_AGENDA = "on_agenda"
    REPORTED = "reported"
    VOTE_DEFERRED = "vote_deferred"
    VOTED_PASSED = "voted_passed"
    VOTED_FAILED = "voted_failed"
    WITHDRAWN = "withdrawn"
    ANNOUNCED = "announced"
    LETTER_ISSUED = "letter_issued"
    SWORN = "sworn"
    IN_OFFICE = "in_office"
    ENDED = "ended"


class Act(StrEnum):
    """What is done to an item; each act is one verb of the record."""

    BEGIN_REVIEW = "begin_review"
    RETURN = "return"
    RESUBMIT = "resubmit"
    CLEAR = "clear"
    REOPEN = "reopen"
    APPROVE = "approve"
    HOLD = "hold"
    PLACE = "place"
    TAKE_OFF = "take_off"
    REPORT = "report"
    DEFER = "defer"
    CARRY = "carry"
    REJECT = "reject"
    CORRECT_TO_CARRIED = "correct_to_carried"
    CORRECT_TO_REJECTED = "correct_to_rejected"
    WITHDRAW = "withdraw"
    ANNOUNCE = "announce"
    ISSUE_LETTER = "issue_letter"
    SWEAR = "swear"
    TAKE_OFFICE = "take_office"
    END = "end"


IN_REVIEW = frozenset({ItemState.SUBMITTED, ItemState.UNDER_REVIEW, ItemState.RETURNED_FOR_CORRECTION})
AT_THE_MEETING = frozenset({ItemState.ON_AGENDA, ItemState.REPORTED})
UNDECIDED = (
    IN_REVIEW
    | AT_THE_MEETING
    | {
        ItemState.EXAM_CLEARED,
        ItemState.DIRECTOR_MEETING_APPROVED,
        ItemState.DIRECTOR_MEETING_HELD,
        ItemState.VOTE_DEFERRED,
    }
)
AFTER_ANNOUNCEMENT = frozenset({ItemState.ANNOUNCED, ItemState.LETTER_ISSUED, ItemState.SWORN, ItemState.IN_OFFICE})
PASSED_STATES = AFTER_ANNOUNCEMENT | {ItemState.VOTED_PASSED, ItemState.ENDED}

ACTS: Mapping[Act, tuple[frozenset[ItemState], ItemState]] = {
    Act.BEGIN_REVIEW: (frozenset({ItemState.SUBMITTED}), ItemState.UNDER_REVIEW),
    Act.RETURN: (frozenset({ItemState.UNDER_REVIEW}), ItemState.RETURNED_FOR_CORRECTION),
    Act.RESUBMIT: (frozenset({ItemState.RETURNED_FOR_CORRECTION}), ItemState.UNDER_REVIEW),
    Act.CLEAR: (frozenset({ItemState.UNDER_REVIEW}), ItemState.EXAM_CLEARED),
    Act.REOPEN: (frozenset({ItemState.EXAM_CLEARED}), ItemState.UNDER_REVIEW),
    Act.APPROVE: (
        frozenset({ItemState.EXAM_CLEARED, ItemState.DIRECTOR_MEETING_HELD, ItemState.VOTE_DEFERRED}),
        ItemState.DIRECTOR_MEETING_APPROVED,
    ),
    Act.HOLD: (
        frozenset({ItemState.EXAM_CLEARED, ItemState.DIRECTOR_MEETING_APPROVED, ItemState.VOTE_DEFERRED}),
        ItemState.DIRECTOR_MEETING_HELD,
    ),
    Act.PLACE: (frozenset({ItemState.DIRECTOR_MEETING_APPROVED, ItemState.VOTE_DEFERRED}), ItemState.ON_AGENDA),
    Act.TAKE_OFF: (AT_THE_MEETING, ItemState.DIRECTOR_MEETING_APPROVED),
    Act.REPORT: (frozenset({ItemState.ON_AGENDA}), ItemState.REPORTED),
    Act.DEFER: (AT_THE_MEETING, ItemState.VOTE_DEFERRED),
    Act.CARRY: (AT_THE_MEETING, ItemState.VOTED_PASSED),
    Act.REJECT: (AT_THE_MEETING, ItemState.VOTED_FAILED),
    Act.CORRECT_TO_CARRIED: (frozenset({ItemState.VOTED_FAILED}), ItemState.VOTED_PASSED),
    Act.CORRECT_TO_REJECTED: (frozenset({ItemState.VOTED_PASSED}), ItemState.VOTED_FAILED),
    Act.WITHDRAW: (UNDECIDED, ItemState.WITHDRAWN),
    Act.ANNOUNCE: (frozenset({ItemState.VOTED_PASSED}), ItemState.ANNOUNCED),
    Act.ISSUE_LETTER: (frozenset({ItemState.ANNOUNCED}), ItemState.LETTER_ISSUED),
    Act.SWEAR: (frozenset({ItemState.ANNOUNCED, ItemState.LETTER_ISSUED}), ItemState.SWORN),
    Act.TAKE_OFFICE: (
        frozenset({ItemState.ANNOUNCED, ItemState.LETTER_ISSUED, ItemState.SWORN}),
        ItemState.IN_OFFICE,
    ),
    Act.END: (AFTER_ANNOUNCEMENT, ItemState.ENDED),
}


def _moves() -> dict[ItemState, frozenset[ItemState]]:
    targets: dict[ItemState, set[ItemState]] = {state: set() for state in ItemState}
    for sources, target in ACTS.values():
        for source in sources:
            targets[source].add(target)
    return {state: frozenset(reached) for state, reached in targets.items()}


ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = _moves()


class DirectorsOutcome(StrEnum):
    """What a directors' meeting decides about an item."""

    SUBMIT = "submit"
    HOLD = "hold"
    DEFER = "defer"
    CONSENT_TO_WITHDRAW = "consent_to_withdraw"
    OVERRIDE = "override"
