"""tests.supervision.test_assess — counts, corrections, rectification by calendar months, and counting again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.supervision import assessing, queries, service
from exam_app.supervision.errors import (
    CountsInvalid,
    DayAhead,
    DayBeforeStep,
    DutyCannot,
    DutyReasonNeeded,
    NotAssessed,
    PlanReceived,
)
from exam_app.supervision.models import Assessment, Rectification
from exam_app.supervision.rules import Consequence, from_document, scheme_of
from exam_app.supervision.states import DUTY_ACTS, CountBase, DutyAct, DutyState
from tests.appointments.factories import make_office
from tests.conftest import NINE
from tests.supervision.factories import HAPPY, MEETING_DAY, TODAY, UNHAPPY, ballots, in_office, make_duty, on


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


def count(table: type[Assessment] | type[Rectification] = Assessment) -> int:
    """Return how many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count(table.id))) or 0


def test_assessment_keeps_the_scheme_it_was_made_by(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
        found = assessing.assess(ballots(duty, HAPPY), MACHINE, NINE)
    assert (duty.state, found.round, found.outcome) == (DutyState.ASSESSED, 1, "满意")
    assert (found.base, found.base_count) == (CountBase.ALL_MEMBERS, 39)
    with transaction():
        committees.record_rules(office.id, TODAY, LocalRules(assessment_base="present"), "主任会议决定", MACHINE, NINE)
    assert from_document(found.scheme) == scheme_of(LocalRules())


def test_rules_of_the_day_count(office: Committee) -> None:
    with transaction():
        lines = (("满意", 1, 2, 3, False),)
        rules = LocalRules(grades=("满意", "不满意"), assessment_base="present", assessment_lines=lines)
        committees.record_rules(office.id, MEETING_DAY, rules, "主任会议决定", MACHINE, NINE)
        duty = make_duty(in_office(office), DutyState.REPORTED)
        found = assessing.assess(ballots(duty, {"满意": 20, "不满意": 9}), MACHINE, NINE)
    assert (found.outcome, found.base_count) == ("满意", 29)


@pytest.mark.parametrize(
    "changes",
    [
        {"counts": {"满意": 20, "基本满意": 8, "不满意": 2}},
        {"counts": {"满意": -1, "基本满意": 8, "不满意": 2}},
        {"counts": {"优秀": 20}},
        {"counts": {"满意": 0, "基本满意": 0, "不满意": 0}, "invalid": 29},
        {"abstain": 1},
        {"invalid": 1},
        {"invalid": -1},
        {"members_total": 28},
        {"present": 28},
    ],
)
def test_counts_that_do_not_fit_are_refused(office: Committee, changes: dict[str, object]) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
    command = replace(ballots(duty, HAPPY), **changes)  # type: ignore[arg-type]
    with pytest.raises(CountsInvalid), transaction():
        assessing.assess(command, MACHINE, NINE)
    assert count() == 0
    db.session.refresh(duty)
    assert duty.state is DutyState.REPORTED


def test_assessment_has_a_likely_day(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
    with pytest.raises(DayAhead), transaction():
        assessing.assess(ballots(duty, day=TODAY + timedelta(days=1)), MACHINE, NINE)
    with pytest.raises(DayBeforeStep), transaction():
        assessing.assess(ballots(duty, day=MEETING_DAY - timedelta(days=1)), MACHINE, NINE)
    assert count() == 0


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("act", [DutyAct.ASSESS, DutyAct.REASSESS, DutyAct.CORRECT_ASSESSMENT])
def test_counting_is_done_in_its_states_alone(office: Committee, act: DutyAct, state: DutyState) -> None:
    verb = {
        DutyAct.ASSESS: assessing.assess,
        DutyAct.REASSESS: assessing.reassess,
        DutyAct.CORRECT_ASSESSMENT: assessing.correct_assessment,
    }[act]
    with transaction():
        duty = make_duty(in_office(office), state)
    before = count()
    command = replace(ballots(duty, HAPPY, TODAY), reason="誊写有误")
    if state in DUTY_ACTS[act][0]:
        with transaction():
            found = verb(command, MACHINE, NINE)
        assert found.outcome == "满意"
        assert count() == before + (act is not DutyAct.CORRECT_ASSESSMENT)
    else:
        with pytest.raises(DutyCannot), transaction():
            verb(command, MACHINE, NINE)
        assert count() == before


def test_correction_keeps_what_was_written_before(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.ASSESSED)
        command = replace(ballots(duty, HAPPY, TODAY), reason="誊写有误")
        found = assessing.correct_assessment(command, MACHINE, NINE)
    assert (found.outcome, found.counts, found.assessed_on) == ("满意", HAPPY, MEETING_DAY)
    kept = {"was": "不满意", "counts": ["满意3票", "基本满意6票", "不满意20票"], "reason": "誊写有误"}
    assert queries.events_of(duty.id)[0][0].details == kept


def test_correction_needs_a_reason_and_sound_counts(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.ASSESSED)
    with pytest.raises(DutyReasonNeeded), transaction():
        assessing.correct_assessment(ballots(duty, HAPPY), MACHINE, NINE)
    with pytest.raises(CountsInvalid), transaction():
        command = replace(ballots(duty, {"满意": 30}), reason="誊写有误")
        assessing.correct_assessment(command, MACHINE, NINE)
    assert queries.assessments_of(duty.id)[0].outcome == "不满意"
    assert "duty.correct_assessment" not in [event.verb for event, _name in queries.events_of(duty.id)]


def test_hantai_rectifies_within_three_months_reports_again_and_is_referred(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.FEEDBACK_SENT)
        row = assessing.require_rectification(on(duty, date(2026, 2, 28)), MACHINE, NINE)[0]
    assert row.due_on == date(2026, 5, 28)
    assert queries.still_owed(duty) is Consequence.REPORT_AGAIN
    with transaction():
        assessing.receive_plan(on(duty, date(2026, 3, 1)), MACHINE, NINE)
        assessing.receive_rectification(on(duty, TODAY), MACHINE, NINE)
        again = assessing.reassess(ballots(duty, UNHAPPY, TODAY), MACHINE, NINE)
    assert (row.plan_received_on, row.report_received_on) == (date(2026, 3, 1), TODAY)
    assert (again.round, again.outcome, duty.state) == (2, "不满意", DutyState.ASSESSED)
    assert queries.still_owed(duty) is Consequence.REFER
    with transaction():
        service.send_feedback(on(duty, TODAY), MACHINE, NINE)
        assessing.require_rectification(on(duty, TODAY), MACHINE, NINE)
    assert [assessment.round for _row, assessment in queries.rectifications_of(duty.id)] == [1, 2]


def test_months_to_rectify_come_from_the_local_rules(office: Committee) -> None:
    with transaction():
        rules = LocalRules(rectification_months=12)
        committees.record_rules(office.id, date(2026, 1, 1), rules, "主任会议决定", MACHINE, NINE)
        duty = make_duty(in_office(office), DutyState.RECTIFYING)
    assert queries.rectification_of(duty.id).due_on == date(2027, 2, 16)


def test_rectification_follows_from_an_assessment_alone(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.REPORTED)
        service.send_feedback(on(duty, TODAY), MACHINE, NINE)
    with pytest.raises(NotAssessed), transaction():
        assessing.require_rectification(on(duty, TODAY), MACHINE, NINE)
    assert count(Rectification) == 0
    db.session.refresh(duty)
    assert duty.state is DutyState.FEEDBACK_SENT


def test_plan_of_rectification_comes_in_once(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), DutyState.RECTIFYING)
        assessing.receive_plan(on(duty, TODAY), MACHINE, NINE)
    with pytest.raises(PlanReceived), transaction():
        assessing.receive_plan(on(duty, TODAY), MACHINE, NINE)
    verbs = [event.verb for event, _name in queries.events_of(duty.id)]
    assert verbs.count("duty.receive_plan") == 1
