"""tests.supervision.test_plan — who is put on the plan of a year, when things fall due, and who may not be."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import NoSuchItem
from exam_app.appointments.models import Item
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.supervision import queries, roll, service
from exam_app.supervision.errors import (
    DutyCannot,
    DutyDayInvalid,
    DutyTwice,
    MeetingUnfit,
    NobodyChosen,
    NoSuchDuty,
    NotInOffice,
)
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.service import PlanReports, ScheduleReports
from exam_app.supervision.states import BEFORE_REPORT, Cycle, DutyMode, DutyState
from question_bank.kinds import OrganType
from tests.appointments.factories import make_foreign, make_office
from tests.conftest import NINE
from tests.supervision.factories import in_office, make_duty, make_meeting


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


def command(office: Committee, *items: Item, **changes: Any) -> PlanReports:
    """Return that these report in writing in 2026."""
    planned = PlanReports(
        committee_id=office.id, year=2026, mode=DutyMode.WRITTEN, item_ids=[item.id for item in items]
    )
    return replace(planned, **changes)


def count() -> int:
    """Return how many duties there are."""
    return db.session.scalar(select(func.count(ReportDuty.id))) or 0


def test_plan_sets_the_days_that_follow_from_the_meeting(office: Committee) -> None:
    with transaction():
        item = in_office(office)
        meeting = make_meeting(office, date(2026, 6, 30), state=MeetingState.PLANNED)
        planned = command(office, item, mode=DutyMode.ORAL, meeting_id=meeting.id)
        duty = service.plan(planned, MACHINE, NINE)[0]
    assert (duty.state, duty.mode, duty.reports_on) == (DutyState.PLANNED, DutyMode.ORAL, date(2026, 6, 30))
    assert (duty.draft_due_on, duty.final_due_on) == (date(2026, 6, 10), date(2026, 6, 20))
    assert [event.verb for event, _name in queries.events_of(duty.id)] == ["duty.plan"]
    assert db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.verb == "duty.plan")) == 1


def test_local_rules_set_the_days(office: Committee) -> None:
    with transaction():
        rules = LocalRules(draft_days=30, final_days=15)
        committees.record_rules(office.id, date(2026, 5, 1), rules, "主任会议决定", MACHINE, NINE)
        planned = command(office, in_office(office), reports_on=date(2026, 6, 30))
        duty = service.plan(planned, MACHINE, NINE)[0]
    assert (duty.draft_due_on, duty.final_due_on) == (date(2026, 5, 31), date(2026, 6, 15))


def test_plan_without_a_day_has_no_due_days(office: Committee) -> None:
    with transaction():
        duty = service.plan(command(office, in_office(office)), MACHINE, NINE)[0]
    assert (duty.reports_on, duty.draft_due_on, duty.final_due_on) == (None, None, None)


@pytest.mark.parametrize("state", sorted(set(ItemState) - {"announced", "letter_issued", "sworn", "in_office"}))
def test_who_is_not_in_office_is_not_planned(office: Committee, state: ItemState) -> None:
    with transaction():
        first, item = in_office(office), in_office(office, "李敏")
        item.state = state
    with pytest.raises(NotInOffice), transaction():
        service.plan(command(office, first, item), MACHINE, NINE)
    assert count() == 0


def test_removal_puts_nobody_in_office(office: Committee) -> None:
    with transaction():
        item = in_office(office, form=Form.REMOVE)
    with pytest.raises(NotInOffice), transaction():
        service.plan(command(office, item), MACHINE, NINE)
    assert count() == 0


def test_person_reports_once_a_year_whatever_the_posts(office: Committee) -> None:
    with transaction():
        first = in_office(office)
        person = service._appointees([first.id], office.id)[0][1]
        other = in_office(office, post="甲市金融工作局局长", person=person)
        service.plan(command(office, first), MACHINE, NINE)
    for again in (first, other):
        with pytest.raises(DutyTwice), transaction():
            service.plan(command(office, again), MACHINE, NINE)
    with pytest.raises(DutyTwice), transaction():
        service.plan(command(office, first, other, year=2027), MACHINE, NINE)
    assert count() == 1
    with transaction():
        service.plan(command(office, other, year=2027), MACHINE, NINE)
    assert count() == 2


def test_dropped_duty_comes_back(office: Committee) -> None:
    with transaction():
        item = in_office(office)
        duty = make_duty(item, DutyState.DROPPED)
        again = service.plan(command(office, item, mode=DutyMode.ORAL), MACHINE, NINE)[0]
    assert again.id == duty.id
    assert (again.state, again.mode, again.reports_on) == (DutyState.PLANNED, DutyMode.ORAL, None)
    assert [event.verb for event, _name in queries.events_of(duty.id)][:2] == ["duty.plan", "duty.restore"]


def test_plan_refuses_what_cannot_be(office: Committee) -> None:
    with transaction():
        item = in_office(office)
        directors = make_meeting(office, kind=MeetingKind.DIRECTORS)
        foreign = make_foreign()
        stranger = in_office(foreign)
        committees.open_term(foreign.id, 9, date(2023, 1, 10), MACHINE, NINE)
        elsewhere = make_meeting(foreign)
    refused: list[tuple[type[DomainError], PlanReports]] = [
        (NobodyChosen, command(office)),
        (NoSuchItem, command(office, item, stranger)),
        (MeetingUnfit, command(office, item, meeting_id=directors.id)),
        (NoSuchMeeting, command(office, item, meeting_id=elsewhere.id)),
        (DutyDayInvalid, command(office, item, reports_on=date(2025, 12, 31))),
        (DutyDayInvalid, command(office, item, reports_on=date(2028, 1, 1))),
    ]
    for refusal, planned in refused:
        with pytest.raises(refusal), transaction():
            service.plan(planned, MACHINE, NINE)
    assert count() == 0


@pytest.mark.parametrize("state", sorted(BEFORE_REPORT))
def test_report_is_put_off_until_it_is_given(office: Committee, state: DutyState) -> None:
    with transaction():
        duty = make_duty(in_office(office), state)
        moved = ScheduleReports(
            committee_id=office.id, duty_ids=[duty.id], mode=DutyMode.ORAL, reports_on=date(2026, 9, 30)
        )
        service.schedule(moved, MACHINE, NINE)
    assert (duty.state, duty.mode, duty.draft_due_on) == (state, DutyMode.ORAL, date(2026, 9, 10))


@pytest.mark.parametrize("state", sorted(set(DutyState) - BEFORE_REPORT))
def test_report_that_was_given_is_not_put_off(office: Committee, state: DutyState) -> None:
    with transaction():
        duty = make_duty(in_office(office), state)
    was = duty.reports_on
    moved = ScheduleReports(
        committee_id=office.id, duty_ids=[duty.id], mode=DutyMode.ORAL, reports_on=date(2026, 9, 30)
    )
    with pytest.raises(DutyCannot), transaction():
        service.schedule(moved, MACHINE, NINE)
    db.session.refresh(duty)
    assert (duty.reports_on, duty.mode) == (was, DutyMode.WRITTEN)


def test_foreign_duty_is_not_there(office: Committee) -> None:
    with transaction():
        foreign = make_foreign()
        duty = make_duty(in_office(foreign))
    moved = ScheduleReports(committee_id=office.id, duty_ids=[duty.id], mode=DutyMode.ORAL)
    with pytest.raises(NoSuchDuty), transaction():
        service.schedule(moved, MACHINE, NINE)
    with pytest.raises(NoSuchDuty):
        queries.get_row(duty.id, office.id)
    db.session.refresh(duty)
    assert duty.mode is DutyMode.WRITTEN


def test_roll_names_everybody_in_office_once(office: Committee) -> None:
    with transaction():
        head = in_office(office)
        judge = in_office(office, "李敏", "甲市中级人民法院审判员", OrganType.COURT, Form.APPOINT)
        fresh = in_office(office, "赵刚", "甲市统计局局长", since=date(2027, 2, 1))
        gone = in_office(office, "孙伟", "甲市审计局局长")
        gone.state = ItemState.ENDED
        both = in_office(office, "周杰", "甲市中级人民法院审判员", OrganType.COURT, Form.APPOINT)
        person = service._appointees([both.id], office.id)[0][1]
        vice = in_office(office, "周杰", "甲市中级人民法院副院长", OrganType.COURT, Form.APPOINT, person=person)
        in_office(make_foreign())
        db.session.flush()
    rows = roll.owed(office.id, 2026)
    assert [(row.item.id, row.owes, row.cycle) for row in rows] == [
        (head.id, True, Cycle.YEAR),
        (vice.id, True, Cycle.YEAR),
        (judge.id, False, Cycle.FIVE_YEARS),
    ]
    assert fresh.id in {row.item.id for row in roll.owed(office.id, 2027)}


def test_roll_knows_who_was_heard_in_this_term(office: Committee) -> None:
    with transaction():
        told = in_office(office)
        make_duty(told, DutyState.CLOSED, DutyMode.ORAL)
        planned = in_office(office, "李敏", "甲市审计局局长")
        make_duty(planned, DutyState.NOTIFIED, DutyMode.ORAL)
        before = in_office(office, "赵刚", "甲市统计局局长", since=date(2020, 1, 10))
        make_duty(before, DutyState.CLOSED).reports_on = date(2022, 12, 1)
    rows = {row.person.name: row for row in roll.owed(office.id, 2026)}
    assert rows["王强"].reported.in_term and rows["王强"].reported.orally_in_term
    assert not rows["李敏"].reported.in_term and not rows["李敏"].is_open
    assert not rows["赵刚"].reported.in_term and rows["赵刚"].reported.last_year == 2026


def test_heads_report_once_a_term_where_the_rules_say_so(office: Committee) -> None:
    with transaction():
        committees.record_rules(office.id, date(2026, 1, 1), LocalRules(report_every="term"), "决定", MACHINE, NINE)
        make_duty(in_office(office), DutyState.REPORTED)
        in_office(office, "李敏", "甲市审计局局长")
    rows = {row.person.name: row for row in roll.owed(office.id, 2027)}
    assert not rows["王强"].owes
    assert rows["李敏"].owes and rows["李敏"].cycle is Cycle.TERM
