"""papers.rules — what a blueprint asks for, whether the bank can give it, and the draw itself. Pure.

Cells may overlap (any common question, and two of the constitution), so the draw is a bipartite matching over the
shuffled pool: it finds a paper whenever there is one, and can name the cells that jointly lack questions.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from exam_app.base.chance import Rng
from exam_app.papers.errors import BankInsufficient, BlueprintInvalid
from question_bank.items import EASIEST, HARDEST, LETTERS
from question_bank.kinds import Kind, OrganType, Part
from question_bank.lint.supply import USUAL_PAPER

USUAL_MARKS = Decimal(2)
MOST_QUESTIONS = 300
MAKE_UP_FACTOR = 2
SHUFFLED = (Kind.SINGLE, Kind.MULTIPLE)


@dataclass(frozen=True, kw_only=True)
class CellPlan:
    """So many questions of one part and, if named, of one law and of these difficulties."""

    count: int
    part: Part
    law_slug: str = ""
    difficulty_from: int = EASIEST
    difficulty_to: int = HARDEST


@dataclass(frozen=True, kw_only=True)
class SectionPlan:
    """A section: one kind of question, each worth the same."""

    kind: Kind
    marks_each: Decimal
    cells: tuple[CellPlan, ...]

    @property
    def count(self) -> int:
        """How many questions the section has."""
        return sum(cell.count for cell in self.cells)


class Drawable(Protocol):
    """What the draw must know of a question; never its words or its key."""

    @property
    def version_id(self) -> int: ...
    @property
    def question_id(self) -> int: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def part(self) -> Part: ...
    @property
    def organs(self) -> frozenset[OrganType]: ...
    @property
    def difficulty(self) -> int: ...
    @property
    def laws(self) -> frozenset[str]: ...
    @property
    def option_count(self) -> int: ...


@dataclass(frozen=True)
class DrawnSlot:
    """One question of a drawn paper. `option_order` "CABD" shows the stored option C as A."""

    position: int
    version_id: int
    kind: Kind
    marks: Decimal
    option_order: str


@dataclass(frozen=True)
class Place:
    """A cell by the index of its section and its own index there."""

    section: int
    cell: int


@dataclass(frozen=True)
class Shortage:
    """Cells that together need more questions than the pool has for them."""

    places: tuple[Place, ...]
    needed: int
    available: int


@dataclass(frozen=True)
class Supply:
    """What one cell needs and how many questions fit it."""

    place: Place
    kind: Kind
    cell: CellPlan
    available: int

    @property
    def factor(self) -> float:
        """How many times over the cell can be filled."""
        return self.available / self.cell.count


def usual_sections() -> tuple[SectionPlan, ...]:
    """Return the usual paper: 25 single, 10 multiple, 15 true or false, two marks each, three fifths of each common."""
    kinds = dict.fromkeys(kind for kind, _part in USUAL_PAPER)
    return tuple(
        SectionPlan(
            kind=kind,
            marks_each=USUAL_MARKS,
            cells=tuple(CellPlan(count=USUAL_PAPER[kind, part], part=part) for part in Part),
        )
        for kind in kinds
    )


def total_marks(sections: Iterable[SectionPlan]) -> Decimal:
    """Return what the whole paper is worth."""
    return sum((section.marks_each * section.count for section in sections), Decimal(0))


def question_count(sections: Iterable[SectionPlan]) -> int:
    """Return how many questions the paper has."""
    return sum(section.count for section in sections)


def check_sections(sections: Sequence[SectionPlan]) -> None:
    """Raise BlueprintInvalid naming the first thing that cannot be right."""
    if not sections or not 1 <= question_count(sections) <= MOST_QUESTIONS:
        raise BlueprintInvalid(field="count", most=MOST_QUESTIONS)
    for section in sections:
        cents = section.marks_each.normalize().as_tuple().exponent
        if not (0 < section.marks_each <= 100) or not isinstance(cents, int) or cents < -2:
            raise BlueprintInvalid(field="marks_each", most=MOST_QUESTIONS)
        if not section.kind.is_objective:
            raise BlueprintInvalid(field="kind", most=MOST_QUESTIONS)
        for cell in section.cells:
            _check_cell(cell)


def _check_cell(cell: CellPlan) -> None:
    if cell.count < 1:
        raise BlueprintInvalid(field="count", most=MOST_QUESTIONS)
    if not EASIEST <= cell.difficulty_from <= cell.difficulty_to <= HARDEST:
        raise BlueprintInvalid(field="difficulty", most=MOST_QUESTIONS)


def eligible(pool: Iterable[Drawable], organ: OrganType) -> list[Drawable]:
    """Return what may stand on a paper for the organ: the common questions, and the special ones of that organ."""
    return [question for question in pool if question.part is Part.COMMON or organ in question.organs]


def fits(question: Drawable, kind: Kind, cell: CellPlan) -> bool:
    """Whether the question may fill the cell."""
    return (
        question.kind is kind
        and question.part is cell.part
        and (not cell.law_slug or cell.law_slug in question.laws)
        and cell.difficulty_from <= question.difficulty <= cell.difficulty_to
    )


def supply(sections: Sequence[SectionPlan], pool: Iterable[Drawable], organ: OrganType) -> list[Supply]:
    """Return for each cell how many questions fit it."""
    questions = eligible(pool, organ)
    return [
        Supply(place, kind, cell, sum(fits(question, kind, cell) for question in questions))
        for place, kind, cell in _cells(sections)
    ]


def shortages(
    sections: Sequence[SectionPlan], pool: Iterable[Drawable], organ: OrganType, factor: int = 1
) -> tuple[Shortage, ...]:
    """Name each cell that lacks questions for so many papers without repetition, and groups that jointly lack."""
    cells = list(_cells(sections))
    matching = _Matching(cells, eligible(pool, organ))
    found: list[Shortage] = []
    for index, (place, _kind, cell) in enumerate(cells):
        needed, available = cell.count * factor, len(matching.fitting[index])
        if available < needed:
            found.append(Shortage((place,), needed, available))
        for _unit in range(min(needed, available)):
            lacking = matching.fill(index)
            if lacking:
                found.append(_joint(cells, matching, lacking, factor))
                break
    return tuple(dict.fromkeys(found))


def _joint(cells: "Sequence[_Cell]", matching: "_Matching", lacking: Collection[int], factor: int) -> Shortage:
    indexes = sorted(lacking)
    needed = sum(cells[index][2].count * factor for index in indexes)
    union = {question for index in indexes for question in matching.fitting[index]}
    return Shortage(tuple(cells[index][0] for index in indexes), needed, len(union))


def draw(
    sections: Sequence[SectionPlan], pool: Iterable[Drawable], rng: Rng, excluded_question_ids: Collection[int] = ()
) -> tuple[DrawnSlot, ...]:
    """Draw a paper from a pool that is eligible for its organ: the same seed and pool give the same paper.

    Raises BankInsufficient when no paper exists.
    """
    questions = sorted(
        (question for question in pool if question.question_id not in excluded_question_ids),
        key=lambda question: question.version_id,
    )
    rng.shuffle(questions)
    cells = list(_cells(sections))
    matching = _Matching(cells, questions)
    for index, (_place, _kind, cell) in enumerate(cells):
        if any(matching.fill(index) for _unit in range(cell.count)):
            raise BankInsufficient(lacking=1)
    slots: list[DrawnSlot] = []
    for number, section in enumerate(sections):
        drawn = [questions[at] for at, index in matching.owner.items() if cells[index][0].section == number]
        drawn.sort(key=lambda question: question.version_id)
        rng.shuffle(drawn)
        for question in drawn:
            order = option_order(question, rng)
            slots.append(DrawnSlot(len(slots) + 1, question.version_id, section.kind, section.marks_each, order))
    return tuple(slots)


def option_order(question: Drawable, rng: Rng) -> str:
    """Return the stored letters in the order they are shown; true and false always stand as they are."""
    letters = list(LETTERS[: question.option_count])
    if question.kind in SHUFFLED:
        rng.shuffle(letters)
    return "".join(letters)


def stored_letters(shown: str, order: str) -> str:
    """Return which stored letters the shown ones mean, sorted."""
    return "".join(sorted(order[LETTERS.index(letter)] for letter in shown))


def shown_letters(stored: Iterable[str], order: str) -> str:
    """Return under which letters the stored ones were shown, sorted."""
    return "".join(sorted(LETTERS[order.index(letter)] for letter in stored))


_Cell = tuple[Place, Kind, CellPlan]


def _cells(sections: Sequence[SectionPlan]) -> Iterator[_Cell]:
    for number, section in enumerate(sections):
        for index, cell in enumerate(section.cells):
            yield Place(number, index), section.kind, cell


class _Matching:
    """Gives questions to cells, one at a time, moving earlier ones where that helps (augmenting paths over cells)."""

    def __init__(self, cells: Sequence[_Cell], questions: Sequence[Drawable]) -> None:
        self.owner: dict[int, int] = {}
        self.fitting = [
            [at for at, question in enumerate(questions) if fits(question, kind, cell)] for _place, kind, cell in cells
        ]

    def fill(self, index: int) -> frozenset[int]:
        """Give the cell one more question; return the cells that jointly lack when none can be found."""
        seen = {index}
        return frozenset() if self._augment(index, seen) else frozenset(seen)

    def _augment(self, index: int, seen: set[int]) -> bool:
        for at in self.fitting[index]:
            if at not in self.owner:
                self.owner[at] = index
                return True
        for at in self.fitting[index]:
            other = self.owner[at]
            if other not in seen:
                seen.add(other)
                if self._augment(other, seen):
                    self.owner[at] = index
                    return True
        return False
