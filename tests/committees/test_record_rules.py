"""tests.committees.test_record_rules — rules hold from a day on; what was in force stays as it was."""

from datetime import date, timedelta

import pytest
from flask import Flask

from exam_app.audit.queries import entries
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees import service as committees
from exam_app.committees.errors import RulesBackdated, RulesDateTaken, RulesInvalid
from exam_app.committees.models import Committee
from exam_app.committees.queries import list_rules, rules_on
from exam_app.committees.rules import LocalRules
from tests.conftest import NINE
from tests.factories import make_committee

TODAY = date(2026, 3, 2)
LONG_AGO = date(2019, 5, 1)


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee without rules of its own."""
    with transaction():
        return make_committee()


def record(committee: Committee, valid_from: date, **changes: object) -> None:
    """Record rules as one act."""
    rules = LocalRules(**changes)  # type: ignore[arg-type]
    committee_id = committee.id
    with transaction():
        committees.record_rules(committee_id, valid_from, rules, "甲人常〔2026〕1号", MACHINE, NINE)


def test_defaults_hold_where_none_were_recorded(committee: Committee) -> None:
    assert rules_on(committee.id, TODAY) == (rules_on(committee.id, LONG_AGO))
    assert rules_on(committee.id, TODAY).version_id is None


def test_first_version_may_reach_back(committee: Committee) -> None:
    record(committee, LONG_AGO, pass_mark=70)

    assert rules_on(committee.id, LONG_AGO).rules.pass_mark == 70
    assert rules_on(committee.id, LONG_AGO - timedelta(days=1)).rules.pass_mark == 60


def test_later_version_leaves_the_days_before_it_alone(committee: Committee) -> None:
    record(committee, LONG_AGO, pass_mark=70)
    record(committee, TODAY, pass_mark=80)

    before = rules_on(committee.id, TODAY - timedelta(days=1))
    assert before.rules.pass_mark == 70
    assert rules_on(committee.id, TODAY).rules.pass_mark == 80
    assert [version.valid_from for version in list_rules(committee.id)] == [TODAY, LONG_AGO]


def test_version_may_wait_for_its_day(committee: Committee) -> None:
    record(committee, TODAY + timedelta(days=30), pass_mark=80)

    assert rules_on(committee.id, TODAY).rules.pass_mark == 60


def test_rules_in_force_are_not_replaced_for_days_gone_by(committee: Committee) -> None:
    record(committee, LONG_AGO, pass_mark=70)

    with pytest.raises(RulesBackdated):
        record(committee, TODAY - timedelta(days=1), pass_mark=50)

    assert len(list_rules(committee.id)) == 1
    assert rules_on(committee.id, TODAY).rules.pass_mark == 70


def test_one_day_has_one_version(committee: Committee) -> None:
    record(committee, TODAY, pass_mark=70)

    with pytest.raises(RulesDateTaken):
        record(committee, TODAY, pass_mark=80)

    assert rules_on(committee.id, TODAY).rules.pass_mark == 70


def test_impossible_rules_leave_no_version_and_no_trace(committee: Committee) -> None:
    before = len(list(db.session.scalars(entries([committee.id]))))

    with pytest.raises(RulesInvalid):
        record(committee, TODAY, pass_mark=0)

    assert list_rules(committee.id) == []
    assert len(list(db.session.scalars(entries([committee.id])))) == before


def test_rules_count_for_their_committee_only(committee: Committee) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")
    record(committee, TODAY, pass_mark=80)

    assert rules_on(other.id, TODAY).rules.pass_mark == 60
