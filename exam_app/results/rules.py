"""results.rules — from facts in hand: which answers count, and what a whole paper earns by the frozen rules."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from exam_app.committees.rules import LocalRules
from exam_app.results.errors import NeedsMarker
from exam_app.scoring import rules as scoring
from question_bank.items import LETTERS
from question_bank.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class SlotFacts:
    """One slot of a paper with what is right there; `option_order` maps shown letters to stored ones."""

    slot: int
    kind: Kind
    worth: Decimal
    option_order: str
    key: Set[str]


@dataclass(frozen=True, kw_only=True)
class SlotMark:
    """What one slot earned."""

    slot: int
    response: str
    fraction: Decimal
    marks: Decimal


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a whole paper earned."""

    marks: tuple[SlotMark, ...]
    score: Decimal
    passed: bool
    band: str


class Decided(NamedTuple):
    """One decision about a late answer, and that answer; decisions are numbered as they were made."""

    number: int
    at: datetime
    accepted: bool
    event: int
    revision: int
    slot: int
    response: str


def counting_late(decisions: Iterable[Decided]) -> dict[int, Decided]:
    """Return, by slot, the late answer that counts there.

    About each answer the latest decision stands; of those accepted, the one decided last counts, then the highest
    revision.
    """
    standing = {each.event: each for each in sorted(decisions)}
    accepted = [each for each in standing.values() if each.accepted]
    return {each.slot: each for each in sorted(accepted, key=lambda each: (each.at, each.revision, each.event))}


def overlay(answers: Mapping[int, str], decisions: Iterable[Decided]) -> dict[int, str]:
    """Return the answers that count: those that came in time, with accepted late ones in their place."""
    return {**answers, **{slot: each.response for slot, each in counting_late(decisions).items()}}


def stored_letters(response: str, option_order: str) -> frozenset[str]:
    """Return the stored letters that the shown ones stand for; CABD means that shown A is stored C."""
    if not option_order:
        return frozenset(response)
    return frozenset(
        option_order[LETTERS.index(shown)] for shown in response if LETTERS.index(shown) < len(option_order)
    )


def shown_letters(stored: Iterable[str], option_order: str) -> str:
    """Return the letters under which stored options were shown, in order."""
    order = option_order or LETTERS
    return "".join(sorted(LETTERS[order.index(letter)] for letter in stored))


def mark_paper(slots: Iterable[SlotFacts], answers: Mapping[int, str], rules: LocalRules) -> Outcome:
    """Mark every slot, sum up, and judge by the frozen pass mark; raise NeedsMarker at a written question."""
    marked = tuple(_mark_slot(slot, answers.get(slot.slot, ""), rules) for slot in slots)
    score = sum((mark.marks for mark in marked), Decimal(0))
    return Outcome(marks=marked, score=score, passed=score >= rules.pass_mark, band=rules.band(float(score)))


def _mark_slot(slot: SlotFacts, response: str, rules: LocalRules) -> SlotMark:
    given = stored_letters(response, slot.option_order)
    share = scoring.fraction(slot.kind, slot.key, given, rules.multiple_choice)
    if share is None:
        raise NeedsMarker(slot=slot.slot)
    worth = scoring.marks(share, slot.worth)
    return SlotMark(slot=slot.slot, response=response, fraction=share, marks=worth)
