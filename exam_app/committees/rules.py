"""committees.rules — local rules as one validated document, with the defaults of published practice.

Every parameter that real rules differ in is data here; a record keeps the document it was made under.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

from exam_app.committees.errors import RulesInvalid

BOOK_MODES = ("closed", "open")
MULTIPLE_CHOICE_RULES = ("all_or_nothing", "half_if_incomplete")
GATES = ("hard", "advise", "report_only")
DISCLOSURES = ("score", "passed_only")
TEXT_LENGTH = 120


@dataclass(frozen=True, kw_only=True)
class LocalRules:
    """The rules of one committee. Times in minutes or seconds as named; marks in points."""

    exam_title: str = "任前法律知识考试"
    book_mode: str = "closed"
    duration_minutes: int = 90
    full_marks: int = 100
    pass_mark: int = 60
    bands: tuple[tuple[str, int], ...] = (("优秀", 90), ("良好", 80), ("合格", 60))
    multiple_choice: str = "all_or_nothing"
    makeups: int = 1
    notice_days: int = 7
    late_entry_minutes: int = 30
    early_hand_in_minutes: int = 30
    check_in_minutes: int = 30
    grace_seconds: int = 10
    disclosure: str = "score"
    gate: str = "hard"
    valid_within_term: bool = True
    valid_within_organ: bool = True
    exempt_passed: bool = True
    exempt_continuing: bool = True
    exempt_lateral_move: bool = False
    qualified_skip_special_part: bool = False
    examine_acting_posts: bool = False
    examine_approved_appointments: bool = False
    report_label: str = "供职报告"
    steps: tuple[str, ...] = (
        "提请",
        "初审",
        "法律考试",
        "主任会议",
        "供职报告",
        "表决",
        "任命书",
        "宣誓",
        "任后监督",
    )

    def to_document(self) -> dict[str, Any]:
        """Return the document that is stored and frozen."""
        return asdict(self)

    def band(self, score: float) -> str:
        """Return the name of the best band the score reaches, 不合格 below the pass mark."""
        if score < self.pass_mark:
            return "不合格"
        return next((name for name, least in self.bands if score >= least), "合格")


LIMITS: Mapping[str, tuple[int, int]] = {
    "duration_minutes": (5, 480),
    "full_marks": (10, 1000),
    "makeups": (0, 5),
    "notice_days": (0, 60),
    "late_entry_minutes": (0, 480),
    "early_hand_in_minutes": (0, 480),
    "check_in_minutes": (0, 480),
    "grace_seconds": (0, 120),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "book_mode": BOOK_MODES,
    "multiple_choice": MULTIPLE_CHOICE_RULES,
    "gate": GATES,
    "disclosure": DISCLOSURES,
}


MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "bands": lambda value: tuple((_text(name), _whole(least)) for name, least in value),
    "steps": lambda value: tuple(_text(step) for step in value),
}


def from_document(document: Mapping[str, Any]) -> LocalRules:
    """Read a stored or posted document; raise RulesInvalid naming the field that cannot be right."""
    values = {}
    for field in fields(LocalRules):
        if field.name in document:
            make = MAKERS.get(field.name) or BY_TYPE[type(field.default)]
            try:
                values[field.name] = make(document[field.name])
            except (TypeError, ValueError) as wrong:
                raise RulesInvalid(field=field.name) from wrong
    rules = LocalRules(**values)
    _check(rules)
    return rules


def changes(earlier: LocalRules, later: LocalRules) -> list[tuple[str, Any, Any]]:
    """Return what differs between two versions: field, earlier value, later value."""
    pairs = ((field.name, getattr(earlier, field.name), getattr(later, field.name)) for field in fields(LocalRules))
    return [(name, before, after) for name, before, after in pairs if before != after]


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= TEXT_LENGTH:
        raise ValueError(value)
    return value.strip()


BY_TYPE: Mapping[type, Callable[[Any], Any]] = {int: _whole, bool: _switch, str: _text}


def _check(rules: LocalRules) -> None:
    for name, (low, high) in LIMITS.items():
        if not low <= getattr(rules, name) <= high:
            raise RulesInvalid(field=name, low=low, high=high)
    for name, choices in CHOICES.items():
        if getattr(rules, name) not in choices:
            raise RulesInvalid(field=name)
    if not 0 < rules.pass_mark <= rules.full_marks:
        raise RulesInvalid(field="pass_mark", low=1, high=rules.full_marks)
    if not _are_bands(rules):
        raise RulesInvalid(field="bands")
    if not rules.steps or len(set(rules.steps)) != len(rules.steps):
        raise RulesInvalid(field="steps")


def _are_bands(rules: LocalRules) -> bool:
    """Whether each band has a name of its own and they fall from the best to the one at the pass mark or above it."""
    names = [name for name, _least in rules.bands]
    marks = [least for _name, least in rules.bands]
    falling = all(upper > lower for upper, lower in pairwise(marks))
    return len(set(names)) == len(names) and falling and all(0 <= least <= rules.full_marks for least in marks)
