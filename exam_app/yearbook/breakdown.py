"""yearbook.breakdown — what the year's items are made of: by organ, by form, by meeting, by year; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from exam_app.appointments.states import Form
from exam_app.committees.rules import LocalRules
from exam_app.yearbook.definitions import APPOINTING, GROUPS, Key, group_of
from exam_app.yearbook.paragraph import Counts
from question_bank.kinds import OrganType


@dataclass(frozen=True)
class Tally:
    """How many items of one form for one kind of organ were announced on a day."""

    day: date
    organ_type: OrganType
    form: Form
    count: int


@dataclass(frozen=True)
class Split:
    """One line of a table: what it is about, its number in each of the four groups, and all together."""

    label: str
    groups: tuple[int, ...]
    total: int


def by_organ(tallies: Sequence[Tally], year: int, rules: LocalRules, labels: Mapping[OrganType, str]) -> list[Split]:
    """Return a line for each kind of organ that had items in the year."""
    own = _of(tallies, year)
    return [split for organ in OrganType if (split := _split(labels[organ], own, rules, lambda t: t.organ_type, organ))]


def by_day(tallies: Sequence[Tally], year: int, rules: LocalRules, labels: Mapping[Any, str]) -> list[Split]:
    """Return a line for each meeting; a day on which no recorded meeting was held stands by itself."""
    own = _of(tallies, year)
    days = sorted({*labels, *(tally.day for tally in own)})
    lines = [_split(labels.get(day, f"{day.month}月{day.day}日"), own, rules, lambda t: t.day, day) for day in days]
    empty = (0,) * len(GROUPS)
    return [line or Split(labels[day], empty, 0) for line, day in zip(lines, days, strict=True)]


def by_form(tallies: Sequence[Tally], year: int, labels: Mapping[Form, str]) -> list[tuple[str, int]]:
    """Return the number of items of each legal form that occurred."""
    counted: Counter[Form] = Counter()
    for tally in _of(tallies, year):
        counted[tally.form] += tally.count
    return [(labels[form], counted[form]) for form in Form if counted[form]]


def organs_by_year(
    tallies: Sequence[Tally], years: Iterable[int], labels: Mapping[OrganType, str]
) -> list[tuple[str, tuple[int, ...]]]:
    """Return for each kind of organ its items in each of the years."""
    counted: Counter[tuple[OrganType, int]] = Counter()
    for tally in tallies:
        counted[tally.organ_type, tally.day.year] += tally.count
    wanted = list(years)
    lines = [(labels[organ], tuple(counted[organ, year] for year in wanted)) for organ in OrganType]
    return [line for line in lines if any(line[1])]


def coverage(counts: Counts) -> dict[Key, str]:
    """Return how many persons come on a hundred appointments: rough, since a person may be appointed twice."""
    appointments = sum(counts[key] for key in APPOINTING)
    return {key: _percent(counts[key], appointments) for key in (Key.EXAMINED, Key.REPORTED, Key.SWORN)}


def change(now: int | None, before: int | None) -> str:
    """Return by how many a figure rose or fell; a dash where the records do not reach back so far."""
    if now is None or before is None:
        return "—"
    return "持平" if now == before else f"{'增加' if now > before else '减少'}{abs(now - before)}"


def _percent(part: int, whole: int) -> str:
    if not whole:
        return "—"
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share.normalize():f}%"


def _of(tallies: Sequence[Tally], year: int) -> list[Tally]:
    return [tally for tally in tallies if tally.day.year == year]


def _split(
    label: str, tallies: Sequence[Tally], rules: LocalRules, of: Callable[[Tally], Any], wanted: Any
) -> Split | None:
    own = [tally for tally in tallies if of(tally) == wanted]
    counted: Counter[Key | None] = Counter()
    for tally in own:
        counted[group_of(tally.form, rules)] += tally.count
    groups = tuple(counted[key] for key in GROUPS)
    return Split(label, groups, counted.total()) if own else None
