"""yearbook.service — enters figures that no record of this system proves, and takes them out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.yearbook.errors import HandFigureInvalid, NoSuchYear
from exam_app.yearbook.models import HandFigure
from exam_app.yearbook.queries import EARLIEST, get_hand_figure

KEY_LENGTH, LABEL_LENGTH, VALUE_LENGTH, SENTENCE_LENGTH = 40, 80, 40, 400


@dataclass(frozen=True, kw_only=True)
class EnterFigure:
    """A figure by hand: what it is called, its value, and the sentence that the printed summary takes over."""

    committee_id: int
    year: int
    key: str
    label: str
    value: str = ""
    sentence: str = ""


def check_year(year: int, now: datetime) -> None:
    """Raise NoSuchYear for a year that had no standing committees or has not begun."""
    if not EARLIEST <= year <= local_date(now).year:
        raise NoSuchYear(year=year)


def enter(command: EnterFigure, actor: Actor, now: datetime) -> HandFigure:
    """Enter a figure; one of the same key and year is replaced, and the record keeps what it was."""
    check_year(command.year, now)
    key, label = command.key.strip(), command.label.strip()
    value, sentence = command.value.strip(), command.sentence.strip()
    if not _is_fit(key, KEY_LENGTH) or not _is_fit(label, LABEL_LENGTH) or not (value or sentence):
        raise HandFigureInvalid
    if len(value) > VALUE_LENGTH or len(sentence) > SENTENCE_LENGTH:
        raise HandFigureInvalid
    figure = _find(command.committee_id, command.year, key)
    earlier = figure.value or figure.sentence if figure else ""
    if figure is None:
        figure = HandFigure(committee_id=command.committee_id, year=command.year, key=key)
        db.session.add(figure)
    figure.label, figure.value, figure.sentence = label, value, sentence
    figure.entered_by, figure.entered_at = actor.account_id, now
    db.session.flush()  # the audit line needs the id
    details = {"year": command.year, "label": label, "value": value, "sentence": sentence, "earlier": earlier}
    _note("yearbook.enter", figure, actor, now, details)
    return figure


def drop(figure_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Take a figure out; the record keeps what it said."""
    figure = get_hand_figure(figure_id, committee_id)
    details = {"year": figure.year, "label": figure.label, "value": figure.value, "sentence": figure.sentence}
    _note("yearbook.drop", figure, actor, now, details)
    db.session.delete(figure)
    db.session.flush()


def _find(committee_id: int, year: int, key: str) -> HandFigure | None:
    query = select(HandFigure).where(HandFigure.committee_id == committee_id, HandFigure.year == year)
    return db.session.scalar(query.where(HandFigure.key == key).with_for_update())


def _is_fit(text: str, most: int) -> bool:
    return 1 <= len(text) <= most


def _note(verb: str, figure: HandFigure, actor: Actor, now: datetime, details: dict[str, object]) -> None:
    about = f"hand_figure:{figure.id}"
    audit.note(actor, verb, about=about, now=now, committee_id=figure.committee_id, details=details)
