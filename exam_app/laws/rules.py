"""laws.rules — decides how editions stand on a day, and which edition a text is."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from exam_app.laws.states import Standing

_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_TAKES_EFFECT = re.compile(r"\s*(?:起)?(?:施行|实施|生效)")
PARAGRAPH_GAP = "\n\n"


def standing(starts_on: date, repealed_on: date | None, next_starts_on: date | None, on: date) -> Standing:
    """Tell how an edition stands: it holds from its start until it is repealed or the next one starts."""
    if on < starts_on:
        return Standing.NOT_YET
    if repealed_on is not None and repealed_on <= on:
        return Standing.REPEALED
    if next_starts_on is not None and next_starts_on <= on:
        return Standing.SUPERSEDED
    return Standing.IN_FORCE


def newest_date(preamble: Iterable[str]) -> date | None:
    """Return the newest day of adoption, amendment or promulgation; days of taking effect do not count."""
    days = [day for line in preamble for day in _days(line)]
    return max(days, default=None)


def _days(line: str) -> Iterable[date]:
    for match in _DATE.finditer(line):
        if _TAKES_EFFECT.match(line, match.end()):
            continue
        try:
            yield date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue  # 2月30日 is a slip of the pen, not a day


def stored_text(paragraphs: Sequence[str]) -> str:
    """Return the paragraphs of an article as they are stored."""
    return PARAGRAPH_GAP.join(paragraphs)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a stored article."""
    return tuple(text.split(PARAGRAPH_GAP)) if text else ()
