"""cli.demo.reports — after the letters: those in office report, are assessed, and one has to put things right."""

from datetime import datetime, timedelta

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.cli.demo import cast
from exam_app.cli.demo.assembly import Clerk
from exam_app.supervision import assessing, roll, service
from exam_app.supervision.assessing import RecordAssessment
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.service import EndDuty, OnDuties, PlanReports
from exam_app.supervision.states import DutyMode

SATISFIED = {"满意": 20, "基本满意": 7, "不满意": 1}
DISSATISFIED = {"满意": 4, "基本满意": 9, "不满意": 15}
PRESENT = 28
OPINIONS = "加强预算绩效管理。\n认真办理代表建议。"
STEPS = (service.notify, service.receive_draft, service.receive_final, service.report)


def set_duties(clerk: Clerk, now: datetime) -> None:
    """Plan the reports of five in office: one is planned, one notified, one closed, two assessed, well and badly."""
    home, today = clerk.committee_id, local_date(now)
    items = [row.item.id for row in roll.owed(home, today.year)][:5]
    with transaction():
        command = PlanReports(
            committee_id=home,
            year=today.year,
            mode=DutyMode.WRITTEN,
            item_ids=items,
            reports_on=today + timedelta(days=30),
        )
        _planned, told, good, bad, done = service.plan(command, clerk.actor, now)
        _take(clerk, told, 1, now)
        for duty in (good, bad, done):
            _take(clerk, duty, len(STEPS), now)
        _count(clerk, good, SATISFIED, now)
        _count(clerk, bad, DISSATISFIED, now)
        service.record_opinions(bad.id, home, OPINIONS, clerk.actor, now)
        for act in (service.send_feedback, assessing.require_rectification, assessing.receive_plan):
            act(OnDuties(committee_id=home, duty_ids=[bad.id], day=today), clerk.actor, now)
        service.close(EndDuty(committee_id=home, duty_id=done.id, day=today), clerk.actor, now)


def _take(clerk: Clerk, duty: ReportDuty, steps: int, now: datetime) -> None:
    """Take the first steps, two days apart, the last of them today."""
    days = [local_date(now - timedelta(days=2 * (len(STEPS) - place))) for place in range(1, len(STEPS) + 1)]
    for step, day in zip(STEPS[:steps], days, strict=False):
        step(OnDuties(committee_id=duty.committee_id, duty_ids=[duty.id], day=day), clerk.actor, now)


def _count(clerk: Clerk, duty: ReportDuty, counts: dict[str, int], now: datetime) -> None:
    command = RecordAssessment(
        committee_id=duty.committee_id,
        duty_id=duty.id,
        assessed_on=local_date(now),
        counts=counts,
        abstain=0,
        invalid=0,
        members_total=len(cast.MEMBERS),
        present=PRESENT,
    )
    assessing.assess(command, clerk.actor, now)
