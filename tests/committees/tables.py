"""tests.committees.tables — decision tables and situations as hypothesis draws them."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from exam_app.committees.decision_table import FACTS, NEVER, OUTCOMES, PASSES, Facts, Line, line_of

WHENS = st.dictionaries(st.sampled_from(list(FACTS)), st.just(None), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sets(st.sampled_from(FACTS[name]), min_size=1) for name in names})
)
LINES = st.builds(line_of, st.sampled_from(OUTCOMES), st.just("规定"), st.just(""), WHENS)
TABLES = st.lists(LINES, max_size=6)
COMPLETE = st.builds(lambda lines: [*lines, line_of("required", "EVERY_NOMINEE")], TABLES)


@st.composite
def situations(draw: st.DrawFn) -> Facts:
    """Draw what may be known of a nomination, with any number of earlier passes."""
    facts = {name: frozenset({draw(st.sampled_from(FACTS[name]))}) for name in FACTS if name != "passed"}
    passed = draw(st.frozensets(st.sampled_from(PASSES)))
    return {**facts, "passed": passed or frozenset({NEVER})}


def every_situation() -> Iterator[Facts]:
    """Yield every situation with one pass at most."""
    for values in product(*FACTS.values()):
        yield {name: frozenset({value}) for name, value in zip(FACTS, values, strict=True)}


def without(table: list[Line], number: int) -> list[Line]:
    """Return the table less the line of that number, from 1."""
    return table[: number - 1] + table[number:]
