"""tests.laws.test_adopt_register — the register is taken over once, and brought up to date."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.base.db import db
from exam_app.laws import service
from exam_app.laws.models import Edition, Law
from exam_app.laws.queries import list_laws
from exam_app.laws.states import Standing
from question_bank.register import Law as KnownLaw
from question_bank.register import Register, load_register
from tests.conftest import NINE
from tests.laws.factories import adopt_small_register, small_register

pytestmark = pytest.mark.usefixtures("app")


def test_register_is_taken_over_with_every_edition(app: Flask) -> None:
    service.adopt_register(load_register(), NINE)
    editions = sum(len(law.editions) for law in load_register().laws)
    assert db.session.scalar(select(func.count()).select_from(Law)) == len(load_register().laws)
    assert db.session.scalar(select(func.count()).select_from(Edition)) == editions


def test_register_taken_over_twice_is_there_once(app: Flask) -> None:
    adopt_small_register()
    adopt_small_register()
    assert db.session.scalar(select(func.count()).select_from(Law)) == 2
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 3


def test_fact_that_became_known_is_brought_up_to_date(app: Flask) -> None:
    adopt_small_register()
    known = small_register().laws[0]
    later = replace(known.editions[1], effective=known.editions[1].adopted)
    service.adopt_register(
        Register((KnownLaw(known.slug, known.title, known.short_title, (), (known.editions[0], later)),)), NINE
    )
    edition = db.session.scalars(select(Edition).where(Edition.adopted_on == later.adopted)).one()
    assert edition.effective_on == later.adopted


def test_editions_stand_as_their_dates_say(app: Flask) -> None:
    adopt_small_register()
    standings = {law.slug: [edition.standing for edition in law.editions] for law in list_laws(NINE.date())}
    assert standings == {
        "supervision-law": [Standing.IN_FORCE, Standing.SUPERSEDED],
        "legislation-law": [Standing.NOT_YET],
    }
