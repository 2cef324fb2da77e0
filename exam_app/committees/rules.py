"""committees.rules — local rules as one validated document, with the defaults of published practice.

Every parameter that real rules differ in is data here; a record keeps the document it was made under.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any

from exam_app.committees import limits
from exam_app.committees.decision_table import NO, PASSES, YES, Line, line_of, read_lines
from exam_app.committees.errors import RulesInvalid
from exam_app.committees.limits import TEXT_LENGTH

USUAL_STEPS: tuple[tuple[str, str], ...] = (
    ("submission", "提请"),
    ("review", "初审"),
    ("exam", "法律考试"),
    ("directors", "主任会议"),
    ("report", "供职报告"),
    ("vote", "表决"),
    ("letter", "任命书"),
    ("oath", "宪法宣誓"),
    ("supervision", "任后监督"),
)


STEP_SIGNS: Mapping[str, tuple[str, ...]] = {
    "directors": ("主任会议",),
    "exam": ("考",),
    "submission": ("提请", "提名"),
    "review": ("审",),
    "report": ("供职", "发言", "报告"),
    "vote": ("表决",),
    "letter": ("任命书",),
    "oath": ("宣誓",),
    "supervision": ("监督",),
}
"""What the name of a step says about its kind; the first that fits."""


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
    requirement_table: tuple[Line, ...] = ()
    second_failure: str = "withdraw"
    report_label: str = "供职报告"
    report_when: str = "before_vote"
    steps: tuple[tuple[str, str], ...] = USUAL_STEPS
    vote_method: str = "panel"
    combined_votes: str = "unless_objected"
    deferral_by: str = "directors"
    after_deferral: str = "agenda"
    rejections_bar: int = 2
    rejections_in_a_row: bool = False
    renominate_months: int = 6
    acting_posts_swear: bool = False
    letter_number: str = "{short}任〔{year}〕{serial}号"
    report_every: str = "year"
    draft_days: int = 20
    final_days: int = 10
    rectification_months: int = 3
    grades: tuple[str, ...] = ("满意", "基本满意", "不满意")
    assessment_base: str = "all_members"
    assessment_lines: tuple[tuple[str, int, int, int, bool], ...] = (
        ("满意", 1, 1, 2, False),
        ("基本满意", 2, 1, 2, True),
    )
    year_groups: tuple[tuple[str, str], ...] = (
        ("approve_appoint", "appoint"),
        ("adopt", "appoint"),
        ("decide_acting", "appoint"),
        ("elect_acting", "appoint"),
        ("approve_remove", "remove"),
        ("dismiss", "remove"),
        ("revoke", "remove"),
    )

    def to_document(self) -> dict[str, Any]:
        """Return the document that is stored and frozen."""
        return asdict(self)

    def band(self, score: float) -> str:
        """Return the name of the best band the score reaches, 不合格 below the pass mark."""
        if score < self.pass_mark:
            return "不合格"
        return next((name for name, least in self.bands if score >= least), "合格")

    def table(self) -> tuple[Line, ...]:
        """Return the table that decides who must sit: the committee's own, or the usual one by the switches."""
        return self.requirement_table or usual_table(self)


def usual_table(rules: LocalRules) -> tuple[Line, ...]:
    """Return the table that the switches stand for."""
    lines = (
        (True, line_of("not_applicable", "REMOVAL", when={"form": ["removal"]})),
        (True, line_of("not_applicable", "OUT_OF_SCOPE", when={"in_scope": [NO]})),
        (not rules.examine_acting_posts, line_of("not_applicable", "ACTING_POST", when={"form": ["acting"]})),
        (
            not rules.examine_approved_appointments,
            line_of("not_applicable", "APPROVED_APPOINTMENT", when={"form": ["approve_appoint"]}),
        ),
        (rules.exempt_passed, line_of("exempt", "PASSED_THIS_TERM", when={"passed": _passes_that_count(rules)})),
        (rules.exempt_continuing, line_of("exempt", "CONTINUING_AT_TERM_CHANGE", when={"continues_in_post": [YES]})),
        (
            rules.exempt_lateral_move,
            line_of("exempt", "LATERAL_MOVE", when={"lateral_move": [YES], "passed": PASSES}),
        ),
        (
            rules.qualified_skip_special_part,
            line_of("special_part_exempt", "LEGALLY_QUALIFIED", when={"legally_qualified": [YES]}),
        ),
        (True, line_of("required", "EVERY_NOMINEE")),
    )
    return tuple(line for holds, line in lines if holds)


def _passes_that_count(rules: LocalRules) -> list[str]:
    in_time = ("this_term",) if rules.valid_within_term else ("this_term", "earlier")
    in_place = ("same_organ",) if rules.valid_within_organ else ("same_organ", "other_organ")
    return [f"{term}_{organ}" for term in in_time for organ in in_place]


MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "bands": lambda value: tuple((_text(name), _whole(least)) for name, least in value),
    "requirement_table": read_lines,
    "steps": lambda value: _named_steps(value) or tuple((_text(kind), _text(label)) for kind, label in value),
    "grades": lambda value: tuple(_text(grade) for grade in value),
    "assessment_lines": lambda value: tuple(
        (_text(grade), _whole(best), _whole(over), _whole(under), _switch(strict))
        for grade, best, over, under, strict in value
    ),
    "year_groups": lambda value: tuple((_text(form), _text(group)) for form, group in value),
}


def from_document(document: Mapping[str, Any]) -> LocalRules:
    """Read a stored or posted document; raise RulesInvalid naming the field that cannot be right."""
    return _read(json.dumps(document))


@lru_cache(maxsize=256)
def _read(text: str) -> LocalRules:
    """Read a document once: every page about an exam asks for the few that were frozen."""
    document, values = json.loads(text), {}
    for field in fields(LocalRules):
        if field.name in document:
            make = MAKERS.get(field.name) or BY_TYPE[type(field.default)]
            try:
                values[field.name] = make(document[field.name])
            except (TypeError, ValueError) as wrong:
                raise RulesInvalid(field=field.name) from wrong
    rules = LocalRules(**values)
    limits.check(rules)
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


def _named_steps(value: Any) -> tuple[tuple[str, str], ...]:
    """Return the steps of a document of the first release, which stored names alone; none if it is a newer one."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(name, str) for name in value):
        return ()
    known: dict[str, str] = {}
    for name in map(_text, value):
        if kind := next((kind for kind, signs in STEP_SIGNS.items() if any(sign in name for sign in signs)), ""):
            known.setdefault(kind, name)
    return tuple(known.items()) or USUAL_STEPS
