"""documents.rules — whether an issued document still says what the record says, and what differs. Pure.

A blank that has been filled since, or a draft that has become final, does not make a document wrong: it is behind.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from exam_app.printing.official.phrases import BLANK
from exam_app.printing.official.text import OfficialText, lines

SERIAL = re.compile(r"^\d+(?:\t|\. )")


class Standing(StrEnum):
    """How a document stands: not issued, issued as it is, behind, changed, or issued about what is no more."""

    DRAFT = "draft"
    ISSUED = "issued"
    BEHIND = "behind"
    CHANGED = "changed"
    GONE = "gone"


WRONG = frozenset({Standing.CHANGED, Standing.GONE})


class Change(StrEnum):
    """What happened to a line since the document was issued."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Difference:
    """A line that the issued document has and the record has not any more, or the other way round."""

    change: Change
    words: str


def with_number(live: OfficialText, number: str) -> OfficialText:
    """Return the text under the number it was issued with, where somebody had set in one."""
    return replace(live, number=number) if number and BLANK not in number else live


def compared(issued: OfficialText, live: OfficialText) -> tuple[Standing, list[Difference]]:
    """Return how the issued text stands against the record, and the lines in which they differ."""
    found = list(differences(_told(issued), _told(live)))
    behind = all(fits for _removed, _added, fits in _changes(_body(issued), _body(live)))
    return (Standing.BEHIND if behind else Standing.CHANGED), found


def differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """Yield the lines that were removed and added, in the order of the document."""
    for removed, added, _fits in _changes(before, after):
        yield from (Difference(Change.REMOVED, line) for line in removed)
        yield from (Difference(Change.ADDED, line) for line in added)


def _told(text: OfficialText) -> list[str]:
    """A line that merely moved up, since one before it left, is the same line: serial numbers do not count."""
    return [SERIAL.sub("", line) for line in lines(text)]


def _body(text: OfficialText) -> list[str]:
    """What stands at the head changes when a draft becomes final."""
    return _told(replace(text, mark="", number="", subtitle=""))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
    """Yield removed lines, added lines, and whether these only fill the blanks of those."""
    matcher = SequenceMatcher(None, before, after)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            removed, added = before[first:last], after[start:end]
            fits = len(removed) == len(added) and all(map(filled, removed, added))
            yield removed, added, fits


def filled(draft: str, final: str) -> bool:
    """Whether the line is the same but for blanks that were filled: those in words, and the empty cells of a row."""
    cells, values = draft.split("\t"), final.split("\t")
    return len(cells) == len(values) and all(map(_cell_filled, cells, values))


def _cell_filled(cell: str, value: str) -> bool:
    return not cell or re.fullmatch(".+?".join(map(re.escape, cell.split(BLANK))), value) is not None
