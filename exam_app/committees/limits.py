"""committees.limits — what each local rule may be, and how rules must fit together."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from string import Formatter
from typing import TYPE_CHECKING

from exam_app.committees.decision_table import contradictions, gaps
from exam_app.committees.errors import RulesInvalid, TableContradicts, TableHasGaps
from exam_app.committees.table_words import rule_name, say_conditions, say_line

if TYPE_CHECKING:
    from exam_app.committees.rules import LocalRules

TEXT_LENGTH = 120
LIMITS: Mapping[str, tuple[int, int]] = {
    "duration_minutes": (5, 480),
    "full_marks": (10, 1000),
    "makeups": (0, 5),
    "notice_days": (0, 60),
    "late_entry_minutes": (0, 480),
    "early_hand_in_minutes": (0, 480),
    "check_in_minutes": (0, 480),
    "grace_seconds": (0, 120),
    "rejections_bar": (1, 9),
    "renominate_months": (0, 60),
    "draft_days": (0, 90),
    "final_days": (0, 90),
    "rectification_months": (1, 24),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "book_mode": ("closed", "open"),
    "multiple_choice": ("all_or_nothing", "half_if_incomplete"),
    "gate": ("hard", "advise", "report_only"),
    "disclosure": ("score", "passed_only"),
    "second_failure": ("block", "withdraw", "defer"),
    "report_when": ("before_vote", "after_letter"),
    "vote_method": ("panel", "ballot", "hands"),
    "combined_votes": ("never", "unless_objected", "directors_decide"),
    "deferral_by": ("directors", "meeting"),
    "after_deferral": ("agenda", "directors"),
    "report_every": ("year", "term"),
    "assessment_base": ("all_members", "present", "valid_ballots"),
}
STEP_KINDS = ("submission", "review", "exam", "directors", "report", "vote", "letter", "oath", "supervision")
YEAR_GROUPS = ("decide_appoint", "appoint", "remove", "accept_resignation")
GROUPED_FORMS = ("approve_appoint", "adopt", "decide_acting", "elect_acting", "approve_remove", "dismiss", "revoke")
"""The forms that the four groups of the year's figures do not name themselves."""
LETTER_NAMES = {"short", "year", "serial"}
MOST_GRADES, MOST_UNDER = 6, 100


def check(rules: "LocalRules") -> None:
    """Raise RulesInvalid naming the first rule that cannot be right, in itself or beside the others."""
    for name, (low, high) in {**LIMITS, "pass_mark": (1, rules.full_marks)}.items():
        if not low <= getattr(rules, name) <= high:
            raise RulesInvalid(field=name, low=low, high=high)
    for name, choices in CHOICES.items():
        if getattr(rules, name) not in choices:
            raise RulesInvalid(field=name)
    for name, fits in FITS.items():
        if not fits(rules):
            raise RulesInvalid(field=name)
    if rules.requirement_table:
        _check_table(rules)


def _check_table(rules: "LocalRules") -> None:
    if open_ := gaps(rules.requirement_table, most=1):
        raise TableHasGaps(field="requirement_table", example=say_conditions(open_[0]))
    if clashes := contradictions(rules.requirement_table):
        lines, clash = rules.requirement_table, clashes[0]
        raise TableContradicts(
            field="requirement_table",
            line=clash.line,
            rule=rule_name(lines[clash.line - 1].rule),
            words=say_line(lines[clash.line - 1]),
            by="、".join(str(number) for number in clash.by),
        )


def _are_bands(rules: "LocalRules") -> bool:
    """Whether each band has a name of its own and they fall from the best to the one at the pass mark or above it."""
    names = [name for name, _least in rules.bands]
    marks = [least for _name, least in rules.bands]
    falling = all(upper > lower for upper, lower in pairwise(marks))
    return _differ(names) and falling and all(0 <= least <= rules.full_marks for least in marks)


def _are_steps(rules: "LocalRules") -> bool:
    kinds = [kind for kind, _label in rules.steps]
    return bool(kinds) and _differ(kinds) and set(kinds) <= set(STEP_KINDS)


def _is_letter_number(rules: "LocalRules") -> bool:
    """Whether the template counts within the year and names nothing but what a letter knows of itself."""
    try:
        parts = list(Formatter().parse(rules.letter_number))
    except ValueError:
        return False
    names = [name for _text, name, _form, _change in parts if name is not None]
    plain = not any(form or change for _text, _name, form, change in parts)
    return plain and _differ(names) and {"year", "serial"} <= set(names) <= LETTER_NAMES


def _are_grades(rules: "LocalRules") -> bool:
    return 2 <= len(rules.grades) <= MOST_GRADES and _differ(rules.grades)


def _are_assessment_lines(rules: "LocalRules") -> bool:
    """Whether each line gives one grade of its own, from the best down, by a share between nothing and all.

    The last grade has no line: it is what is left.
    """
    places = [rules.grades.index(grade) if grade in rules.grades else -1 for grade, *_share in rules.assessment_lines]
    shares = all(
        1 <= best <= len(rules.grades) and 0 < over <= under <= MOST_UNDER and not (strict and over == under)
        for _grade, best, over, under, strict in rules.assessment_lines
    )
    falling = all(upper < lower for upper, lower in pairwise(places))
    return bool(places) and falling and shares and all(0 <= place < len(rules.grades) - 1 for place in places)


def _are_year_groups(rules: "LocalRules") -> bool:
    """Whether every form that is no group itself has one, once."""
    forms = [form for form, _group in rules.year_groups]
    return sorted(forms) == sorted(GROUPED_FORMS) and all(group in YEAR_GROUPS for _form, group in rules.year_groups)


def _differ(names: Sequence[str]) -> bool:
    return len(set(names)) == len(names)


FITS: Mapping[str, Callable[["LocalRules"], bool]] = {
    "bands": _are_bands,
    "steps": _are_steps,
    "letter_number": _is_letter_number,
    "grades": _are_grades,
    "assessment_lines": _are_assessment_lines,
    "year_groups": _are_year_groups,
}
