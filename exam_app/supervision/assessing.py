"""supervision.assessing — counting an assessment, putting right what it found, and counting again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.supervision import queries
from exam_app.supervision.errors import CountsInvalid, DutyReasonNeeded, NotAssessed, PlanReceived
from exam_app.supervision.models import Assessment, Rectification, ReportDuty
from exam_app.supervision.moves import do, lock, refuse_unless
from exam_app.supervision.rules import Ballots, add_months, are_sound, from_document, outcome, scheme_of
from exam_app.supervision.service import REASON_LENGTH, OnDuties
from exam_app.supervision.states import DutyAct


@dataclass(frozen=True, kw_only=True)
class RecordAssessment:
    """What was counted on a day. A correction says why."""

    committee_id: int
    duty_id: int
    assessed_on: date
    counts: Mapping[str, int]
    abstain: int
    invalid: int
    members_total: int
    present: int
    reason: str = ""

    @property
    def ballots(self) -> Ballots:
        """The numbers alone."""
        return Ballots(
            counts=dict(self.counts),
            abstain=self.abstain,
            invalid=self.invalid,
            members_total=self.members_total,
            present=self.present,
        )


def assess(command: RecordAssessment, actor: Actor, now: datetime) -> Assessment:
    """Record the first assessment of a report, by the rules of its day."""
    return _count(command, DutyAct.ASSESS, actor, now)


def reassess(command: RecordAssessment, actor: Actor, now: datetime) -> Assessment:
    """Record another assessment, after rectification."""
    return _count(command, DutyAct.REASSESS, actor, now)


def correct_assessment(command: RecordAssessment, actor: Actor, now: datetime) -> Assessment:
    """Set right what was written down wrongly, until the letter is sent; the earlier numbers stay on record."""
    duty = lock([command.duty_id], command.committee_id)[0]
    refuse_unless(duty, DutyAct.CORRECT_ASSESSMENT)
    reason = command.reason.strip()
    if not 1 <= len(reason) <= REASON_LENGTH:
        raise DutyReasonNeeded(most=REASON_LENGTH)
    assessment = _newest(duty)
    was = {"was": assessment.outcome, "counts": _said(assessment.counts), "reason": reason}
    _write(assessment, replace(command, assessed_on=assessment.assessed_on), actor, now)
    do(duty, DutyAct.CORRECT_ASSESSMENT, queries.last_day(duty.id) or assessment.assessed_on, actor, now, was)
    return assessment


def require_rectification(command: OnDuties, actor: Actor, now: datetime) -> list[Rectification]:
    """Ask officials to put right what was found; the months of the local rules run from that day."""
    rules = committees.rules_on(command.committee_id, command.day).rules
    asked = []
    for duty in lock(command.duty_ids, command.committee_id):
        refuse_unless(duty, DutyAct.REQUIRE_RECTIFICATION)
        due_on = add_months(command.day, rules.rectification_months)
        row = Rectification(assessment_id=_newest(duty).id, due_on=due_on, recorded_at=now)
        do(duty, DutyAct.REQUIRE_RECTIFICATION, command.day, actor, now, {"due_on": due_on.isoformat()})
        db.session.add(row)
        asked.append(row)
    return asked


def receive_plan(command: OnDuties, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Record that plans of rectification came in."""
    duties = lock(command.duty_ids, command.committee_id)
    for duty in duties:
        refuse_unless(duty, DutyAct.RECEIVE_PLAN)
        row = queries.rectification_of(duty.id)
        if row.plan_received_on is not None:
            raise PlanReceived(day=row.plan_received_on.isoformat())
        do(duty, DutyAct.RECEIVE_PLAN, command.day, actor, now)
        row.plan_received_on = command.day
    return duties


def receive_rectification(command: OnDuties, actor: Actor, now: datetime) -> list[ReportDuty]:
    """Record that reports on rectification came in."""
    duties = lock(command.duty_ids, command.committee_id)
    for duty in duties:
        refuse_unless(duty, DutyAct.RECEIVE_RECTIFICATION)
        do(duty, DutyAct.RECEIVE_RECTIFICATION, command.day, actor, now)
        queries.rectification_of(duty.id).report_received_on = command.day
    return duties


def _count(command: RecordAssessment, act: DutyAct, actor: Actor, now: datetime) -> Assessment:
    duty = lock([command.duty_id], command.committee_id)[0]
    refuse_unless(duty, act)
    earlier = queries.find_assessment(duty.id)
    scheme = scheme_of(committees.rules_on(command.committee_id, command.assessed_on).rules)
    assessment = Assessment(duty_id=duty.id, round=earlier.round + 1 if earlier else 1, scheme=scheme.to_document())
    _write(assessment, command, actor, now)
    details = {"round": assessment.round, "outcome": assessment.outcome, "counts": _said(command.counts)}
    do(duty, act, command.assessed_on, actor, now, details)
    db.session.add(assessment)
    return assessment


def _write(assessment: Assessment, command: RecordAssessment, actor: Actor, now: datetime) -> None:
    scheme, ballots = from_document(assessment.scheme), command.ballots
    if not are_sound(ballots, scheme):
        raise CountsInvalid(cast=ballots.cast, present=ballots.present, total=ballots.members_total)
    found = outcome(scheme, ballots)
    assessment.assessed_on, assessment.counts = command.assessed_on, dict(command.counts)
    assessment.abstain, assessment.invalid = command.abstain, command.invalid
    assessment.members_total, assessment.present = command.members_total, command.present
    assessment.base, assessment.base_count, assessment.outcome = scheme.base, found.base_count, found.grade
    assessment.recorded_by, assessment.recorded_at = actor.account_id, now


def _newest(duty: ReportDuty) -> Assessment:
    assessment = queries.find_assessment(duty.id)
    if assessment is None:
        raise NotAssessed(duty=duty.id)
    return assessment


def _said(counts: Mapping[str, int]) -> list[str]:
    return [f"{grade}{count}票" for grade, count in counts.items()]
