"""bank.likeness — which of many stems nearly repeat one another, in time that grows with their number.

Comparing each with each takes half a minute for a sheet of 10,000 rows. Stems that are alike share rare runs of three
characters: only those that share most of them are compared in full.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from question_bank.lint.finding import bare
from question_bank.lint.likeness import ALIKE

RUN = 3
COMMON = 60  # a run that stands in so many stems tells nothing
CANDIDATES = 6


@dataclass(frozen=True)
class Likeness:
    """The place of the stem that one is most like, and how much, of 100."""

    place: int
    score: float


def likenesses(known: Sequence[str], fresh: Sequence[str], alike: float = ALIKE) -> dict[int, Likeness]:
    """Return for each fresh stem, by its place, the earlier one it is most like; the known ones come before all."""
    stems = [bare(stem) for stem in (*known, *fresh)]
    holders: dict[str, list[int]] = defaultdict(list)
    found: dict[int, Likeness] = {}
    for place, stem in enumerate(stems):
        runs = {stem[start : start + RUN] for start in range(max(1, len(stem) - RUN + 1))}
        if place >= len(known):
            best = _best(place, stems, runs, holders)
            if best and best.score >= alike:
                found[place - len(known)] = best
        for run in runs:
            if len(holders[run]) < COMMON:
                holders[run].append(place)
    return found


def _best(place: int, stems: Sequence[str], runs: set[str], holders: dict[str, list[int]]) -> Likeness | None:
    shared: Counter[int] = Counter()
    for run in runs:
        shared.update(holders.get(run, ()))
    candidates = (
        Likeness(other, fuzz.ratio(stems[place], stems[other])) for other, _times in shared.most_common(CANDIDATES)
    )
    return max(candidates, key=lambda likeness: likeness.score, default=None)
