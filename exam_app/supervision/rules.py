"""supervision.rules — who owes a report how often; grades by counting ballots, with the arithmetic in words.

Categories of posts and consequences of grades are data that name their source. Ballots are counted in whole numbers
only: a share is compared by multiplying out.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from exam_app.appointments.states import ACTING_FORMS, Form
from exam_app.committees.rules import LocalRules
from exam_app.supervision.states import CATEGORIES, CHOSEN, Category, CountBase, Cycle
from question_bank.kinds import OrganType
from question_bank.numerals import to_chinese

DAYS_TO_MEMBERS = 7
"""The members get a report seven days before the meeting (监督法第十五条)."""
BASES = {CountBase.ALL_MEMBERS: "全体组成人员", CountBase.PRESENT: "出席会议人员", CountBase.VALID_BALLOTS: "有效票"}
YEARS_BETWEEN = 5
FROM_RULES: Mapping[str, Cycle] = {"year": Cycle.YEAR, "term": Cycle.TERM}


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a person has reported so far: the last year, and whether in this term at all and orally."""

    last_year: int | None = None
    in_term: bool = False
    orally_in_term: bool = False


@dataclass(frozen=True)
class Line:
    """If the ballots of the `best` grades together come to the share (strict: to more than it), this is the outcome."""

    outcome: str
    best: int
    numerator: int
    denominator: int
    strict: bool


@dataclass(frozen=True, kw_only=True)
class GradeScheme:
    """Grades, best first; what they are counted against; lines in order. The last grade is the rest.

    Ballots without a choice or with several are invalid: among the valid ones only if `counts_invalid` says so.
    """

    grades: tuple[str, ...]
    base: CountBase
    lines: tuple[Line, ...]
    counts_abstain: bool = True
    counts_invalid: bool = False

    def to_document(self) -> dict[str, Any]:
        """Return what is stored with an assessment."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Ballots:
    """What was counted, and how many members there are and were there."""

    counts: Mapping[str, int]
    abstain: int
    invalid: int
    members_total: int
    present: int

    @property
    def cast(self) -> int:
        """How many ballots came back."""
        return sum(self.counts.values()) + self.abstain + self.invalid


@dataclass(frozen=True)
class Outcome:
    """The grade, the number it was counted against, and the reckoning in words."""

    grade: str
    base_count: int
    arithmetic: str


class Consequence(StrEnum):
    """What follows from a grade (安徽 2013, 汉台 2015); the last one is for the authorities."""

    NONE = "none"
    RECTIFY = "rectify"
    REPORT_AGAIN = "report_again"
    REFER = "refer"


@dataclass(frozen=True)
class DueDays:
    """By when the draft, the final text and the members' copies are due."""

    draft: date
    final: date
    members: date


def category_of(organ_type: OrganType, post: str, form: Form) -> Category:
    """Return the category that a post falls into; who only acts in a post is chosen or not."""
    if form in ACTING_FORMS:
        return CHOSEN
    for category in CATEGORIES:
        if category.organ_type is organ_type and any(_names(post, ending) for ending in category.endings):
            return category
    return CHOSEN


def cycle_of(category: Category, report_every: str) -> Cycle:
    """Return how often the category reports under local rules that say once a year or once a term."""
    return FROM_RULES[report_every] if category.cycle is Cycle.YEAR else category.cycle


def owes(cycle: Cycle, year: int, in_office_since: date, reported: Reported) -> bool:
    """Whether a report is due in that year."""
    if in_office_since.year > year:
        return False
    if cycle is Cycle.FIVE_YEARS:
        return year >= (reported.last_year or in_office_since.year) + YEARS_BETWEEN
    return cycle is Cycle.YEAR or (cycle is Cycle.TERM and not reported.in_term)


def scheme_of(rules: LocalRules) -> GradeScheme:
    """Return the scheme that the local rules describe; they were checked when they were read."""
    lines = tuple(Line(*line) for line in rules.assessment_lines)
    return GradeScheme(grades=tuple(rules.grades), base=CountBase(rules.assessment_base), lines=lines)


def from_document(document: Mapping[str, Any]) -> GradeScheme:
    """Return the scheme that an assessment was made by."""
    lines = tuple(Line(**line) for line in document["lines"])
    return GradeScheme(
        grades=tuple(document["grades"]),
        base=CountBase(document["base"]),
        lines=lines,
        counts_abstain=document["counts_abstain"],
        counts_invalid=document["counts_invalid"],
    )


def are_sound(ballots: Ballots, scheme: GradeScheme) -> bool:
    """Whether the ballots fit the scheme, the members there and the members there are, and one of them is valid."""
    numbers = [*ballots.counts.values(), ballots.abstain, ballots.invalid]
    fits = set(ballots.counts) <= set(scheme.grades) and all(number >= 0 for number in numbers)
    return fits and sum(ballots.counts.values()) > 0 and ballots.cast <= ballots.present <= ballots.members_total


def outcome(scheme: GradeScheme, ballots: Ballots) -> Outcome:
    """Return the first grade whose line is reached, else the last one."""
    base = _base(scheme, ballots)
    said = []
    for line in scheme.lines:
        votes = sum(ballots.counts.get(grade, 0) for grade in scheme.grades[: line.best])
        words, reached = _weigh(line, votes, base)
        share = f"占{BASES[scheme.base]}{base}{_unit(scheme)}的{percent(votes, base)}"
        said.append(f"{_named(scheme.grades[: line.best])}{votes}票，{share}，{words}")
        if reached:
            return Outcome(line.outcome, base, f"{'；'.join(said)}，评定为{line.outcome}")
    rest = scheme.grades[-1]
    return Outcome(rest, base, f"{'；'.join(said)}；评定为{rest}")


def consequence(scheme: GradeScheme, grade: str, earlier: Sequence[str] = ()) -> Consequence:
    """Return what follows from a grade: the last one is reported on again, had twice it is referred.

    The next to last, unless it is the best, is put right.
    """
    place, last = scheme.grades.index(grade), len(scheme.grades) - 1
    if place == last:
        return Consequence.REFER if grade in earlier else Consequence.REPORT_AGAIN
    return Consequence.RECTIFY if place and place == last - 1 else Consequence.NONE


def in_words(scheme: GradeScheme) -> str:
    """Return the lines as a rule reads: 满意达到全体组成人员二分之一的，评定为满意；…；其余评定为不满意."""
    said = [
        f"{_named(scheme.grades[: line.best])}{_reach(line)}{BASES[scheme.base]}{_fraction(line)}的，"
        f"评定为{line.outcome}"
        for line in scheme.lines
    ]
    return "；".join([*said, f"其余评定为{scheme.grades[-1]}"])


def percent(part: int, whole: int) -> str:
    """Return 51.3%, rounded half up; a dash where there is nothing to divide by."""
    if not whole:
        return "—"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def due_days(reports_on: date, rules: LocalRules) -> DueDays:
    """Return by when what is due before a report."""
    days = (rules.draft_days, rules.final_days, DAYS_TO_MEMBERS)
    return DueDays(*(reports_on - timedelta(before) for before in days))


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _base(scheme: GradeScheme, ballots: Ballots) -> int:
    if scheme.base is CountBase.ALL_MEMBERS:
        return ballots.members_total
    if scheme.base is CountBase.PRESENT:
        return ballots.present
    further = ballots.abstain * scheme.counts_abstain + ballots.invalid * scheme.counts_invalid
    return sum(ballots.counts.values()) + further


def _weigh(line: Line, votes: int, base: int) -> tuple[str, bool]:
    """Compare votes/base with the line's share; return the words and whether the line is reached."""
    left, right = votes * line.denominator, base * line.numerator
    share = _fraction(line)
    if left < right or base == 0:
        return f"不足{share}", False
    if left == right and line.strict:
        return f"恰为{share}，没有超过{share}", False
    return f"{_reach(line)}{share}", True


def _reach(line: Line) -> str:
    return "超过" if line.strict else "达到"


def _fraction(line: Line) -> str:
    return (
        "全部"
        if line.numerator == line.denominator
        else f"{to_chinese(line.denominator)}分之{to_chinese(line.numerator)}"
    )


def _named(grades: Sequence[str]) -> str:
    return f"{'、'.join(grades)}合计" if len(grades) > 1 else grades[0]


def _unit(scheme: GradeScheme) -> str:
    return "张" if scheme.base is CountBase.VALID_BALLOTS else "人"


def _names(post: str, ending: str) -> bool:
    return post.endswith(ending) and not post.endswith(f"副{ending}")
