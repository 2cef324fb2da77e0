"""tests.web.officer.conftest — a committee in its term, its officer's and its director's browsers, a bill."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam_app.appointments.models import Bill
from exam_app.base.db import transaction
from exam_app.committees.models import Committee
from exam_app.meetings.models import Meeting
from exam_app.people.states import Role
from tests.appointments.factories import make_bill, make_office
from tests.factories import browser_of, make_account
from tests.proceedings.factories import hold_meeting


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


@pytest.fixture
def officer(app: Flask, office: Committee) -> FlaskClient:
    """The officer's browser."""
    return browser_of(app, make_account(office, Role.OFFICER))


@pytest.fixture
def director(app: Flask, office: Committee) -> FlaskClient:
    """The director's browser."""
    return browser_of(app, make_account(office, Role.DIRECTOR))


@pytest.fixture
def bill(office: Committee) -> Bill:
    """A bill without items."""
    with transaction():
        return make_bill(office)


@pytest.fixture
def meeting(officer: FlaskClient, office: Committee) -> Meeting:
    """A meeting of the standing committee that is being held: 46 of 51 are there."""
    with transaction():
        return hold_meeting(office.id)
