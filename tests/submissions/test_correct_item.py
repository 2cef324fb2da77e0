"""tests.submissions.test_correct_item — a corrected item: before and after on record, the exam decided again."""

from datetime import timedelta

import pytest
from flask import Flask

from exam_app.appointments import queries, service
from exam_app.appointments.errors import ItemTwice, NoSuchItem, NoSuchPosition, PostMissing
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.moves import do
from exam_app.appointments.states import Act, ExamStep, Form, ItemState, Requirement
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.submissions.errors import ItemVotedOn, NothingCorrected
from exam_app.submissions.service import correct_item
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.certificates.factories import make_exam
from tests.conftest import NINE
from tests.submissions.factories import correction, kinds, lose, make_placed, position_named, take_in_review


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill without items."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item by which somebody becomes head of a bureau."""
    with transaction():
        return make_placed(bill)


def told(item: Item) -> list[str]:
    """Return what happened to an item, latest first."""
    return [event.verb for event, _name in queries.list_events(item.id)]


def test_corrected_post_stays_on_record_with_what_it_was(item: Item, bill: Bill) -> None:
    with transaction():
        correct_item(correction(item, bill.committee_id, post=" 甲市审计局局长 "), MACHINE, NINE)
    event = next(one for one, _name in queries.list_events(item.id) if one.verb == "item.correct")
    assert item.post == "甲市审计局局长"
    assert event.details == {"before": {"post": "甲市财政局局长"}, "after": {"post": "甲市审计局局长"}}
    assert told(item)[0] == "requirement.decide"


def test_position_out_of_scope_frees_from_the_exam(item: Item, bill: Bill) -> None:
    line = position_named(bill, "代表资格审查委员会委员")
    with transaction():
        command = correction(
            item,
            bill.committee_id,
            form=Form.APPOINT,
            organ_type=OrganType.CONGRESS,
            position_id=line.id,
            post="甲市人大常委会代表资格审查委员会委员",
        )
        correct_item(command, MACHINE, NINE)
    assert queries.requirement_of(item.id).outcome is Requirement.NOT_APPLICABLE
    assert item.exam_step is ExamStep.CLEARED
    assert "wrong_form" not in kinds(item)


def test_reason_alone_decides_nothing_again(item: Item, bill: Bill) -> None:
    with transaction():
        correct_item(correction(item, bill.committee_id, reason="工作变动"), MACHINE, NINE)
    assert (item.reason, told(item)[0]) == ("工作变动", "item.correct")


def test_registered_nominee_stays_registered(item: Item, bill: Bill) -> None:
    with transaction():
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        service.send_to_exam(exam.id, bill, [item.id], MACHINE, NINE)
    entry = queries.requirement_of(item.id).roster_entry_id
    with transaction():
        correct_item(correction(item, bill.committee_id, post="甲市审计局局长"), MACHINE, NINE)
    assert queries.requirement_of(item.id).roster_entry_id == entry is not None


def test_reviewed_item_goes_back_into_review_when_it_needs_an_exam_now(bill: Bill) -> None:
    with transaction():
        item = make_placed(bill, form=Form.REMOVE)
        take_in_review(bill, item)
        do(item, Act.CLEAR, MACHINE, NINE)
        correct_item(correction(item, bill.committee_id, form=Form.DECIDE_APPOINT), MACHINE, NINE)
    assert (item.state, item.exam_step) == (ItemState.UNDER_REVIEW, ExamStep.OPEN)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, NothingCorrected),
        ({"post": "  "}, PostMissing),
        ({"post": "长" * 121}, PostMissing),
        ({"position_id": 99999}, NoSuchPosition),
        ({"post": "甲市审计局局长"}, ItemTwice),
        ({"committee_id": 99999}, NoSuchItem),
    ],
)
def test_impossible_correction_changes_nothing(
    item: Item, bill: Bill, changes: dict[str, object], refusal: type[DomainError]
) -> None:
    with transaction():
        make_item(bill, post="甲市审计局局长")
    before = told(item)
    values = {"committee_id": bill.committee_id, **changes}
    with pytest.raises(refusal), transaction():
        correct_item(correction(item, **values), MACHINE, NINE)  # type: ignore[arg-type]
    db.session.expire_all()
    assert (item.post, item.form, told(item)) == ("甲市财政局局长", Form.DECIDE_APPOINT, before)


def test_position_of_another_committee_does_not_exist(item: Item, bill: Bill) -> None:
    with transaction():
        foreign = position_named(make_bill(make_foreign()), "局长").id
    with pytest.raises(NoSuchPosition), transaction():
        correct_item(correction(item, bill.committee_id, position_id=foreign), MACHINE, NINE)


def test_item_that_was_voted_on_is_not_corrected(item: Item, bill: Bill) -> None:
    with transaction():
        lose(item, NINE)
    with pytest.raises(ItemVotedOn), transaction():
        correct_item(correction(item, bill.committee_id, post="甲市审计局局长"), MACHINE, NINE)
    db.session.expire_all()
    assert item.post == "甲市财政局局长"
