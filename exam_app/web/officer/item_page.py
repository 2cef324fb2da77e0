"""web.officer.item_page — one item: where it stands in each step and why, what is next, all that is on record."""

from dataclasses import replace

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import queries, service
from exam_app.appointments.states import AFTER_ANNOUNCEMENT, APPOINTING_FORMS, UNDECIDED, DirectorsOutcome
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import rules_on
from exam_app.committees.rules import LocalRules
from exam_app.meetings.models import Meeting
from exam_app.meetings.queries import list_meetings
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.states import Role
from exam_app.proceedings import ceremony, review
from exam_app.proceedings.ceremony import EndOffice
from exam_app.proceedings.queries import AgendaRow, item_record, standing_of
from exam_app.proceedings.review import DirectorsDecide, Withdraw
from exam_app.proceedings.track import Standing, StepState, next_act, track
from exam_app.results.states import ResultState
from exam_app.submissions.queries import objections_of
from exam_app.texts import proceedings as texts
from exam_app.texts.meetings import label
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.desk_forms import EndOfficeAct, ItemDecisionAct, WithdrawAct, outcome_words
from exam_app.web.officer.item_forms import OverrideForm
from exam_app.web.officer.item_next import next_link
from exam_app.web.officer.objection_words import told
from exam_app.web.shell import day, marks
from exam_app.web.who import allow

AT_A_MEETING = {
    "report": ".meeting_reports",
    "vote": ".meeting_votes",
    "letter": ".meeting_letters",
    "oath": ".meeting_oaths",
}


@bp.get("/items/<int:item_id>")
@allow(Role.OFFICER, Role.DIRECTOR)
def item(item_id: int) -> ResponseReturnValue:
    """Show an item: where it stands, why, what happened."""
    return _show(item_id)


def _show(item_id: int, form: OverrideForm | None = None) -> str:
    row, today = item_record(item_id, who.committee_id()), local_date(g.now)
    found, bill = row.item, row.bill
    rules = rules_on(bill.committee_id, today).rules
    against = objections_of(bill.id, today, [item_id], rules) if found.state in UNDECIDED else {}
    objections = against.get(item_id, [])
    standing = replace(standing_of(row), has_objections=any(one.is_open and one.is_grave for one in objections))
    decided = queries.meetings_deciding(item_id, who.committee_id())
    meetings = list({meeting.id: (meeting, term) for meeting, term, _decision in decided}.values())
    return render_template(
        "officer/item.html",
        bill=bill,
        row=row,
        steps=_steps(standing, rules, row),
        next=next_link(next_act(standing, rules), row, meetings),
        score=_score(row),
        objections=told(objections),
        events=queries.list_events(item_id),
        decisions=sorted(
            ((decision, meeting) for meeting, _term, decision in decided if decision), key=lambda pair: pair[0].id
        ),
        held=[(meeting, label(meeting, term)) for meeting, term in meetings if _is_held(meeting)],
        form=form or _override_form(meetings),
        outcomes=outcome_words(),
        undecided=UNDECIDED,
        is_in_office=found.form in APPOINTING_FORMS and found.state in AFTER_ANNOUNCEMENT,
        today=today,
    )


def _is_held(meeting: Meeting) -> bool:
    return meeting.kind is MeetingKind.DIRECTORS and meeting.state is not MeetingState.PLANNED


def _override_form(meetings: list[tuple[Meeting, int]] | None = None) -> OverrideForm:
    form = OverrideForm()
    known = list_meetings(who.committee_id(), MeetingKind.DIRECTORS) if meetings is None else meetings
    form.offer([(meeting, term) for meeting, term in known if meeting.kind is MeetingKind.DIRECTORS])
    return form


def _steps(standing: Standing, rules: LocalRules, row: AgendaRow) -> list[dict[str, str]]:
    return [
        {
            "label": _(step.label),
            "state": step.state.value,
            "date": day(step.day) if step.day else "",
            "note": _(texts.NOTES[step.note]) if step.note and step.state is not StepState.BLOCKED else "",
            "why": _(texts.NOTES[step.note]) if step.note and step.state is StepState.BLOCKED else "",
            "href": _step_href(step.kind, row),
        }
        for step in track(standing, rules)
    ]


def _step_href(kind: str, row: AgendaRow) -> str:
    """Return where the step was, or is, done at a meeting; empty for the others."""
    if kind == "directors" and row.decision is not None:
        return url_for(".meeting_decisions", meeting_id=row.decision.meeting_id)
    endpoint = AT_A_MEETING.get(kind)
    return url_for(endpoint, meeting_id=row.meeting.id) if endpoint and row.meeting else ""


def _score(row: AgendaRow) -> str:
    if row.result is None:
        return ""
    if row.result.state is ResultState.VOIDED:
        return _("已作废")
    words = _("合格") if row.result.passed else _("不合格")
    return f"{marks(row.result.score)} 分，{words}"


@bp.post("/items/<int:item_id>/override")
@allow(Role.DIRECTOR)
def item_override(item_id: int) -> ResponseReturnValue:
    """Record that a directors' meeting lets the item go on."""
    queries.get_item(item_id, who.committee_id())
    form = _override_form()
    if not form.validate_on_submit():
        return _show(item_id, form)
    command = service.OverrideExam(
        item_id=item_id,
        committee_id=who.committee_id(),
        meeting_id=form.meeting.data,
        reason=form.reason.data,
    )
    with refusals_said():
        with transaction():
            service.override(command, who.actor(), g.now)
        flash(_("主任会议的决定已登记。"), "good")
    return redirect(url_for(".item", item_id=item_id))


@bp.post("/items/<int:item_id>/decision")
@allow(Role.OFFICER)
def item_decide(item_id: int) -> ResponseReturnValue:
    """Record what a directors' meeting decided about the item."""
    with refusals_said():
        with transaction():
            act = posted(ItemDecisionAct)
            command = DirectorsDecide(
                committee_id=who.committee_id(),
                meeting_id=act.meeting.data,
                item_ids=[item_id],
                outcome=DirectorsOutcome(act.outcome.data),
                reason=act.reason.data,
            )
            review.decide(command, who.actor(), g.now)
        flash(_("主任会议的决定已登记。"), "good")
    return redirect(url_for(".item", item_id=item_id))


@bp.post("/items/<int:item_id>/withdraw")
@allow(Role.OFFICER)
def item_withdraw(item_id: int) -> ResponseReturnValue:
    """Record that the nominator withdrew the item."""
    with refusals_said():
        with transaction():
            act = posted(WithdrawAct)
            command = Withdraw(
                committee_id=who.committee_id(), item_id=item_id, reason=act.reason.data, meeting_id=act.meeting.data
            )
            review.withdraw(command, who.actor(), g.now)
        flash(_("已登记撤回。"), "good")
    return redirect(url_for(".item", item_id=item_id))


@bp.post("/items/<int:item_id>/end")
@allow(Role.OFFICER)
def item_end(item_id: int) -> ResponseReturnValue:
    """Record that the appointee left office without a vote."""
    with refusals_said():
        with transaction():
            act = posted(EndOfficeAct)
            command = EndOffice(
                item_id=item_id,
                committee_id=who.committee_id(),
                ended_on=act.ended_on.data,
                because=act.because.data,
            )
            ceremony.end_office(command, who.actor(), g.now)
        flash(_("已登记离任。"), "good")
    return redirect(url_for(".item", item_id=item_id))
