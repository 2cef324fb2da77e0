"""committees.decision_table — who must sit: lines of conditions over a closed vocabulary; the first that fits decides.

The vocabulary is finite, so a table can be proven to answer every situation and to hold no line that never decides. A
set of situations is one whole number with a bit for each, which makes the proof a handful of operations.

A nominee may have passed several exams: a condition on `passed` fits if any of them is named. A line that fits one pass
fits it in any company too, so what holds for nominees with one pass at most (these are enumerated) holds for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

from question_bank.kinds import OrganType

NEVER = "never"
YES, NO = "yes", "no"
YES_NO = (YES, NO)
PASSES = ("this_term_same_organ", "this_term_other_organ", "earlier_same_organ", "earlier_other_organ")
FACTS: Mapping[str, tuple[str, ...]] = {
    "form": ("decide_appoint", "appoint", "approve_appoint", "adopt", "acting", "removal"),
    "organ": tuple(organ.value for organ in OrganType),
    "in_scope": YES_NO,
    "passed": (NEVER, *PASSES),
    "continues_in_post": YES_NO,
    "lateral_move": YES_NO,
    "legally_qualified": YES_NO,
    "term_change": YES_NO,
}
OUTCOMES = ("required", "common_part_only", "special_part_exempt", "exempt", "not_applicable")
RULE_LENGTH, BASIS_LENGTH, MOST_LINES = 40, 60, 40

Facts = Mapping[str, frozenset[str]]
"""What is known of a nomination: of each fact the values that hold; only of `passed` can it be several."""
Condition = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: on which facts it fits, what then holds, by which rule (a known code or own words), on what basis.

    A fact that is not named may have any value. Made by `line_of`, which puts the conditions into one order.
    """

    outcome: str
    rule: str
    basis: str = ""
    when: tuple[Condition, ...] = ()

    def fits(self, facts: Facts) -> bool:
        """Whether every condition holds."""
        return all(not facts[name].isdisjoint(values) for name, values in self.when)

    def names(self, fact: str) -> frozenset[str]:
        """Return the values that the line names of a fact; none where any will do."""
        return frozenset(dict(self.when).get(fact, ()))


@dataclass(frozen=True)
class Finding:
    """A line that never decides (counted from 1), since the lines `by` before it take all its situations.

    Exceptions made before do not count against it: it is redundant, which does no harm, if what they leave was taken by
    lines that say the same, and contradicts if that was taken by lines that say otherwise.
    """

    line: int
    by: tuple[int, ...]
    is_redundant: bool
    has_same_conditions: bool


def line_of(outcome: str, rule: str, basis: str = "", when: Mapping[str, Iterable[str]] | None = None) -> Line:
    """Return the line; raise ValueError for what the vocabulary does not know."""
    rule, basis = rule.strip(), basis.strip()
    if outcome not in OUTCOMES or not 1 <= len(rule) <= RULE_LENGTH or len(basis) > BASIS_LENGTH:
        raise ValueError(outcome, rule, basis)
    given = {name: set(values) for name, values in (when or {}).items()}
    if unknown := [name for name, values in given.items() if not values <= set(FACTS.get(name, ()))]:
        raise ValueError(unknown)
    conditions = tuple(
        (name, tuple(value for value in values if value in given[name]))
        for name, values in FACTS.items()
        if name in given and 0 < len(given[name]) < len(values)
    )
    return Line(outcome=outcome, rule=rule, basis=basis, when=conditions)


def read_lines(stored: Any) -> tuple[Line, ...]:
    """Return the lines of a stored or posted document; raise TypeError or ValueError if it holds none."""
    lines = tuple(line_of(one["outcome"], one["rule"], one["basis"], dict(one["when"])) for one in _listed(stored))
    if len(lines) > MOST_LINES:
        raise ValueError(len(lines))
    return lines


def _listed(stored: Any) -> Sequence[Mapping[str, Any]]:
    keys = {"outcome", "rule", "basis", "when"}
    for one in stored:
        if not isinstance(one, Mapping) or set(one) != keys:
            raise TypeError(one)
        texts = (one["outcome"], one["rule"], one["basis"])
        conditions = [part for name, values in one["when"] for part in (name, *_values(values))]
        if not all(isinstance(text, str) for text in (*texts, *conditions)):
            raise TypeError(one)
    listed: Sequence[Mapping[str, Any]] = stored
    return listed


def _values(values: Any) -> Sequence[Any]:
    if not isinstance(values, list | tuple):
        raise TypeError(values)
    return values


def facts_of(passed: Iterable[str] = (), **values: str) -> Facts:
    """Return the facts; what is not named is the ordinary case: in scope, never passed, no other reason."""
    ordinary = {"form": "appoint", "organ": "government", "in_scope": YES, "term_change": NO}
    named = {name: frozenset({values.get(name, ordinary.get(name, NO))}) for name in FACTS if name != "passed"}
    return {**named, "passed": frozenset(passed) or frozenset({NEVER})}


def decide(table: Sequence[Line], facts: Facts) -> Line | None:
    """Return the first line that fits; none only where the table has a gap."""
    return next((line for line in table if line.fits(facts)), None)


def gaps(table: Sequence[Line], most: int = 5) -> list[tuple[Condition, ...]]:
    """Return examples of what no line answers, each as wide as it can be told; empty if the table is complete."""
    open_ = _everything() & ~_union(_reach(line.when) for line in table)
    found = list[tuple[Condition, ...]]()
    while open_ and len(found) < most:
        example = _widened(_conditions_at((open_ & -open_).bit_length() - 1), open_)
        found.append(example)
        open_ &= ~_reach(example)
    return found


def findings(table: Sequence[Line]) -> list[Finding]:
    """Return the lines that never decide."""
    found, taken, own = [], 0, list[int]()
    for place, line in enumerate(table):
        reach = _reach(line.when)
        if reach & ~taken == 0:
            found.append(_finding(table, place, [at for at in range(place) if own[at] & reach]))
        own.append(reach & ~taken)
        taken |= reach
    return found


def contradictions(table: Sequence[Line]) -> list[Finding]:
    """Return the lines that earlier ones make useless by saying otherwise."""
    return [finding for finding in findings(table) if not finding.is_redundant]


def _finding(table: Sequence[Line], place: int, deciders: list[int]) -> Finding:
    line = table[place]
    is_redundant = table[deciders[-1]].outcome == line.outcome
    last = list(takewhile(lambda at: (table[at].outcome == line.outcome) is is_redundant, reversed(deciders)))
    alone = [at for at in last if _reach(line.when) & ~_reach(table[at].when) == 0]
    return Finding(
        line=place + 1,
        by=tuple(at + 1 for at in reversed(alone or last)),
        is_redundant=is_redundant,
        has_same_conditions=not is_redundant and any(table[at].when == line.when for at in last),
    )


def _widened(example: dict[str, set[str]], open_: int) -> tuple[Condition, ...]:
    """Let each fact of an unanswered situation take every further value that leaves it unanswered."""
    for name, values in FACTS.items():
        for value in values:
            wider = {**example, name: example[name] | {value}}
            if _reach(_in_order(wider)) & ~open_ == 0:
                example = wider
    return tuple((name, values) for name, values in _in_order(example) if len(values) < len(FACTS[name]))


def _in_order(values: Mapping[str, set[str]]) -> tuple[Condition, ...]:
    return tuple((name, tuple(one for one in known if one in values[name])) for name, known in FACTS.items())


def _conditions_at(bit: int) -> dict[str, set[str]]:
    """Return the situation that a bit stands for."""
    at = {}
    for name, values in FACTS.items():
        bit, place = divmod(bit, len(values))
        at[name] = {values[place]}
    return at


def _reach(when: Sequence[Condition]) -> int:
    """Return the situations in which all conditions hold."""
    reached, bits = _everything(), _bits()
    for name, values in when:
        reached &= _union(bits[name, value] for value in values)
    return reached


def _union(sets: Iterable[int]) -> int:
    united = 0
    for one in sets:
        united |= one
    return united


@lru_cache
def _everything() -> int:
    size = 1
    for values in FACTS.values():
        size *= len(values)
    return (1 << size) - 1


@lru_cache
def _bits() -> Mapping[tuple[str, str], int]:
    """Return the situations with each value of each fact: the first fact turns fastest, as digits of a number do."""
    bits, step = {}, 1
    for name, values in FACTS.items():
        turn = step * len(values)
        every_turn = _everything() // ((1 << turn) - 1)
        for place, value in enumerate(values):
            bits[name, value] = (((1 << step) - 1) << (place * step)) * every_turn
        step = turn
    return bits
