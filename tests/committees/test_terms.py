"""tests.committees.test_terms — one term runs at a time, and every day falls into at most one."""

from datetime import date

import pytest
from flask import Flask

from exam_app.audit.service import MACHINE
from exam_app.base.db import transaction
from exam_app.committees import service as committees
from exam_app.committees.errors import NoSuchCommittee, TermInvalid
from exam_app.committees.models import Committee
from exam_app.committees.queries import get_committee, lineage, list_terms, term_on
from tests.conftest import NINE
from tests.factories import make_committee

FIRST, SECOND = date(2021, 12, 20), date(2026, 12, 20)


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee in its sixteenth term."""
    with transaction():
        committee = make_committee()
        committees.open_term(committee.id, 16, FIRST, MACHINE, NINE)
    return committee


def open_term(committee: Committee, number: int, began_on: date) -> None:
    """Open a term as one act."""
    committee_id = committee.id
    with transaction():
        committees.open_term(committee_id, number, began_on, MACHINE, NINE)


def test_new_term_ends_the_running_one_on_its_first_day(committee: Committee) -> None:
    open_term(committee, 17, SECOND)

    assert [(term.number, term.ended_on) for term in list_terms(committee.id)] == [(17, None), (16, SECOND)]


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2021, 12, 19), None), (FIRST, 16), (date(2026, 12, 19), 16), (SECOND, 17), (date(2030, 1, 1), 17)],
)
def test_day_falls_into_its_term(committee: Committee, day: date, number: int | None) -> None:
    open_term(committee, 17, SECOND)

    term = term_on(committee.id, day)
    assert (term.number if term else None) == number


@pytest.mark.parametrize(("number", "began_on"), [(16, SECOND), (15, SECOND), (17, FIRST), (17, date(2020, 1, 1))])
def test_term_that_does_not_follow_is_refused(committee: Committee, number: int, began_on: date) -> None:
    with pytest.raises(TermInvalid):
        open_term(committee, number, began_on)

    assert [(term.number, term.ended_on) for term in list_terms(committee.id)] == [(16, None)]


def test_first_term_needs_a_number_from_one(app: Flask) -> None:
    with transaction():
        fresh = make_committee()

    with pytest.raises(TermInvalid):
        open_term(fresh, 0, FIRST)

    assert list_terms(fresh.id) == []


def test_lineage_leads_up_to_the_parents_and_not_down(committee: Committee) -> None:
    with transaction():
        county = make_committee("乙县人大常委会", parent=committee)

    assert lineage(county.id) == [county.id, committee.id]
    assert lineage(committee.id) == [committee.id]


def test_unknown_committee_is_not_found(app: Flask) -> None:
    with pytest.raises(NoSuchCommittee):
        get_committee(99)
