"""tests.proceedings.test_review — a review ends when the exam lets the item through and nothing grave is unanswered."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ExamStandsInTheWay, ItemCannot, NoSuchBill, NoSuchItem, NothingChosen
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings import members
from exam_app.meetings.members import SeatMember
from exam_app.meetings.states import MemberOffice
from exam_app.proceedings import review
from exam_app.proceedings.errors import ObjectionsOpen, OpinionNeeded
from exam_app.proceedings.models import ReviewReport
from exam_app.proceedings.review import ConcludeReview
from exam_app.submissions import service as submissions
from exam_app.submissions.states import Objection
from tests.appointments.factories import RECEIVED, make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.proceedings.factories import make_free_item

S = ItemState
OPINION = "符合任职条件，建议提请"


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item whose nominee has passed, under review."""
    with transaction():
        item = make_free_item(bill)
        review.begin_review(bill.id, bill.committee_id, [item.id], MACHINE, NINE)
    return item


def conclusion(items: Sequence[Item], bill: Bill, opinion: str = OPINION) -> ConcludeReview:
    """Return the end of the review of items."""
    ids = [item.id for item in items]
    return ConcludeReview(bill_id=bill.id, committee_id=bill.committee_id, item_ids=ids, opinion=opinion)


def conclude(items: Sequence[Item], bill: Bill, opinion: str = OPINION) -> None:
    """Conclude the review, in a transaction of its own."""
    with transaction():
        review.conclude_review(conclusion(items, bill, opinion), MACHINE, NINE)


def begin(items: Sequence[Item], bill: Bill) -> None:
    """Begin the review, in a transaction of its own."""
    with transaction():
        review.begin_review(bill.id, bill.committee_id, [item.id for item in items], MACHINE, NINE)


def last_event(item: Item) -> ItemEvent:
    """Return what happened to the item last."""
    query = select(ItemEvent).where(ItemEvent.item_id == item.id).order_by(ItemEvent.id.desc())
    return db.session.scalars(query.limit(1)).one()


def reports() -> int:
    """Return how many review reports are written."""
    return db.session.scalar(select(func.count(ReviewReport.id))) or 0


def test_review_begins_for_the_chosen_items_only(bill: Bill) -> None:
    with transaction():
        chosen, other = make_free_item(bill), make_free_item(bill, "李敏")
    begin([chosen], bill)
    assert (chosen.state, other.state) == (S.UNDER_REVIEW, S.SUBMITTED)
    assert last_event(chosen).verb == "item.begin_review"


def test_concluded_review_leaves_a_report_and_a_line_in_the_audit(bill: Bill, item: Item) -> None:
    conclude([item], bill, f"  {OPINION} ")
    assert item.state is S.EXAM_CLEARED
    report = db.session.scalars(select(ReviewReport)).one()
    assert (report.item_id, report.opinion, report.reported_at) == (item.id, OPINION, NINE)
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "item.clear")).one()
    assert noted.about == f"item:{item.id}"


def test_second_review_leaves_a_second_report(bill: Bill, item: Item) -> None:
    conclude([item], bill)
    with transaction():
        item.state = S.UNDER_REVIEW  # a voided result has sent it back
    conclude([item], bill, "复核后维持原意见")
    assert reports() == 2


@pytest.mark.parametrize("opinion", ["", "   ", "见" * 601])
def test_review_without_an_opinion_is_refused(bill: Bill, item: Item, opinion: str) -> None:
    with pytest.raises(OpinionNeeded):
        conclude([item], bill, opinion)
    assert (item.state, reports()) == (S.UNDER_REVIEW, 0)


def test_review_that_was_not_begun_is_not_concluded(bill: Bill, item: Item) -> None:
    with transaction():
        fresh = make_free_item(bill, "李敏")
    with pytest.raises(ItemCannot) as refused:
        conclude([item, fresh], bill)
    assert refused.value.facts["name"] == "李敏"
    assert (item.state, fresh.state, reports()) == (S.UNDER_REVIEW, S.SUBMITTED, 0)


def test_review_begins_once(bill: Bill, item: Item) -> None:
    with pytest.raises(ItemCannot):
        begin([item], bill)
    assert item.state is S.UNDER_REVIEW


@pytest.mark.parametrize("step", [ExamStep.OPEN, ExamStep.BLOCKED])
def test_hard_gate_keeps_the_review_open(bill: Bill, item: Item, step: ExamStep) -> None:
    with transaction():
        blocked = make_item(bill, "李敏")
        blocked.exam_step = step
    begin([blocked], bill)
    with pytest.raises(ExamStandsInTheWay) as refused:
        conclude([item, blocked], bill)
    assert refused.value.facts["name"] == "李敏"
    assert (item.state, blocked.state, reports()) == (S.UNDER_REVIEW, S.UNDER_REVIEW, 0)


def test_directors_override_opens_the_hard_gate(bill: Bill) -> None:
    with transaction():
        item = make_item(bill)
        item.exam_step = ExamStep.OVERRIDDEN
    begin([item], bill)
    conclude([item], bill)
    assert item.state is S.EXAM_CLEARED
    assert "exam_step" not in last_event(item).details


@pytest.mark.parametrize("gate", ["advise", "report_only"])
@pytest.mark.parametrize("step", [ExamStep.OPEN, ExamStep.BLOCKED])
def test_soft_gate_lets_through_and_notes_how_the_exam_stood(app: Flask, gate: str, step: ExamStep) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(gate=gate)))
        item = make_item(bill)
        item.exam_step = step
    begin([item], bill)
    conclude([item], bill)
    assert item.state is S.EXAM_CLEARED
    assert last_event(item).details["exam_step"] == step.value


def test_missing_papers_are_noted_and_stop_nobody(bill: Bill, item: Item) -> None:
    conclude([item], bill)
    assert last_event(item).details["missing_papers"] == 3


def seated(bill: Bill, item: Item) -> None:
    """Let the nominee be a member of the standing committee, who may hold no post of the government."""
    command = SeatMember(
        committee_id=bill.committee_id, person_id=item.person_id, office=MemberOffice.MEMBER, began_on=RECEIVED
    )
    with transaction():
        members.seat_member(command, MACHINE, NINE)


def test_grave_objection_keeps_the_review_open_until_it_is_answered(bill: Bill, item: Item) -> None:
    seated(bill, item)
    with pytest.raises(ObjectionsOpen) as refused:
        conclude([item], bill)
    assert refused.value.facts["name"] == "王强"
    assert (item.state, reports()) == (S.UNDER_REVIEW, 0)
    with transaction():
        answer = submissions.AnswerObjection(
            item_id=item.id,
            committee_id=bill.committee_id,
            objection=Objection.SITTING_MEMBER,
            reason="已书面请辞常委会职务",
        )
        submissions.answer_objection(answer, MACHINE, NINE)
    conclude([item], bill)
    assert item.state is S.EXAM_CLEARED


def test_lesser_objection_stops_nobody(bill: Bill) -> None:
    with transaction():
        removal = make_item(bill, "赵平", form=Form.REMOVE)
    begin([removal], bill)
    conclude([removal], bill)
    assert removal.state is S.EXAM_CLEARED


def test_items_of_another_bill_or_committee_are_not_found(bill: Bill, item: Item) -> None:
    with transaction():
        other = make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
        foreign = make_foreign()
    wrong: list[tuple[ConcludeReview, type[DomainError]]] = [
        (replace(conclusion([item], bill), bill_id=other.id), NoSuchItem),
        (replace(conclusion([item], bill), committee_id=foreign.id), NoSuchBill),
        (replace(conclusion([item], bill), item_ids=[item.id, 999]), NoSuchItem),
        (replace(conclusion([item], bill), item_ids=[]), NothingChosen),
    ]
    for command, refusal in wrong:
        with pytest.raises(refusal), transaction():
            review.conclude_review(command, MACHINE, NINE)
    assert (item.state, reports()) == (S.UNDER_REVIEW, 0)
