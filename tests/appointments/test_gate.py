"""tests.appointments.test_gate — the gate, the directors' way round it, withdrawal, and what is announced."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments import queries, service
from exam_app.appointments.errors import (
    AnnouncedTooEarly,
    ExamStandsInTheWay,
    ItemCannot,
    ItemDecided,
    NoSuchItem,
    NotADirectorsMeeting,
    NothingToOverride,
    ReasonNeeded,
)
from exam_app.appointments.models import Bill, DirectorsDecision, Item
from exam_app.appointments.service import OverrideExam
from exam_app.appointments.states import DirectorsOutcome, ExamStep, Form, ItemState
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import MeetingAhead, NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.people.states import Role
from exam_app.proceedings import review
from exam_app.proceedings.errors import MeetingNotHeld
from exam_app.proceedings.review import ConcludeReview, Withdraw
from tests.appointments.factories import make_bill, make_item, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import actor_of, make_account, make_person
from tests.proceedings.factories import attend, bring, directors_of, hold_meeting, make_free_item, vote_on

TODAY = NINE.date()


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item whose nominee must sit."""
    with transaction():
        return make_item(bill)


@pytest.fixture
def director(bill: Bill) -> Actor:
    """Who records what the directors decided."""
    with transaction():
        return actor_of(make_account(get_committee(bill.committee_id), Role.DIRECTOR))


@pytest.fixture
def meeting(bill: Bill) -> Meeting:
    """A meeting of the standing committee."""
    with transaction():
        return hold_meeting(bill.committee_id)


def announce(item: Item, meeting: Meeting) -> None:
    """Bring one item through review, directors and vote to its announcement."""
    with transaction():
        bring(item, ItemState.ANNOUNCED, meeting)


def decision(item: Item, bill: Bill, kind: MeetingKind = MeetingKind.DIRECTORS) -> OverrideExam:
    """Return a decision of a meeting that was held."""
    with transaction():
        command = RecordMeeting(committee_id=bill.committee_id, kind=kind, number=1, held_on=TODAY)
        meeting = meetings.record(command, MACHINE, NINE)
    return OverrideExam(item_id=item.id, committee_id=bill.committee_id, meeting_id=meeting.id, reason="急需到任")


def test_hard_gate_stops_an_open_exam_at_the_end_of_the_review(item: Item, meeting: Meeting) -> None:
    with transaction():
        bring(item, ItemState.UNDER_REVIEW, meeting)
    with pytest.raises(ExamStandsInTheWay) as refusal:
        announce(item, meeting)
    assert refusal.value.facts["name"] == "王强"
    assert (item.state, item.announced_on) == (ItemState.UNDER_REVIEW, None)


@pytest.mark.parametrize("state", [ItemState.EXAM_CLEARED, ItemState.DIRECTOR_MEETING_APPROVED, ItemState.ON_AGENDA])
def test_hard_gate_stops_an_exam_that_fell_open_later(bill: Bill, meeting: Meeting, state: ItemState) -> None:
    with transaction():
        item = bring(make_free_item(bill), state, meeting)
    with transaction():
        item.exam_step = ExamStep.BLOCKED
    with pytest.raises(ExamStandsInTheWay):
        announce(item, meeting)
    assert (item.state, item.announced_on) == (state, None)


def test_advisory_gate_lets_it_pass(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(gate="advise")))
        item, meeting = make_item(bill), hold_meeting(bill.committee_id)
    announce(item, meeting)
    assert (item.state, item.announced_on) == (ItemState.ANNOUNCED, TODAY)


def test_removal_passes_the_gate(bill: Bill, meeting: Meeting) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
    announce(item, meeting)
    assert item.state is ItemState.ANNOUNCED


def test_nothing_is_announced_as_of_a_day_before_the_bill_came(bill: Bill) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
        early = hold_meeting(bill.committee_id, 2, held_on=date(2026, 2, 19))
        bring(item, ItemState.DIRECTOR_MEETING_APPROVED, early)
    with pytest.raises(AnnouncedTooEarly):
        announce(item, early)
    assert (item.state, item.announced_on) == (ItemState.DIRECTOR_MEETING_APPROVED, None)


def test_nothing_is_announced_as_of_a_day_to_come(bill: Bill) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
        command = RecordMeeting(
            committee_id=bill.committee_id,
            kind=MeetingKind.STANDING_COMMITTEE,
            number=2,
            held_on=TODAY + timedelta(days=1),
        )
        ahead = meetings.record(command, MACHINE, NINE)
        bring(item, ItemState.ON_AGENDA, ahead)
    with pytest.raises(MeetingAhead), transaction():
        attend(ahead)
    with pytest.raises(MeetingNotHeld), transaction():
        vote_on(ahead, [item], 0)
    assert (item.state, item.announced_on) == (ItemState.ON_AGENDA, None)


def test_one_blocked_item_keeps_all_from_going_on(bill: Bill, item: Item, meeting: Meeting) -> None:
    with transaction():
        free = make_item(bill, "李敏", form=Form.REMOVE)
        ids = [free.id, item.id]
        review.begin_review(bill.id, bill.committee_id, ids, MACHINE, NINE)
    command = ConcludeReview(bill_id=bill.id, committee_id=bill.committee_id, item_ids=ids, opinion="建议提请")
    with pytest.raises(ExamStandsInTheWay), transaction():
        review.conclude_review(command, MACHINE, NINE)
    assert [free.state, item.state] == [ItemState.UNDER_REVIEW] * 2


def test_item_of_another_bill_is_not_found(bill: Bill, item: Item) -> None:
    with transaction():
        other = make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
    with pytest.raises(NoSuchItem), transaction():
        review.begin_review(other.id, bill.committee_id, [item.id], MACHINE, NINE)
    assert item.state is ItemState.SUBMITTED


def test_directors_meeting_opens_the_gate(bill: Bill, item: Item, director: Actor, meeting: Meeting) -> None:
    command = decision(item, bill)
    with transaction():
        service.override(command, director, NINE)
    assert item.exam_step is ExamStep.OVERRIDDEN
    decided = queries.meetings_deciding(item.id, bill.committee_id)
    [(directors, stored)] = [(one, decision) for one, _term, decision in decided if decision]
    assert (stored.reason, directors.id, stored.recorded_by) == ("急需到任", command.meeting_id, director.account_id)
    assert stored.outcome is DirectorsOutcome.OVERRIDE
    announce(item, meeting)
    assert item.state is ItemState.ANNOUNCED


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": "  "}, ReasonNeeded),
        ({"reason": "因" * 301}, ReasonNeeded),
        ({"meeting_id": 999}, NoSuchMeeting),
        ({"committee_id": 999}, NoSuchItem),
    ],
)
def test_impossible_override_is_refused(
    bill: Bill, item: Item, director: Actor, changes: dict[str, object], refusal: type[DomainError]
) -> None:
    command = replace(decision(item, bill), **changes)  # type: ignore[arg-type]
    with pytest.raises(refusal), transaction():
        service.override(command, director, NINE)
    assert item.exam_step is ExamStep.OPEN
    assert db.session.scalar(select(func.count(DirectorsDecision.id))) == 0


def test_standing_committee_meeting_cannot_override(bill: Bill, item: Item, director: Actor) -> None:
    command = decision(item, bill, MeetingKind.STANDING_COMMITTEE)
    with pytest.raises(NotADirectorsMeeting), transaction():
        service.override(command, director, NINE)
    assert item.exam_step is ExamStep.OPEN


def test_meeting_to_come_has_decided_nothing(bill: Bill, item: Item, director: Actor) -> None:
    with transaction():
        ahead = RecordMeeting(
            committee_id=bill.committee_id, kind=MeetingKind.DIRECTORS, number=2, held_on=TODAY + timedelta(days=1)
        )
        meeting_id = meetings.record(ahead, MACHINE, NINE).id
    command = replace(decision(item, bill), meeting_id=meeting_id)
    with pytest.raises(MeetingAhead), transaction():
        service.override(command, director, NINE)
    assert item.exam_step is ExamStep.OPEN
    assert db.session.scalar(select(func.count(DirectorsDecision.id))) == 0


def test_decided_item_is_not_overridden(bill: Bill, meeting: Meeting, director: Actor) -> None:
    with transaction():
        item = bring(make_free_item(bill), ItemState.VOTED_FAILED, meeting)
        item.exam_step = ExamStep.BLOCKED
    meeting_id = directors_of(bill.committee_id).id
    command = OverrideExam(item_id=item.id, committee_id=bill.committee_id, meeting_id=meeting_id, reason="急需到任")
    with pytest.raises(ItemDecided), transaction():
        service.override(command, director, NINE)
    assert (item.state, item.exam_step) == (ItemState.VOTED_FAILED, ExamStep.BLOCKED)


def test_cleared_item_needs_no_override(bill: Bill, director: Actor) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
    command = decision(item, bill)
    with pytest.raises(NothingToOverride), transaction():
        service.override(command, director, NINE)
    assert db.session.scalar(select(func.count(DirectorsDecision.id))) == 0


def withdraw(item: Item, bill: Bill, reason: str) -> None:
    """Record that the nominator withdrew the item."""
    command = Withdraw(committee_id=bill.committee_id, item_id=item.id, reason=reason)
    with transaction():
        review.withdraw(command, MACHINE, NINE)


def test_withdrawal_is_final(bill: Bill, item: Item, director: Actor) -> None:
    withdraw(item, bill, "另有任用")
    assert item.state is ItemState.WITHDRAWN
    command = decision(item, bill)
    with pytest.raises(ItemDecided), transaction():
        service.override(command, director, NINE)
    with pytest.raises(ItemCannot):
        withdraw(item, bill, "再次")
    assert (item.state, item.exam_step) == (ItemState.WITHDRAWN, ExamStep.OPEN)


def test_withdrawal_without_reason_is_refused(bill: Bill, item: Item) -> None:
    with pytest.raises(ReasonNeeded):
        withdraw(item, bill, " ")
    assert item.state is ItemState.SUBMITTED


def test_announced_rests_on_its_result(bill: Bill, meeting: Meeting) -> None:
    with transaction():
        committee = get_committee(bill.committee_id)
        result = make_result(make_entry(make_exam(committee), make_person(committee)))
        item = make_item(bill)
    assert queries.is_announced(result.id) is False
    with transaction():
        bring(item, ItemState.VOTED_PASSED, meeting)
    assert queries.is_announced(result.id) is False
    announce(item, meeting)
    assert queries.is_announced(result.id) is True
