"""proceedings.track — the steps of an item in the order of the local rules, where it stands in each, what is next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exam_app.appointments.rules import may_go_on
from exam_app.appointments.states import (
    AFTER_ANNOUNCEMENT,
    APPOINTING_FORMS,
    AT_THE_MEETING,
    IN_REVIEW,
    LETTER_FORMS,
    MUST_SIT,
    UNDECIDED,
    Act,
    ExamStep,
    Form,
    ItemState,
    Requirement,
)
from exam_app.committees.rules import LocalRules
from exam_app.proceedings.rules import spared_as_acting, swears_here


class StepState(StrEnum):
    """How far one step is; blocked steps need a hand."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Step:
    """One step of the procedure; `note` is a code that texts.proceedings.NOTES has the words for."""

    kind: str
    label: str
    state: StepState
    day: date | None = None
    note: str = ""
    document_kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the track of an item is made from. `meeting_on`: the day of the meeting whose agenda the item is on."""

    state: ItemState
    form: Form
    post: str
    received_on: date
    requirement: Requirement
    exam_step: ExamStep
    exam_on: date | None = None
    reviewed_on: date | None = None
    decided_on: date | None = None
    meeting_on: date | None = None
    reported_on: date | None = None
    voted_on: date | None = None
    letter_on: date | None = None
    sworn_on: date | None = None
    ended_on: date | None = None
    has_objections: bool = False


Mark = tuple[StepState, date | None, str]
DONE, CURRENT, WAITING = StepState.DONE, StepState.CURRENT, StepState.WAITING
BLOCKED, SKIPPED = StepState.BLOCKED, StepState.SKIPPED
STEP_DOCUMENTS: Mapping[str, str] = {
    "review": "review_report",
    "directors": "directors_minutes",
    "report": "host_script",
    "vote": "vote_result",
    "letter": "letters",
    "oath": "oath_sheet",
    "supervision": "report_notice",
}
ACT_DOCUMENTS: Mapping[Act, str] = {
    Act.RETURN: "correction_notice",
    Act.CLEAR: "review_report",
    Act.APPROVE: "directors_minutes",
    Act.HOLD: "directors_minutes",
    Act.PLACE: "agenda",
    Act.REPORT: "host_script",
    Act.CARRY: "vote_result",
    Act.REJECT: "vote_result",
    Act.ANNOUNCE: "announcement",
    Act.ISSUE_LETTER: "letters",
    Act.SWEAR: "oath_sheet",
}
NOTE_DOCUMENTS: Mapping[str, str] = {"returned": "correction_notice", "exam_failed": "suggest_withdrawal"}
BEFORE_THE_DIRECTORS = IN_REVIEW | {ItemState.EXAM_CLEARED}
VOTED = AFTER_ANNOUNCEMENT | {ItemState.VOTED_PASSED, ItemState.VOTED_FAILED, ItemState.ENDED}
BEYOND_LETTERS = frozenset({ItemState.SWORN, ItemState.IN_OFFICE, ItemState.ENDED})


def track(item: Standing, rules: LocalRules) -> list[Step]:
    """Return the steps in the order and with the labels of the local rules; what does not apply is skipped."""
    return [_step(kind, label, item, rules) for kind, label in rules.steps]


def next_act(item: Standing, rules: LocalRules) -> str:
    """Return the code of what the clerk does next, empty where nothing is left; words in texts.proceedings.NEXT."""
    if item.state is ItemState.UNDER_REVIEW:
        return _in_review(item, rules)
    if item.state is ItemState.ON_AGENDA:
        may_report = "report" in _kinds(rules) and _report(item, rules)[0] is CURRENT
        return "report_or_vote" if may_report else "vote"
    if item.state in (ItemState.ANNOUNCED, ItemState.LETTER_ISSUED):
        return _after_the_vote(item, rules)
    if item.state is ItemState.VOTE_DEFERRED and rules.after_deferral == "directors":
        return "directors_again"
    return NEXT.get(item.state, "")


NEXT: Mapping[ItemState, str] = {
    ItemState.SUBMITTED: "begin_review",
    ItemState.RETURNED_FOR_CORRECTION: "await_correction",
    ItemState.EXAM_CLEARED: "directors",
    ItemState.DIRECTOR_MEETING_HELD: "directors_again",
    ItemState.DIRECTOR_MEETING_APPROVED: "place",
    ItemState.REPORTED: "vote",
    ItemState.VOTE_DEFERRED: "place_again",
    ItemState.VOTED_PASSED: "announce",
    ItemState.SWORN: "take_office",
}


def _in_review(item: Standing, rules: LocalRules) -> str:
    if item.has_objections:
        return "answer_objections"
    if may_go_on(item.exam_step, rules):
        return "conclude_review"
    if item.exam_step is ExamStep.BLOCKED:
        return "settle_exam"
    return "await_exam" if item.exam_on else "send_to_exam"


def _after_the_vote(item: Standing, rules: LocalRules) -> str:
    if item.form not in APPOINTING_FORMS:
        return ""
    kinds = _kinds(rules)
    if "letter" in kinds and _letter(item, rules)[0] is CURRENT:
        return "issue_letter"
    if "oath" in kinds and _oath(item, rules)[0] is CURRENT:
        return "swear"
    return "take_office"


def _kinds(rules: LocalRules) -> set[str]:
    return {kind for kind, _label in rules.steps}


def _step(kind: str, label: str, item: Standing, rules: LocalRules) -> Step:
    state, day, note = MARKS[kind](item, rules)
    return Step(kind, label, state, day, note, NOTE_DOCUMENTS.get(note) or STEP_DOCUMENTS.get(kind))


def _submission(item: Standing, _rules: LocalRules) -> Mark:
    return DONE, item.received_on, ""


def _review(item: Standing, rules: LocalRules) -> Mark:
    if item.state not in IN_REVIEW:
        never = item.state is ItemState.WITHDRAWN and item.reviewed_on is None
        return (SKIPPED if never else DONE), item.reviewed_on, ""
    if item.state is ItemState.RETURNED_FOR_CORRECTION:
        return BLOCKED, None, "returned"
    if item.has_objections:
        return BLOCKED, None, "objections"
    if item.state is ItemState.SUBMITTED:
        return CURRENT, None, "not_begun"
    return CURRENT, None, "" if may_go_on(item.exam_step, rules) else "exam_first"


def _exam(item: Standing, rules: LocalRules) -> Mark:
    if item.requirement not in MUST_SIT:
        return SKIPPED, None, "exempt" if item.requirement is Requirement.EXEMPT else "not_examined"
    if item.exam_step is ExamStep.CLEARED:
        return DONE, item.exam_on, ""
    if item.exam_step is ExamStep.OVERRIDDEN:
        return DONE, item.exam_on, "exam_overridden"
    if item.exam_step is ExamStep.BLOCKED:
        stops = rules.gate == "hard" and item.state is not ItemState.WITHDRAWN
        return (BLOCKED, item.exam_on, "exam_failed") if stops else (DONE, item.exam_on, "exam_failed_noted")
    if item.state in IN_REVIEW or (item.state in UNDECIDED and not may_go_on(item.exam_step, rules)):
        return CURRENT, item.exam_on, "exam_ahead" if item.exam_on else "exam_unregistered"
    return SKIPPED, None, "" if item.state is ItemState.WITHDRAWN else "exam_not_sat"


def _directors(item: Standing, _rules: LocalRules) -> Mark:
    if item.state is ItemState.DIRECTOR_MEETING_HELD:
        return BLOCKED, item.decided_on, "held"
    if item.state is ItemState.EXAM_CLEARED:
        return CURRENT, None, ""
    if item.state in IN_REVIEW:
        return WAITING, None, ""
    never = item.state is ItemState.WITHDRAWN and item.decided_on is None
    return (SKIPPED if never else DONE), item.decided_on, ""


def _report(item: Standing, rules: LocalRules) -> Mark:
    if item.form not in APPOINTING_FORMS:
        return SKIPPED, None, "no_report_due"
    if item.reported_on:
        return DONE, item.reported_on, ""
    if rules.report_when == "before_vote":
        asked, over = item.state is ItemState.ON_AGENDA, item.state in VOTED
    else:
        asked = item.state in (ItemState.ANNOUNCED, ItemState.LETTER_ISSUED)
        over = item.state in BEYOND_LETTERS or item.state is ItemState.VOTED_FAILED
    if asked:
        return CURRENT, item.meeting_on, "report_if_asked"
    if over or item.state is ItemState.WITHDRAWN:
        return SKIPPED, None, "no_report_asked" if over else ""
    return WAITING, None, ""


def _vote(item: Standing, rules: LocalRules) -> Mark:
    if item.state is ItemState.WITHDRAWN:
        return SKIPPED, None, "withdrawn"
    if item.state is ItemState.VOTED_FAILED:
        return BLOCKED, item.voted_on, "rejected"
    if item.state is ItemState.VOTED_PASSED:
        return DONE, item.voted_on, "not_announced"
    if item.state in VOTED:
        return DONE, item.voted_on, ""
    if item.state is ItemState.VOTE_DEFERRED:
        return BLOCKED, None, "deferred_to_directors" if rules.after_deferral == "directors" else "deferred"
    if item.state in AT_THE_MEETING:
        return CURRENT, item.meeting_on, ""
    return (CURRENT, None, "not_placed") if item.state is ItemState.DIRECTOR_MEETING_APPROVED else (WAITING, None, "")


def _letter(item: Standing, _rules: LocalRules) -> Mark:
    if item.form not in LETTER_FORMS:
        return SKIPPED, None, "no_letter_due"
    if item.letter_on:
        return DONE, item.letter_on, ""
    if item.state is ItemState.ANNOUNCED:
        return CURRENT, None, ""
    return _ahead_or_missed(item, "no_letter_issued")


def _oath(item: Standing, rules: LocalRules) -> Mark:
    if item.form not in APPOINTING_FORMS:
        return SKIPPED, None, "no_oath_due"
    if item.sworn_on:
        return DONE, item.sworn_on, ""
    if spared_as_acting(item.form, rules):
        return SKIPPED, None, "acting_spared"
    if not swears_here(item.post, item.form, rules):
        return SKIPPED, None, "oath_before_court"
    lettered = item.state is ItemState.LETTER_ISSUED
    if lettered or (item.state is ItemState.ANNOUNCED and item.form not in LETTER_FORMS):
        return CURRENT, None, "" if lettered else "oath_if_held"
    return _ahead_or_missed(item, "not_sworn")


def _ahead_or_missed(item: Standing, missed: str) -> Mark:
    if item.state in BEYOND_LETTERS:
        return SKIPPED, None, missed
    over = item.state in (ItemState.WITHDRAWN, ItemState.VOTED_FAILED)
    return (SKIPPED if over else WAITING), None, ""


def _supervision(item: Standing, _rules: LocalRules) -> Mark:
    if item.form not in APPOINTING_FORMS:
        return SKIPPED, None, "no_office_held"
    if item.state is ItemState.ENDED:
        return DONE, item.ended_on, "ended"
    if item.state is ItemState.IN_OFFICE:
        return CURRENT, None, ""
    return _ahead_or_missed(item, "") if item.state is not ItemState.SWORN else (WAITING, None, "")


MARKS: Mapping[str, Callable[[Standing, LocalRules], Mark]] = {
    "submission": _submission,
    "review": _review,
    "exam": _exam,
    "directors": _directors,
    "report": _report,
    "vote": _vote,
    "letter": _letter,
    "oath": _oath,
    "supervision": _supervision,
}
