"""tests.supervision.test_report — notice, draft, final text, report, opinions, letter, end: and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingState
from exam_app.supervision import assessing, queries, service
from exam_app.supervision.errors import (
    DayAhead,
    DayBeforeStep,
    DutyCannot,
    DutyReasonNeeded,
    DutyUndated,
    MeetingNotHeld,
    NobodyChosen,
    NoSuchDuty,
    OpinionsMissing,
    OralNeedsMeeting,
)
from exam_app.supervision.models import DutyEvent, ReportDuty
from exam_app.supervision.service import EndDuty, OnDuties
from exam_app.supervision.states import DUTY_ACTS, DutyAct, DutyMode, DutyState
from tests.appointments.factories import make_foreign, make_office
from tests.conftest import NINE
from tests.supervision.factories import HAPPY, MEETING_DAY, TODAY, ballots, in_office, make_duty, on

Verb = Callable[[OnDuties, Any, Any], Any]
VERBS: dict[DutyAct, Verb] = {
    DutyAct.NOTIFY: service.notify,
    DutyAct.RECEIVE_DRAFT: service.receive_draft,
    DutyAct.RECEIVE_FINAL: service.receive_final,
    DutyAct.REPORT: service.report,
    DutyAct.SEND_FEEDBACK: service.send_feedback,
    DutyAct.REQUIRE_RECTIFICATION: assessing.require_rectification,
    DutyAct.RECEIVE_PLAN: assessing.receive_plan,
    DutyAct.RECEIVE_RECTIFICATION: assessing.receive_rectification,
}


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


def standing(duty: ReportDuty) -> tuple[DutyState, int]:
    """Return the state of a duty and how much is on its record."""
    db.session.rollback()
    db.session.refresh(duty)
    events = select(func.count(DutyEvent.id)).where(DutyEvent.duty_id == duty.id)
    return duty.state, db.session.scalar(events) or 0


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("act", VERBS)
def test_act_is_done_in_its_states_alone(office: Committee, act: DutyAct, state: DutyState) -> None:
    with transaction():
        duty = make_duty(in_office(office), state)
    before = standing(duty)
    sources, target = DUTY_ACTS[act]
    if state in sources and not (act is DutyAct.REQUIRE_RECTIFICATION and queries.find_assessment(duty.id) is None):
        with transaction():
            VERBS[act](on(duty, TODAY), MACHINE, NINE)
        assert standing(duty) == (target or state, before[1] + 1)
    else:
        with pytest.raises(DutyCannot), transaction():
            VERBS[act](on(duty, TODAY), MACHINE, NINE)
        assert standing(duty) == before


@pytest.mark.parametrize("act", VERBS)
def test_nothing_is_recorded_for_a_day_to_come_or_before_the_last_step(office: Committee, act: DutyAct) -> None:
    source = sorted(DUTY_ACTS[act][0])[-1]
    with transaction():
        duty = make_duty(in_office(office), source)
    before = standing(duty)
    with pytest.raises(DayAhead), transaction():
        VERBS[act](on(duty, TODAY + timedelta(days=1)), MACHINE, NINE)
    if source is not DutyState.PLANNED:
        with pytest.raises(DayBeforeStep), transaction():
            VERBS[act](on(duty, date(2026, 1, 4)), MACHINE, NINE)
    assert standing(duty) == before


def test_act_on_several_is_all_or_none(office: Committee) -> None:
    with transaction():
        first = make_duty(in_office(office))
        second = make_duty(in_office(office, "李敏", "甲市审计局局长"), DutyState.NOTIFIED)
        foreign = make_duty(in_office(make_foreign()))
    told = OnDuties(committee_id=office.id, duty_ids=[first.id, second.id], day=TODAY)
    with pytest.raises(DutyCannot), transaction():
        service.notify(told, MACHINE, NINE)
    with pytest.raises(NoSuchDuty), transaction():
        service.notify(replace(told, duty_ids=[first.id, foreign.id]), MACHINE, NINE)
    with pytest.raises(NobodyChosen), transaction():
        service.notify(replace(told, duty_ids=[]), MACHINE, NINE)
    assert standing(first) == (DutyState.PLANNED, 1)


def test_notice_needs_a_day(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office))
        duty.reports_on = None
    with pytest.raises(DutyUndated), transaction():
        service.notify(on(duty, TODAY), MACHINE, NINE)
    assert standing(duty) == (DutyState.PLANNED, 1)


def test_written_report_is_dated_when_it_came(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.FINAL_RECEIVED)
        service.report(on(duty, date(2026, 2, 25)), MACHINE, NINE)
    assert (duty.state, duty.reports_on) == (DutyState.REPORTED, date(2026, 2, 25))


def test_oral_report_is_dated_by_its_meeting(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.FINAL_RECEIVED, DutyMode.ORAL)
        service.report(on(duty, TODAY), MACHINE, NINE)
    assert duty.reports_on == MEETING_DAY


def test_oral_report_needs_a_meeting_that_was_held(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.FINAL_RECEIVED, DutyMode.ORAL)
        db.session.get_one(Meeting, duty.meeting_id).state = MeetingState.PLANNED
    before = standing(duty)
    with pytest.raises(MeetingNotHeld), transaction():
        service.report(on(duty, TODAY), MACHINE, NINE)
    assert standing(duty) == before
    with transaction():
        duty.meeting_id = None
    with pytest.raises(OralNeedsMeeting), transaction():
        service.report(on(duty, TODAY), MACHINE, NINE)
    assert standing(duty) == before


def test_opinions_are_kept_and_what_they_were(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
        service.record_opinions(duty.id, office.id, " 加强预算公开。 ", MACHINE, NINE)
        service.record_opinions(duty.id, office.id, "加强预决算公开。", MACHINE, NINE)
    assert duty.opinions == "加强预决算公开。"
    assert queries.events_of(duty.id)[0][0].details == {"was": "加强预算公开。"}


@pytest.mark.parametrize("words", ["", "  ", "长" * 2001])
def test_opinions_are_neither_empty_nor_endless(office: Committee, words: str) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
    before = standing(duty)
    with pytest.raises(OpinionsMissing), transaction():
        service.record_opinions(duty.id, office.id, words, MACHINE, NINE)
    assert standing(duty) == before


@pytest.mark.parametrize("state", sorted(set(DutyState) - DUTY_ACTS[DutyAct.RECORD_OPINIONS][0]))
def test_opinions_stand_once_the_letter_is_sent(office: Committee, state: DutyState) -> None:
    with transaction():
        duty = make_duty(in_office(office), state)
    before = standing(duty)
    with pytest.raises(DutyCannot), transaction():
        service.record_opinions(duty.id, office.id, "加强预算公开。", MACHINE, NINE)
    assert standing(duty) == before and duty.opinions == ""


def end(duty: ReportDuty, reason: str = "") -> EndDuty:
    """Return that a duty ends today."""
    return EndDuty(committee_id=duty.committee_id, duty_id=duty.id, day=TODAY, reason=reason)


def test_good_report_is_closed_without_a_reason(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
        assessing.assess(ballots(duty, HAPPY), MACHINE, NINE)
        service.send_feedback(on(duty, TODAY), MACHINE, NINE)
        service.close(end(duty), MACHINE, NINE)
    assert duty.state is DutyState.CLOSED


def test_written_report_is_closed_without_assessment(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
        service.close(end(duty), MACHINE, NINE)
    assert duty.state is DutyState.CLOSED


@pytest.mark.parametrize("state", [DutyState.FEEDBACK_SENT, DutyState.RECTIFIED])
def test_bad_report_is_closed_with_a_reason_alone(office: Committee, state: DutyState) -> None:
    with transaction():
        duty = make_duty(in_office(office), state)
    before = standing(duty)
    for reason in ("", "长" * 301):
        with pytest.raises(DutyReasonNeeded), transaction():
            service.close(end(duty, reason), MACHINE, NINE)
        assert standing(duty) == before
    with transaction():
        service.close(end(duty, "已调离岗位"), MACHINE, NINE)
    assert queries.events_of(duty.id)[0][0].details == {"reason": "已调离岗位"}


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("act", [DutyAct.CLOSE, DutyAct.DROP])
def test_duty_ends_in_its_states_alone(office: Committee, act: DutyAct, state: DutyState) -> None:
    verb = service.close if act is DutyAct.CLOSE else service.drop
    with transaction():
        duty = make_duty(in_office(office), state)
    before = standing(duty)
    if state in DUTY_ACTS[act][0]:
        with transaction():
            verb(end(duty, "已离任"), MACHINE, NINE)
        assert standing(duty) == (DUTY_ACTS[act][1], before[1] + 1)
    else:
        with pytest.raises(DutyCannot), transaction():
            verb(end(duty, "已离任"), MACHINE, NINE)
        assert standing(duty) == before


def test_dropping_needs_a_reason(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office))
    with pytest.raises(DutyReasonNeeded), transaction():
        service.drop(end(duty), MACHINE, NINE)
    assert standing(duty) == (DutyState.PLANNED, 1)
