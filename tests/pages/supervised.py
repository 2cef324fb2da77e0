"""tests.pages.supervised — goes on where appointments end: reports planned, overdue, assessed, put right, closed."""

from datetime import datetime, timedelta

from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.cli.demo import cast
from exam_app.supervision import assessing, roll, service
from exam_app.supervision.assessing import RecordAssessment
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.service import EndDuty, OnDuties, PlanReports
from exam_app.supervision.states import DutyMode
from tests.pages.stage import actor_named, open_exam

SATISFIED = {"满意": 20, "基本满意": 8, "不满意": 1}
DISSATISFIED = {"满意": 4, "基本满意": 9, "不满意": 16}
STEPS = (service.notify, service.receive_draft, service.receive_final, service.report)


def set_duties(now: datetime) -> None:
    """Leave duties of those in office in the states that their pages differ by."""
    clerk, today = actor_named(cast.CLERK), local_date(now)
    home = open_exam().committee_id
    items = [row.item.id for row in roll.owed(home, today.year)][:5]
    with transaction():
        command = PlanReports(
            committee_id=home,
            year=today.year,
            mode=DutyMode.WRITTEN,
            item_ids=items,
            reports_on=today + timedelta(days=10),
        )
        _planned, told, good, bad, done = service.plan(command, clerk, now)
        _take(told, 1, clerk, now)
        for duty in (good, bad, done):
            _take(duty, len(STEPS), clerk, now)
        _count(good, SATISFIED, clerk, now)
        _count(bad, DISSATISFIED, clerk, now)
        service.record_opinions(bad.id, home, "加强预算绩效管理。\n认真办理代表建议。", clerk, now)
        for verb in (service.send_feedback, assessing.require_rectification, assessing.receive_plan):
            verb(OnDuties(committee_id=home, duty_ids=[bad.id], day=today), clerk, now)
        service.close(EndDuty(committee_id=home, duty_id=done.id, day=today), clerk, now)


def _take(duty: ReportDuty, steps: int, clerk: Actor, now: datetime) -> None:
    for verb in STEPS[:steps]:
        verb(OnDuties(committee_id=duty.committee_id, duty_ids=[duty.id], day=local_date(now)), clerk, now)


def _count(duty: ReportDuty, counts: dict[str, int], clerk: Actor, now: datetime) -> None:
    command = RecordAssessment(
        committee_id=duty.committee_id,
        duty_id=duty.id,
        assessed_on=local_date(now),
        counts=counts,
        abstain=0,
        invalid=0,
        members_total=39,
        present=29,
    )
    assessing.assess(command, clerk, now)
