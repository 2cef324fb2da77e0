"""web.officer.objection_words — what speaks against an item, as a page says it."""

from collections.abc import Iterable
from dataclasses import dataclass

from exam_app.submissions.queries import OpenObjection
from exam_app.texts.submissions import objection_words


@dataclass(frozen=True)
class Told:
    """One objection in words; `tone` is that of its notice."""

    title: str
    text: str
    tone: str
    answer: str


def told(objections: Iterable[OpenObjection]) -> list[Told]:
    """Return the objections in words, what is open and grave in the tone of what needs a hand."""
    return [_told(one) for one in objections]


def _told(one: OpenObjection) -> Told:
    title, sentence = objection_words(one.objection, one.facts)
    tone = "info" if not one.is_open else "bad" if one.is_grave else "warn"
    return Told(title, sentence, tone, one.answer.reason if one.answer else "")
