"""printing.official.facts — what the documents of a meeting are made from: the meeting, its bills, items and votes.

Forms, organs, rules and outcomes come in by the codes under which the house stores them.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from question_bank.numerals import to_chinese

STANDING_COMMITTEE = "常务委员会"


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """A meeting. `total` is the number of members, expected or as recorded; `present` is None until it is counted."""

    committee: str
    term: int
    number: int
    day: date
    is_directors: bool = False
    place: str = ""
    chair: str = ""
    total: int | None = None
    present: int | None = None

    @property
    def congress(self) -> str:
        """Return 甲市人民代表大会."""
        return self.committee.removesuffix(STANDING_COMMITTEE)

    @property
    def area(self) -> str:
        """Return 甲市."""
        return self.congress.removesuffix("人民代表大会")

    @property
    def title(self) -> str:
        """Return 甲市第十六届人民代表大会常务委员会第二次会议."""
        body = f"{self.area}第{to_chinese(self.term)}届人民代表大会{STANDING_COMMITTEE}"
        return f"{body}第{to_chinese(self.number)}次{'主任会议' if self.is_directors else '会议'}"

    @property
    def needed(self) -> int | None:
        """Return how many votes are more than half of all members."""
        return None if self.total is None else self.total // 2 + 1


@dataclass(frozen=True, kw_only=True)
class BillFacts:
    """A bill as it was submitted."""

    title: str
    organ: str
    number: str
    nominator: str = ""
    received_on: date | None = None

    @property
    def speaker(self) -> str:
        """Return who explains it to the meeting."""
        return self.nominator or f"{self.organ}负责人"


@dataclass(frozen=True, kw_only=True)
class ExamFacts:
    """What the exam has to do with an item; `score` is None where it is not disclosed or not there."""

    outcome: str
    rule: str = ""
    evidence: str = ""
    basis: str = ""
    step: str = "open"
    sat_on: date | None = None
    passed: bool | None = None
    score: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class OathFacts:
    """An oath as it was sworn."""

    is_lead: bool = False
    is_collective: bool = True


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One person, one post, one form, and how far it has come; `passed` is None until the vote.

    `gets_letter`, `swears` and `speaks` say what follows or precedes the vote by law and local rules.
    """

    person: str
    post: str
    form: str
    organ: str
    bill: BillFacts
    exam: ExamFacts
    present_post: str = ""
    passed: bool | None = None
    gets_letter: bool = False
    swears: bool = False
    speaks: bool = False
    letter_number: str = ""
    letter_day: date | None = None
    oath: OathFacts | None = None
    opinion: str = ""
    objections: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BallotFacts:
    """One vote, on one item or on several together; the counts are None until it is taken."""

    items: tuple[ItemFacts, ...]
    method: str
    passed: bool | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    not_pressed: int | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What a directors' meeting decided about an item, and why."""

    item: ItemFacts
    outcome: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CeremonyFacts:
    """The oath as it is sworn on a day: the words in force, whether the anthem is sung."""

    words: str
    has_anthem: bool
    takers: tuple[ItemFacts, ...] = field(default=())

    @property
    def lead(self) -> str:
        """Return who leads, empty while nobody is named."""
        return next((one.person for one in self.takers if one.oath and one.oath.is_lead), "")

    @property
    def is_individual(self) -> bool:
        """Whether one person swears alone, or each alone as recorded."""
        sworn = [one.oath for one in self.takers if one.oath]
        return len(self.takers) == 1 or (bool(sworn) and not any(oath.is_collective for oath in sworn))
