"""tests.yearbook.test_hand_figures — figures by hand, entered, replaced, dropped; refused without a trace."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.models import Committee
from exam_app.yearbook import service
from exam_app.yearbook.errors import HandFigureInvalid, NoSuchFigure, NoSuchYear
from exam_app.yearbook.models import HandFigure
from exam_app.yearbook.service import EnterFigure
from tests.appointments.factories import make_foreign, make_office
from tests.conftest import NINE


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee with the usual rules."""
    with transaction():
        return make_office()


def enter(committee: Committee, **changes: Any) -> HandFigure:
    values: dict[str, Any] = {
        "committee_id": committee.id,
        "year": 2025,
        "key": "by_election",
        "label": "增选补选人大代表（名）",
        "value": "17",
        "sentence": "增选补选省、市人大代表17名。",
    }
    with transaction():
        return service.enter(EnterFigure(**(values | changes)), MACHINE, NINE)


def stored() -> list[tuple[str, str]]:
    return [(row.value, row.sentence) for row in db.session.scalars(select(HandFigure).order_by(HandFigure.id))]


def test_figure_is_entered_and_stands_on_record(committee: Committee) -> None:
    figure = enter(committee)

    assert (figure.value, figure.entered_at) == ("17", NINE)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "yearbook.enter")).one()
    assert (entry.about, entry.details["value"]) == (f"hand_figure:{figure.id}", "17")


def test_figure_of_the_same_key_is_replaced_and_the_record_keeps_what_it_was(committee: Committee) -> None:
    enter(committee)
    enter(committee, value="18", sentence="")
    enter(committee, year=2024)

    assert stored() == [("18", ""), ("17", "增选补选省、市人大代表17名。")]
    entries = list(db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "yearbook.enter")))
    assert [entry.details["earlier"] for entry in entries] == ["", "17", ""]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"label": " "}, HandFigureInvalid),
        ({"label": "长" * 81}, HandFigureInvalid),
        ({"value": "", "sentence": " "}, HandFigureInvalid),
        ({"value": "9" * 41}, HandFigureInvalid),
        ({"sentence": "长" * 401}, HandFigureInvalid),
        ({"key": ""}, HandFigureInvalid),
        ({"year": 2027}, NoSuchYear),
        ({"year": 1979}, NoSuchYear),
    ],
)
def test_figure_that_cannot_be_is_refused(
    committee: Committee, changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        enter(committee, **changes)

    assert stored() == []
    assert db.session.scalar(select(func.count()).where(AuditEntry.verb == "yearbook.enter")) == 0


def test_dropped_figure_is_gone_but_on_record(committee: Committee) -> None:
    figure_id = enter(committee).id
    with transaction():
        service.drop(figure_id, committee.id, MACHINE, NINE)

    assert stored() == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "yearbook.drop")).one()
    assert entry.details["sentence"] == "增选补选省、市人大代表17名。"


def test_figure_of_another_committee_is_not_found(committee: Committee) -> None:
    figure_id = enter(committee).id
    with transaction():
        foreign = make_foreign()
    with pytest.raises(NoSuchFigure), transaction():
        service.drop(figure_id, foreign.id, MACHINE, NINE)

    assert len(stored()) == 1
