"""requirements.rules — what has changed since a requirement was decided, and whether a letter is due."""

from collections.abc import Sequence
from dataclasses import dataclass

from exam_app.appointments.models import Bill, ExamRequirement, Item
from exam_app.appointments.rules import Attempt, Decision, attempts_left, consequence
from exam_app.appointments.states import Requirement
from exam_app.committees.queries import RulesInForce
from exam_app.people.models import Person

EXEMPTIONS = frozenset({Requirement.EXEMPT, Requirement.SPECIAL_PART_EXEMPT, Requirement.COMMON_PART_ONLY})
"""Whoever is let off the exam or a part of it: somebody answers for that by name."""
LETTERS = frozenset({"withdraw", "defer"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An undecided item: what was decided about the exam, by whom, and what the rules of today say.

    `evidence` is what was noted last for the facts about the nominee.
    """

    item: Item
    person: Person
    bill: Bill
    held: ExamRequirement
    approver: str
    is_approved: bool
    evidence: str
    now: Decision

    @property
    def has_changed(self) -> bool:
        """Whether the rules of today decide otherwise, or by another rule."""
        return (self.held.outcome, self.held.rule) != (self.now.outcome, self.now.rule)

    @property
    def awaits_approval(self) -> bool:
        """Whether an exemption rests on an officer's decision alone."""
        return self.held.outcome in EXEMPTIONS and not self.is_approved


@dataclass(frozen=True, kw_only=True)
class Failure:
    """An item with the attempts its nominee has made, under the rules in force."""

    item: Item
    person: Person
    bill: Bill
    attempts: Sequence[Attempt]
    in_force: RulesInForce

    @property
    def left(self) -> int:
        """How many more times the nominee may try."""
        return attempts_left(self.attempts, self.in_force.rules)

    @property
    def consequence(self) -> str:
        """What follows from the attempts: block, withdraw, defer, or nothing yet."""
        return consequence(self.attempts, self.in_force.rules)

    @property
    def is_letter_due(self) -> bool:
        """Whether the nominator is to be asked to withdraw or to wait."""
        return self.consequence in LETTERS
