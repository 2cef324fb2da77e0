"""tests.appointments.test_announce — the gate, the directors' way round it, withdrawal, and who goes to the exam."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments import queries, service
from exam_app.appointments.errors import (
    AnnouncedTooEarly,
    ExamNotNeeded,
    ExamStandsInTheWay,
    ItemDecided,
    NoSuchItem,
    NotADirectorsMeeting,
    NothingToOverride,
    ReasonNeeded,
)
from exam_app.appointments.models import Bill, DirectorsDecision, Item, ItemEvent
from exam_app.appointments.service import OverrideExam
from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.states import IllegalMove
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import RosterEntry
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.people.states import Role
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import actor_of, make_account, make_person

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


def announce(bill: Bill, item: Item, day: date = TODAY) -> None:
    """Record the vote on one item."""
    with transaction():
        service.announce(db.session.get_one(Bill, bill.id), [item.id], day, MACHINE, NINE)


def decision(item: Item, bill: Bill, kind: MeetingKind = MeetingKind.DIRECTORS) -> OverrideExam:
    """Return a decision of a meeting that was held."""
    with transaction():
        command = RecordMeeting(committee_id=bill.committee_id, kind=kind, number=1, held_on=TODAY)
        meeting = meetings.record(command, MACHINE, NINE)
    return OverrideExam(item_id=item.id, committee_id=bill.committee_id, meeting_id=meeting.id, reason="急需到任")


def test_hard_gate_stops_an_open_exam(bill: Bill, item: Item) -> None:
    with pytest.raises(ExamStandsInTheWay) as refusal:
        announce(bill, item)
    assert refusal.value.facts["name"] == "王强"
    assert (item.state, item.announced_on) == (ItemState.SUBMITTED, None)


def test_advisory_gate_lets_it_pass(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(gate="advise")))
        item = make_item(bill)
    announce(bill, item)
    assert (item.state, item.announced_on) == (ItemState.ANNOUNCED, TODAY)


def test_removal_passes_the_gate(bill: Bill) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
    announce(bill, item)
    assert item.state is ItemState.ANNOUNCED


@pytest.mark.parametrize("day", [date(2026, 2, 19), TODAY + timedelta(days=1)])
def test_impossible_day_is_refused(bill: Bill, day: date) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
    with pytest.raises(AnnouncedTooEarly):
        announce(bill, item, day)
    assert item.state is ItemState.SUBMITTED


def test_one_blocked_item_keeps_all_from_being_announced(bill: Bill, item: Item) -> None:
    with transaction():
        free = make_item(bill, "李敏", form=Form.REMOVE)
    with pytest.raises(ExamStandsInTheWay), transaction():
        service.announce(db.session.get_one(Bill, bill.id), [free.id, item.id], TODAY, MACHINE, NINE)
    assert free.state is ItemState.SUBMITTED


def test_item_of_another_bill_is_not_found(bill: Bill, item: Item) -> None:
    with transaction():
        other = make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
    with pytest.raises(NoSuchItem):
        announce(other, item)
    assert item.state is ItemState.SUBMITTED


def test_directors_meeting_opens_the_gate(bill: Bill, item: Item, director: Actor) -> None:
    command = decision(item, bill)
    with transaction():
        service.override(command, director, NINE)
    assert item.exam_step is ExamStep.OVERRIDDEN
    [(stored, meeting)] = queries.list_decisions(item.id)
    assert (stored.reason, meeting.id, stored.recorded_by) == ("急需到任", command.meeting_id, director.account_id)
    announce(bill, item)
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


def test_cleared_item_needs_no_override(bill: Bill, director: Actor) -> None:
    with transaction():
        item = make_item(bill, form=Form.REMOVE)
    command = decision(item, bill)
    with pytest.raises(NothingToOverride), transaction():
        service.override(command, director, NINE)
    assert db.session.scalar(select(func.count(DirectorsDecision.id))) == 0


def test_withdrawal_is_final(bill: Bill, item: Item, director: Actor) -> None:
    with transaction():
        service.withdraw(item.id, bill.committee_id, "另有任用", MACHINE, NINE)
    assert item.state is ItemState.WITHDRAWN
    command = decision(item, bill)
    with pytest.raises(ItemDecided), transaction():
        service.override(command, director, NINE)
    with pytest.raises(IllegalMove), transaction():
        service.withdraw(item.id, bill.committee_id, "再次", MACHINE, NINE)
    assert item.exam_step is ExamStep.OPEN


def test_withdrawal_without_reason_is_refused(bill: Bill, item: Item) -> None:
    with pytest.raises(ReasonNeeded), transaction():
        service.withdraw(item.id, bill.committee_id, " ", MACHINE, NINE)
    assert item.state is ItemState.SUBMITTED


def test_nominees_go_on_the_roster_once(bill: Bill, item: Item) -> None:
    with transaction():
        second = make_item(bill, post="甲市国资委主任")
        other = make_item(bill, "李敏")
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [item.id, second.id], MACHINE, NINE)
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [other.id], MACHINE, NINE)
    entries = {one: queries.requirement_of(one.id).roster_entry_id for one in (item, second, other)}
    assert db.session.scalar(select(func.count(RosterEntry.id))) == 2
    assert entries[item] == entries[second] != entries[other]


def test_person_pasted_onto_the_roster_is_only_linked(bill: Bill, item: Item) -> None:
    with transaction():
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        entry = make_entry(exam, make_person(get_committee(bill.committee_id), "李敏"))
        entry.person_id = item.person_id
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [item.id], MACHINE, NINE)
    assert queries.requirement_of(item.id).roster_entry_id == entry.id


def test_who_need_not_sit_cannot_be_sent(bill: Bill, item: Item) -> None:
    with transaction():
        free = make_item(bill, "李敏", form=Form.REMOVE)
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
    with pytest.raises(ExamNotNeeded), transaction():
        service.send_to_exam(exam.id, db.session.get_one(Bill, bill.id), [item.id, free.id], MACHINE, NINE)
    assert db.session.scalar(select(func.count(RosterEntry.id))) == 0
    assert db.session.scalar(select(func.count(ItemEvent.id)).where(ItemEvent.verb == "exam.register")) == 0


def test_exam_of_another_committee_is_refused(bill: Bill, item: Item) -> None:
    with transaction():
        from_elsewhere = make_exam(make_foreign(), opens_at=NINE + timedelta(days=1))
    with pytest.raises(DomainError), transaction():
        service.send_to_exam(from_elsewhere.id, db.session.get_one(Bill, bill.id), [item.id], MACHINE, NINE)
    assert queries.requirement_of(item.id).roster_entry_id is None


def test_announced_rests_on_its_result(bill: Bill) -> None:
    with transaction():
        committee = get_committee(bill.committee_id)
        result = make_result(make_entry(make_exam(committee), make_person(committee)))
        item = make_item(bill)
    assert queries.is_announced(result.id) is False
    announce(bill, item)
    assert queries.is_announced(result.id) is True
