"""tests.appointments.test_take_result — what a result does to an item: once, and never to a decided one in silence."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments import queries, service
from exam_app.appointments.errors import ResultUnpublished
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.service import OverrideExam, Taken, take_result
from exam_app.appointments.states import UNDECIDED, ExamStep, ItemState, Requirement
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import RosterEntry
from exam_app.meetings import service as meetings
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_item, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import actor_of, make_account, make_person
from tests.proceedings.factories import bring, hold_meeting

LATER = NINE + timedelta(hours=4)


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee in its term."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item on the roster of an exam."""
    with transaction():
        item = make_item(bill)
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        service.send_to_exam(exam.id, bill, [item.id], MACHINE, NINE)
    return item


def entry_of(item: Item) -> RosterEntry:
    """Return the roster entry that the item waits for."""
    return db.session.get_one(RosterEntry, queries.requirement_of(item.id).roster_entry_id)


def tell(result: Result) -> list[Taken]:
    """Hand a result over, in a transaction of its own."""
    result_id = result.id
    with transaction():
        return take_result(db.session.get_one(Result, result_id), MACHINE, LATER)


def events(item: Item) -> list[str]:
    """Return the verbs of what happened to the item."""
    return list(db.session.scalars(select(ItemEvent.verb).where(ItemEvent.item_id == item.id).order_by(ItemEvent.id)))


def void(result: Result) -> None:
    """Let the result have been voided."""
    result_id = result.id
    with transaction():
        db.session.get_one(Result, result_id).state = ResultState.VOIDED


def settle(item: Item, score: str) -> Result:
    """Let the item's nominee have sat, and hand the result over."""
    with transaction():
        result = make_result(entry_of(item), score)
    tell(result)
    return result


@pytest.mark.parametrize(("score", "step"), [("60", ExamStep.CLEARED), ("59.5", ExamStep.BLOCKED)])
def test_result_clears_or_blocks_the_item(item: Item, score: str, step: ExamStep) -> None:
    result = settle(item, score)
    assert item.exam_step is step
    assert queries.requirement_of(item.id).result_id == result.id


def test_result_told_twice_changes_nothing(item: Item) -> None:
    result = settle(item, "92")
    before = events(item)
    assert tell(result) == []
    assert events(item) == before


@pytest.mark.parametrize("state", [ResultState.MARKED, ResultState.WAITING])
def test_unpublished_result_is_refused(item: Item, state: ResultState) -> None:
    with transaction():
        result = make_result(entry_of(item), state=state)
    with pytest.raises(ResultUnpublished):
        tell(result)
    assert item.exam_step is ExamStep.OPEN


def test_voided_result_opens_the_item_again(item: Item) -> None:
    result = settle(item, "92")
    void(result)
    assert tell(result) == [Taken(item.id, True)]
    assert item.exam_step is ExamStep.OPEN
    assert tell(result) == []


def test_make_up_clears_and_voiding_it_blocks_again(bill: Bill, item: Item) -> None:
    failed = settle(item, "40")
    with transaction():
        makeup = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=3))
        service.send_to_exam(makeup.id, bill, [item.id], MACHINE, LATER)
    assert item.exam_step is ExamStep.BLOCKED
    passed = settle(item, "75")
    assert item.exam_step is ExamStep.CLEARED

    void(failed)
    tell(failed)
    assert item.exam_step is ExamStep.CLEARED
    void(passed)
    tell(passed)
    assert item.exam_step is ExamStep.OPEN


def test_make_up_set_from_the_roster_is_recognised(bill: Bill, item: Item) -> None:
    """A make-up exam takes its people from the first roster; the item is found by its nominee."""
    settle(item, "40")
    with transaction():
        makeup = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=3))
        other = make_person(get_committee(bill.committee_id), "李敏")
        make_result(make_entry(makeup, other))
        passed = make_result(make_entry(makeup, db.session.get_one(type(other), item.person_id)), "75")
    assert tell(passed) == [Taken(item.id, True)]
    assert item.exam_step is ExamStep.CLEARED


def test_result_for_another_organ_says_nothing(bill: Bill, item: Item) -> None:
    with transaction():
        exam = make_exam(get_committee(bill.committee_id))
        person = db.session.get_one(RosterEntry, entry_of(item).id).person_id
        entry = make_entry(exam, make_person(get_committee(bill.committee_id), "李敏"), OrganType.COURT)
        entry.person_id = person
        result = make_result(entry)
    assert tell(result) == []
    assert item.exam_step is ExamStep.OPEN


def brought(item: Item, state: ItemState) -> Item:
    """Bring the item on, in a transaction of its own."""
    with transaction():
        committee_id = db.session.get_one(Bill, item.bill_id).committee_id
        return bring(item, state, hold_meeting(committee_id))


@pytest.mark.parametrize("state", sorted(set(ItemState) - UNDECIDED))
def test_decided_item_is_told_but_not_moved(item: Item, state: ItemState) -> None:
    result = settle(item, "92")
    brought(item, state)
    void(result)

    assert tell(result) == [Taken(item.id, False)]
    assert (item.state, item.exam_step) == (state, ExamStep.CLEARED)
    last = db.session.scalars(select(ItemEvent).order_by(ItemEvent.id.desc())).first()
    assert last is not None
    assert (last.verb, last.result_id, last.details["moved"]) == ("exam.voided", result.id, False)
    assert last.details["state"] == state.value
    assert tell(result) == []


@pytest.mark.parametrize("state", sorted(UNDECIDED))
def test_undecided_item_is_open_again_and_reviewed_again_if_its_review_rested_on_the_pass(
    item: Item, state: ItemState
) -> None:
    result = settle(item, "92")
    brought(item, state)
    void(result)

    assert tell(result) == [Taken(item.id, True)]
    back = state is ItemState.EXAM_CLEARED
    assert (item.state, item.exam_step) == (ItemState.UNDER_REVIEW if back else state, ExamStep.OPEN)
    assert (events(item)[-2:] == ["item.reopen", "exam.voided"]) is back
    reopened = db.session.scalars(select(ItemEvent.details).where(ItemEvent.verb == "item.reopen")).all()
    assert reopened == ([{"result": result.id}] if back else [])


def test_exempt_item_is_reviewed_again_when_its_exemption_falls(bill: Bill) -> None:
    with transaction():
        committee = get_committee(bill.committee_id)
        result = make_result(make_entry(make_exam(committee), make_person(committee)))
        item = make_item(bill)
    brought(item, ItemState.EXAM_CLEARED)
    void(result)
    tell(result)
    assert (item.state, item.exam_step) == (ItemState.UNDER_REVIEW, ExamStep.OPEN)


def test_second_pass_keeps_a_reviewed_item_reviewed(bill: Bill, item: Item) -> None:
    first = settle(item, "92")
    brought(item, ItemState.EXAM_CLEARED)
    with transaction():
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=3))
        person = db.session.get_one(Person, item.person_id)
        held = queries.requirement_of(item.id)
        held.roster_entry_id = make_entry(exam, person).id
    settle(item, "80")
    void(first)
    tell(first)
    assert (item.state, item.exam_step) == (ItemState.EXAM_CLEARED, ExamStep.CLEARED)


def test_failure_under_an_advisory_gate_leaves_the_review_as_it_was(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(gate="advise")))
        item = make_item(bill)
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        service.send_to_exam(exam.id, bill, [item.id], MACHINE, NINE)
    brought(item, ItemState.EXAM_CLEARED)
    settle(item, "40")
    assert (item.state, item.exam_step) == (ItemState.EXAM_CLEARED, ExamStep.BLOCKED)


def test_exemption_falls_with_the_result_it_rests_on(bill: Bill) -> None:
    with transaction():
        committee = get_committee(bill.committee_id)
        result = make_result(make_entry(make_exam(committee), make_person(committee)))
        item = make_item(bill)
    assert (item.exam_step, queries.requirement_of(item.id).outcome) == (ExamStep.CLEARED, Requirement.EXEMPT)
    void(result)
    tell(result)
    assert (item.exam_step, queries.requirement_of(item.id).outcome) == (ExamStep.OPEN, Requirement.REQUIRED)


def test_directors_decision_outlives_a_failure_and_ends_with_a_pass(bill: Bill, item: Item) -> None:
    failed = settle(item, "40")
    with transaction():
        director = make_account(get_committee(bill.committee_id), Role.DIRECTOR)
        meeting = meetings.record(
            RecordMeeting(committee_id=bill.committee_id, kind=MeetingKind.DIRECTORS, number=1, held_on=NINE.date()),
            MACHINE,
            LATER,
        )
        command = OverrideExam(item_id=item.id, committee_id=bill.committee_id, meeting_id=meeting.id, reason="急需")
        service.override(command, actor_of(director), LATER)
    void(failed)
    tell(failed)
    assert item.exam_step is ExamStep.OVERRIDDEN
    settle(item_again(bill, item), "80")
    assert item.exam_step is ExamStep.CLEARED


def item_again(bill: Bill, item: Item) -> Item:
    """Let the nominee be on a second roster."""
    with transaction():
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=3))
        held = queries.requirement_of(item.id)
        first = db.session.get_one(RosterEntry, held.roster_entry_id)
        entry = make_entry(exam, make_person(get_committee(bill.committee_id), "李敏"))
        entry.person_id = first.person_id
        held.roster_entry_id = entry.id
    return item


def test_every_act_leaves_an_event(item: Item) -> None:
    settle(item, "92")
    assert events(item) == ["item.add", "requirement.decide", "exam.register", "exam.passed"]
    assert db.session.scalar(select(func.count(ItemEvent.id)).where(ItemEvent.result_id.is_not(None))) == 1
