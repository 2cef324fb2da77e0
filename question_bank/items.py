"""question_bank.items — a question as a value, and what reading a file of them yields."""

from dataclasses import dataclass
from datetime import date

from question_bank.kinds import Kind, OrganType, Part, Use

LETTERS = "ABCDEFGH"
TRUE_FALSE_OPTIONS = ("正确", "错误")
TRUE_KEY = frozenset("A")
FALSE_KEY = frozenset("B")
EASIEST, HARDEST, USUAL_DIFFICULTY = 1, 5, 3


@dataclass(frozen=True)
class Citation:
    """The legal basis: which words of which article of which edition (by its date of adoption)."""

    law: str
    edition: date
    article: str
    paragraph: int | None = None
    item: int | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Item:
    """One question. Objective kinds have options and a key, written kinds a model answer."""

    code: str
    kind: Kind
    use: Use
    part: Part
    organs: tuple[OrganType, ...]
    stem: str
    options: tuple[str, ...]
    key: frozenset[str]
    explanation: str
    difficulty: int
    citations: tuple[Citation, ...]
    answer: str = ""

    @property
    def right_options(self) -> tuple[str, ...]:
        """The texts of the options in the key."""
        return tuple(text for letter, text in self.lettered_options if letter in self.key)

    @property
    def wrong_options(self) -> tuple[str, ...]:
        """The texts of the options outside the key."""
        return tuple(text for letter, text in self.lettered_options if letter not in self.key)

    @property
    def lettered_options(self) -> tuple[tuple[str, str], ...]:
        """Each option with its letter."""
        return tuple(zip(LETTERS, self.options, strict=False))


@dataclass(frozen=True)
class Fault:
    """Something in a file that could not be understood for certain: where, what, what to do."""

    source: str
    where: str
    code: str
    message: str


@dataclass(frozen=True)
class ReadResult:
    """What a file held: the questions understood in full, and every doubt about the rest."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
