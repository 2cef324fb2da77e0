"""question_bank.lint.supply — what the list holds, and whether it fills the papers of every organ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from question_bank.items import Item
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, Kind, OrganType, Part, Use
from question_bank.lint.finding import Finding, warning

USUAL_PAPER: Mapping[tuple[Kind, Part], int] = {
    (Kind.SINGLE, Part.COMMON): 15,
    (Kind.SINGLE, Part.SPECIAL): 10,
    (Kind.MULTIPLE, Part.COMMON): 6,
    (Kind.MULTIPLE, Part.SPECIAL): 4,
    (Kind.TRUE_FALSE, Part.COMMON): 9,
    (Kind.TRUE_FALSE, Part.SPECIAL): 6,
}
"""25 single, 10 multiple, 15 true-false; three fifths of each common, two fifths special."""

ENOUGH = 2.0


@dataclass(frozen=True)
class Supply:
    """One cell of one organ's paper: how many questions it draws, from how many formal ones."""

    organ: OrganType
    kind: Kind
    part: Part
    needed: int
    available: int

    @property
    def factor(self) -> float:
        """How many times over the cell can be filled."""
        return self.available / self.needed

    @property
    def is_enough(self) -> bool:
        """Whether two people need not sit the same paper."""
        return self.factor >= ENOUGH


def sufficiency(items: Iterable[Item]) -> tuple[Supply, ...]:
    """Return needed and available formal questions for each cell of the five usual papers."""
    formal = [item for item in items if item.use is Use.FORMAL]
    return tuple(
        Supply(organ, kind, part, needed, sum(_fits(item, organ, kind, part) for item in formal))
        for organ in OrganType
        for (kind, part), needed in USUAL_PAPER.items()
    )


def shortages(items: Iterable[Item]) -> Iterator[Finding]:
    """Find the cells that cannot be filled twice over."""
    for supply in sufficiency(items):
        if not supply.is_enough:
            yield warning(
                "too_few",
                "",
                f"{ORGAN_LABELS[supply.organ]}试卷的{PART_LABELS[supply.part]}{KIND_LABELS[supply.kind]}需要 "
                f"{supply.needed} 题，正式题只有 {supply.available} 题（{supply.factor:.1f} 倍），"
                f"至少应当有 {supply.needed * ENOUGH:.0f} 题，请补题",
            )


def _fits(item: Item, organ: OrganType, kind: Kind, part: Part) -> bool:
    is_for_organ = part is Part.COMMON or organ in item.organs
    return item.kind is kind and item.part is part and is_for_organ


@dataclass(frozen=True)
class Summary:
    """How many questions there are, sorted in several ways. A question counts for each law and organ it names."""

    total: int
    by_law: Mapping[str, int]
    by_kind: Mapping[Kind, int]
    by_organ: Mapping[OrganType, int]
    by_use: Mapping[Use, int]
    by_part: Mapping[Part, int]
    by_difficulty: Mapping[int, int]


def summary(items: Sequence[Item]) -> Summary:
    """Count the list."""
    return Summary(
        total=len(items),
        by_law=Counter(law for item in items for law in {citation.law for citation in item.citations}),
        by_kind=Counter(item.kind for item in items),
        by_organ=Counter(organ for item in items for organ in item.organs),
        by_use=Counter(item.use for item in items),
        by_part=Counter(item.part for item in items),
        by_difficulty=Counter(item.difficulty for item in items),
    )
