"""scoring.rules — what an answer is worth; the only place where a key meets an answer."""

from collections.abc import Set
from decimal import ROUND_HALF_UP, Decimal

from question_bank.kinds import Kind

NONE, HALF, FULL = Decimal(0), Decimal("0.5"), Decimal(1)
CENT = Decimal("0.01")
HALF_IF_INCOMPLETE = "half_if_incomplete"


def fraction(kind: Kind, key: Set[str], given: Set[str], multiple_choice_rule: str) -> Decimal | None:
    """Return the share of the marks earned, from 0 to 1; None if a person must decide.

    Under `half_if_incomplete` some right options and no wrong one earn half; one wrong option forfeits the question.
    """
    if not kind.is_objective:
        return None
    if given and given == key:
        return FULL
    lenient = kind is Kind.MULTIPLE and multiple_choice_rule == HALF_IF_INCOMPLETE
    return HALF if lenient and given and given < key else NONE


def marks(share: Decimal, worth: Decimal) -> Decimal:
    """Return that share of the worth, rounded to the cent once, halves upwards."""
    return (share * worth).quantize(CENT, ROUND_HALF_UP)
