"""web.officer.duties_one — one duty to report: where it stands, the next act, ballots counted, its record."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError, NotFound
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import rules_on
from exam_app.people.states import Role
from exam_app.supervision import assessing, papers, queries, service
from exam_app.supervision.queries import DutyRow
from exam_app.supervision.rules import GradeScheme, due_days, from_document, in_words, scheme_of
from exam_app.supervision.service import EndDuty, OnDuties, ScheduleReports
from exam_app.supervision.states import DUTY_ACTS, FINISHED, DutyAct, acts_in
from exam_app.texts import documents as paper_texts
from exam_app.texts import supervision as texts
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer import duties_views as views
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.duties import READERS
from exam_app.web.officer.duties_forms import (
    ArrangeForm,
    BallotsForm,
    DropAct,
    OpinionsAct,
    StepAct,
    ballots_form,
    not_yet,
    written_down,
)
from exam_app.web.officer.duties_plan import meetings_about
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS

Verb = Callable[[OnDuties, Actor, Any], object]
STEPS: Mapping[str, Verb] = {
    DutyAct.NOTIFY.value: service.notify,
    DutyAct.RECEIVE_DRAFT.value: service.receive_draft,
    DutyAct.RECEIVE_FINAL.value: service.receive_final,
    DutyAct.REPORT.value: service.report,
    DutyAct.SEND_FEEDBACK.value: service.send_feedback,
    DutyAct.REQUIRE_RECTIFICATION.value: assessing.require_rectification,
    DutyAct.RECEIVE_PLAN.value: assessing.receive_plan,
    DutyAct.RECEIVE_RECTIFICATION.value: assessing.receive_rectification,
}
COUNTS = {
    DutyAct.ASSESS: assessing.assess,
    DutyAct.REASSESS: assessing.reassess,
    DutyAct.CORRECT_ASSESSMENT: assessing.correct_assessment,
}


@bp.get("/duties/<int:duty_id>")
@allow(*READERS)
def duty(duty_id: int) -> ResponseReturnValue:
    """Show a duty."""
    return _page(queries.get_row(duty_id, who.committee_id()))


@bp.post("/duties/<int:duty_id>/steps/<act>")
@allow(Role.OFFICER)
def duty_step(duty_id: int, act: str) -> ResponseReturnValue:
    """Record a step that was taken on a day."""
    verb = STEPS.get(act) or abort(404)
    with refusals_said():
        with transaction():
            queries.get_row(duty_id, who.committee_id())
            day = posted(StepAct).day.data
            verb(OnDuties(committee_id=who.committee_id(), duty_ids=[duty_id], day=day), who.actor(), g.now)
        flash(_("已登记：{act}。", act=_(texts.ACTS[DutyAct(act)])), "good")
    return redirect(url_for(".duty", duty_id=duty_id))


@bp.post("/duties/<int:duty_id>/schedule")
@allow(Role.OFFICER)
def duty_schedule(duty_id: int) -> ResponseReturnValue:
    """Set mode, day and meeting of a report."""
    row = queries.get_row(duty_id, who.committee_id())
    form = ArrangeForm()
    form.offer(meetings_about(row.duty.year))
    if form.validate_on_submit():
        command = ScheduleReports(committee_id=who.committee_id(), duty_ids=[duty_id], **form.arranged())
        try:
            with transaction():
                service.schedule(command, who.actor(), g.now)
            flash(_("安排已保存，初稿和定稿期限已重新推算。"), "good")
            return redirect(url_for(".duty", duty_id=duty_id))
        except DomainError as refusal:
            form.refuse(refusal)
    return _page(queries.get_row(duty_id, who.committee_id()), arrange=form), 422


@bp.post("/duties/<int:duty_id>/opinions")
@allow(Role.OFFICER)
def duty_opinions(duty_id: int) -> ResponseReturnValue:
    """Keep what the members said."""
    row = queries.get_row(duty_id, who.committee_id())
    form = OpinionsAct()
    if form.validate_on_submit():
        try:
            with transaction():
                service.record_opinions(duty_id, who.committee_id(), form.opinions.data, who.actor(), g.now)
            flash(_("审议意见已保存，反馈意见函随之更新。"), "good")
            return redirect(url_for(".duty", duty_id=duty_id))
        except DomainError as refusal:
            form.refuse(refusal, "opinions")
    return _page(row, opinions=form), 422


@bp.post("/duties/<int:duty_id>/assessment")
@allow(Role.OFFICER)
def duty_assessment(duty_id: int) -> ResponseReturnValue:
    """Record ballots, or set right what was written down wrongly."""
    row = queries.get_row(duty_id, who.committee_id())
    act, form = _counting(row)
    if act is None:
        abort(409)
    if form.validate_on_submit():
        try:
            with transaction():
                found = COUNTS[act](form.command(duty_id, who.committee_id()), who.actor(), g.now).outcome
            flash(_("票数已登记，评定为“{outcome}”。计算过程见下。", outcome=found), "good")
            return redirect(url_for(".duty", duty_id=duty_id))
        except NotFound:
            raise
        except DomainError as refusal:
            form.refuse(refusal, "reason" if refusal.code == "duty_reason_needed" else "")
    return _page(queries.get_row(duty_id, who.committee_id()), ballots=form), 422


@bp.post("/duties/<int:duty_id>/close")
@allow(Role.OFFICER)
def duty_close(duty_id: int) -> ResponseReturnValue:
    """End a duty."""
    with refusals_said():
        with transaction():
            act = posted(StepAct)
            service.close(_end(duty_id, act), who.actor(), g.now)
        flash(_("已办结。"), "good")
    return redirect(url_for(".duty", duty_id=duty_id))


@bp.post("/duties/<int:duty_id>/drop")
@allow(Role.OFFICER)
def duty_drop(duty_id: int) -> ResponseReturnValue:
    """Wait for the report no longer."""
    with refusals_said():
        with transaction():
            act = posted(DropAct)
            service.drop(_end(duty_id, act), who.actor(), g.now)
        flash(_("已登记不再报告。"), "good")
    return redirect(url_for(".duty", duty_id=duty_id))


def _end(duty_id: int, act: StepAct | DropAct) -> EndDuty:
    day = act.day.data if isinstance(act, StepAct) else local_date(g.now)
    return EndDuty(committee_id=who.committee_id(), duty_id=duty_id, day=day, reason=act.reason.data or "")


def _page(row: DutyRow, **forms: Any) -> str:
    today, meeting = local_date(g.now), queries.find_meeting(row.duty)
    found = queries.assessments_of(row.duty.id)
    events = queries.events_of(row.duty.id)
    asked = queries.follows(found)
    rules = rules_on(row.duty.committee_id, row.duty.reports_on or today).rules
    act, ballots = _counting(row)
    return render_template(
        "officer/duty.html",
        row=row,
        acts=acts_in(row.duty.state),
        steps=views.track(row, [event for event, _name in events], asked),
        events=events,
        assessments=[(one, from_document(one.scheme), papers.arithmetic(one)) for one in found],
        rectifications=queries.rectifications_of(row.duty.id),
        meeting=meeting,
        asked=asked,
        due=due_days(row.duty.reports_on, rules) if row.duty.reports_on else None,
        months=rules.rectification_months,
        last_day=queries.last_day(row.duty.id) or today,
        papers=papers.available(row),
        has_left=views.has_left(row) and row.duty.state not in FINISHED,
        next_step=_next_step(row),
        counting=act,
        rule=in_words(_scheme(row)),
        forms_of=_forms(row, forms, ballots),
        today=today,
        said=texts,
        kinds=paper_texts.KINDS,
        views=views,
        organs=ORGAN_LABELS,
        DutyAct=DutyAct,
    )


def _forms(row: DutyRow, given: Mapping[str, Any], ballots: BallotsForm) -> dict[str, Any]:
    """Return the forms of the page, as they were posted where they were."""
    arrange = ArrangeForm(
        formdata=None,
        mode=row.duty.mode.value,
        meeting=str(row.duty.meeting_id or ""),
        reports_on=None if row.duty.meeting_id else row.duty.reports_on,
    )
    arrange.offer(meetings_about(row.duty.year))
    return {
        "arrange": arrange,
        "ballots": ballots,
        "opinions": OpinionsAct(formdata=None, opinions=row.duty.opinions),
        **given,
    }


def _counting(row: DutyRow) -> tuple[DutyAct | None, BallotsForm]:
    """Return what counting means in this state, and the form for it."""
    act = next((one for one in COUNTS if row.duty.state in DUTY_ACTS[one][0]), None)
    grades = _scheme(row).grades
    if act is DutyAct.CORRECT_ASSESSMENT and row.assessment is not None:
        return act, ballots_form(grades, written_down(row.assessment, grades), corrects=True)
    day = row.duty.reports_on if act is DutyAct.ASSESS and row.duty.reports_on else local_date(g.now)
    return act, ballots_form(grades, not_yet(day, queries.find_meeting(row.duty)))


def _scheme(row: DutyRow) -> GradeScheme:
    """Return the scheme of the assessment that is written down, else the one in force today."""
    if row.assessment is not None and row.duty.state in DUTY_ACTS[DutyAct.CORRECT_ASSESSMENT][0]:
        return from_document(row.assessment.scheme)
    return scheme_of(rules_on(row.duty.committee_id, local_date(g.now)).rules)


def _next_step(row: DutyRow) -> list[str]:
    """Return the steps of one day that can be taken now, in the order of the work; a plan comes in once."""
    has_plan = row.rectification is not None and row.rectification.plan_received_on is not None
    done = {DutyAct.RECEIVE_PLAN.value} if has_plan else set()
    return [name for name in STEPS if DutyAct(name) in acts_in(row.duty.state) and name not in done]
