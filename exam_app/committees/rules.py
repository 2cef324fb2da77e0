"""committees.rules — local rules as one validated document, with the defaults of published practice.

Every parameter that real rules differ in is data here; a record keeps the document it was made under.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from exam_app.committees.errors import RulesInvalid

BOOK_MODES = ("closed", "open")
MULTIPLE_CHOICE_RULES = ("all_or_nothing", "half_if_incomplete")
GATES = ("hard", "advise", "report_only")
DISCLOSURES = ("score", "passed_only")


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


def from_document(document: Mapping[str, Any]) -> LocalRules:
    """Read a stored or posted document; raise RulesInvalid naming the field that cannot be right."""
    known = {field.name for field in fields(LocalRules)}
    values = {name: value for name, value in document.items() if name in known}
    if "bands" in values:
        values["bands"] = tuple((str(name), int(least)) for name, least in values["bands"])
    if "steps" in values:
        values["steps"] = tuple(values["steps"])
    rules = LocalRules(**values)
    _check(rules)
    return rules


def _check(rules: LocalRules) -> None:
    for name, (low, high) in LIMITS.items():
        if not low <= getattr(rules, name) <= high:
            raise RulesInvalid(field=name, low=low, high=high)
    for name, choices in CHOICES.items():
        if getattr(rules, name) not in choices:
            raise RulesInvalid(field=name)
    if not 0 < rules.pass_mark <= rules.full_marks:
        raise RulesInvalid(field="pass_mark", low=1, high=rules.full_marks)
    marks = [least for _name, least in rules.bands]
    if marks != sorted(marks, reverse=True) or any(not 0 <= least <= rules.full_marks for least in marks):
        raise RulesInvalid(field="bands")
    if not rules.exam_title.strip():
        raise RulesInvalid(field="exam_title")
