"""tests.requirements.test_attempts — what counts as an attempt, when the last is lost, and when a letter is due."""

from datetime import timedelta

import pytest
from flask import Flask

from exam_app.appointments.errors import NoSuchItem
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.rules import AttemptOutcome
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.exams.models import RosterEntry
from exam_app.exams.states import Absence
from exam_app.requirements import queries, service
from exam_app.requirements.errors import AttemptsLeft
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.requirements.factories import TODAY, change_rules, let_sit, let_stay_away, verbs

FAILED, PASSED, ABSENT = AttemptOutcome.FAILED, AttemptOutcome.PASSED, AttemptOutcome.ABSENT
SECOND = NINE + timedelta(days=3)


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee that allows one make-up and then asks for withdrawal."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item whose nominee must sit."""
    with transaction():
        return make_item(bill)


def outcomes(item: Item) -> list[AttemptOutcome]:
    """Return how the attempts ended, earliest first."""
    return [attempt.outcome for attempt in queries.attempts_of([item.id])[item.id]]


def consequence(item: Item, bill: Bill) -> str:
    """Return what follows by the rules of today."""
    return queries.failure_of(item.id, bill.committee_id, TODAY).consequence


def test_nothing_was_tried_yet(item: Item, bill: Bill) -> None:
    failure = queries.failure_of(item.id, bill.committee_id, TODAY)
    assert (list(failure.attempts), failure.left, failure.consequence, failure.is_letter_due) == ([], 2, "", False)


def test_second_failure_leads_to_what_the_rules_say(item: Item, bill: Bill) -> None:
    with transaction():
        let_sit(item, "40")
    assert (outcomes(item), consequence(item, bill)) == ([FAILED], "")
    with transaction():
        let_sit(item, "52", SECOND)
    assert (outcomes(item), consequence(item, bill)) == ([FAILED, FAILED], "withdraw")


def test_absence_without_excuse_counts_as_an_attempt(item: Item, bill: Bill) -> None:
    with transaction():
        let_stay_away(item)
        let_sit(item, "40", SECOND)
    assert (outcomes(item), consequence(item, bill)) == ([ABSENT, FAILED], "withdraw")


def test_absence_that_was_excused_after_all_does_not_count(item: Item, bill: Bill) -> None:
    with transaction():
        let_stay_away(item)
        for entry in db.session.query(RosterEntry):
            entry.absence = Absence.EXCUSED
    assert (outcomes(item), consequence(item, bill)) == ([], "")


def test_voided_result_does_not_count(item: Item, bill: Bill) -> None:
    with transaction():
        let_sit(item, "40")
        let_sit(item, "52", SECOND)
        db.session.query(Result).order_by(Result.id.desc()).first().state = ResultState.VOIDED  # type: ignore[union-attr]
    assert (outcomes(item), consequence(item, bill)) == ([FAILED], "")


def test_pass_ends_it(item: Item, bill: Bill) -> None:
    with transaction():
        let_sit(item, "40")
        let_sit(item, "80", SECOND)
    assert (outcomes(item), consequence(item, bill)) == ([FAILED, PASSED], "")


def test_another_items_attempts_are_not_counted(item: Item, bill: Bill) -> None:
    with transaction():
        other = make_item(bill, "李敏")
        let_sit(other, "40")
    assert (outcomes(item), outcomes(other)) == ([], [FAILED])


@pytest.mark.parametrize(("second_failure", "due"), [("block", False), ("withdraw", True), ("defer", True)])
def test_letter_is_due_where_the_rules_know_one(item: Item, bill: Bill, second_failure: str, due: bool) -> None:
    with transaction():
        let_sit(item, "40")
        let_sit(item, "52", SECOND)
        change_rules(bill.committee_id, second_failure=second_failure)
    failure = queries.failure_of(item.id, bill.committee_id, TODAY)
    assert (failure.consequence, failure.is_letter_due) == (second_failure, due)
    assert failure.in_force.basis == "第9次主任会议通过"


def test_letter_is_put_on_record(item: Item, bill: Bill) -> None:
    with transaction():
        let_sit(item, "40")
        let_sit(item, "52", SECOND)
    with transaction():
        failure = queries.failure_of(item.id, bill.committee_id, TODAY)
        assert service.due_letter(failure) == "withdraw"
        service.note_letter(failure, 7, MACHINE, NINE)
    assert verbs(item)[-1] == "exam.letter"


def test_letter_before_the_last_attempt_is_refused(item: Item, bill: Bill) -> None:
    with transaction():
        let_sit(item, "40")
    with pytest.raises(AttemptsLeft) as refused, transaction():
        service.note_letter(queries.failure_of(item.id, bill.committee_id, TODAY), 7, MACHINE, NINE)
    assert refused.value.facts["name"] == "王强"
    assert "exam.letter" not in verbs(item)


def test_item_of_another_committee_is_not_found(item: Item) -> None:
    with transaction():
        foreign = make_foreign()
    with pytest.raises(NoSuchItem):
        queries.failure_of(item.id, foreign.id, TODAY)
