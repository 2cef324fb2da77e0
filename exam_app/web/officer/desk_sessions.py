"""web.officer.desk_sessions — what happens in the room before the vote: attendance, directors' decisions, reports."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments.states import APPOINTING_FORMS, AT_THE_MEETING, DirectorsOutcome, ItemState
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.meetings import queries as meetings
from exam_app.meetings.service import TakeAttendance
from exam_app.people.states import Role
from exam_app.proceedings import review, votes
from exam_app.proceedings.review import DirectorsDecide
from exam_app.proceedings.states import ReportMode
from exam_app.proceedings.votes import Report
from exam_app.texts.proceedings import REPORT_MODES
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp, shown_list
from exam_app.web.officer.desk import DESK
from exam_app.web.officer.desk_facts import MeetingDesk, decision_here, page_of
from exam_app.web.officer.desk_forms import (
    AttendanceForm,
    DecideAct,
    ReportAct,
    outcome_words,
)
from exam_app.web.officer.desk_steps import open_desk
from exam_app.web.who import allow

TO_REPORT_LATER = frozenset({ItemState.ANNOUNCED, ItemState.LETTER_ISSUED, ItemState.SWORN})


@bp.route(DESK + "/attendance", methods=["GET", "POST"])
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_attendance(meeting_id: int) -> ResponseReturnValue:
    """Show who is there, and what that means for quorum and votes; record it."""
    desk = open_desk(meeting_id)
    form = AttendanceForm(members_total=_members(desk), present=desk.meeting.present)
    if who.may(Role.OFFICER) and form.validate_on_submit():
        try:
            _take_attendance(meeting_id, form)
            flash(_("出席情况已登记。"), "good")
            return redirect(url_for(".meeting_attendance", meeting_id=meeting_id))
        except DomainError as refusal:
            form.refuse(refusal, "present")
            desk = open_desk(meeting_id)
    return render_template("officer/meeting_attendance.html", desk=desk, form=form)


def _members(desk: MeetingDesk) -> int | None:
    """Return how many are expected: as recorded, else all members in office that day."""
    if desk.meeting.members_total is not None:
        return desk.meeting.members_total
    return None if desk.is_directors else meetings.count_members_on(who.committee_id(), desk.meeting.held_on) or None


def _take_attendance(meeting_id: int, form: AttendanceForm) -> None:
    command = TakeAttendance(
        meeting_id=meeting_id,
        committee_id=who.committee_id(),
        members_total=form.members_total.data,
        present=form.present.data,
    )
    with transaction():
        votes.take_attendance(command, who.actor(), g.now)


@bp.get(DESK + "/decisions")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_decisions(meeting_id: int) -> ResponseReturnValue:
    """Show what the directors decided about each item; what is open comes first."""
    desk = open_desk(meeting_id)
    rows = sorted(desk.rows, key=lambda row: decision_here(desk, row))
    return render_template(
        "officer/meeting_decisions.html", desk=desk, page=page_of(rows), outcomes=outcome_words(), here=decision_here
    )


@bp.post(DESK + "/decisions")
@allow(Role.OFFICER)
def meeting_decide(meeting_id: int) -> ResponseReturnValue:
    """Record one decision about the chosen items."""
    with refusals_said():
        with transaction():
            act, desk = posted(DecideAct), open_desk(meeting_id)
            undecided = [row.item.id for row in desk.rows if not decision_here(desk, row)]
            command = DirectorsDecide(
                committee_id=who.committee_id(),
                meeting_id=meeting_id,
                item_ids=undecided if act.everything.data else act.item.data,
                outcome=DirectorsOutcome(act.outcome.data),
                reason=act.reason.data,
            )
            review.decide(command, who.actor(), g.now)
        flash(_("已登记 {count} 项决定。", count=len(command.item_ids)), "good")
    return redirect(url_for(".meeting_decisions", meeting_id=meeting_id, **shown_list()))


def _reporters(desk: MeetingDesk) -> list[int]:
    """Return the items whose nominees may report now."""
    states = AT_THE_MEETING if desk.rules.report_when == "before_vote" else TO_REPORT_LATER
    rows = [row for row in desk.rows if row.item.form in APPOINTING_FORMS and row.item.state in states]
    return [row.item.id for row in rows if row.report is None]


@bp.get(DESK + "/reports")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_reports(meeting_id: int) -> ResponseReturnValue:
    """Show who reported, and how."""
    desk = open_desk(meeting_id)
    rows = [row for row in desk.rows if row.item.form in APPOINTING_FORMS]
    return render_template(
        "officer/meeting_reports.html", desk=desk, page=page_of(rows), ready=set(_reporters(desk)), modes=REPORT_MODES
    )


@bp.post(DESK + "/reports")
@allow(Role.OFFICER)
def meeting_report(meeting_id: int) -> ResponseReturnValue:
    """Record that nominees reported."""
    with refusals_said():
        with transaction():
            act = posted(ReportAct)
            command = Report(
                meeting_id=meeting_id,
                committee_id=who.committee_id(),
                item_ids=_reporters(open_desk(meeting_id)) if act.everything.data else act.item.data,
                mode=ReportMode(act.mode.data),
            )
            votes.report(command, who.actor(), g.now)
        flash(_("已登记 {count} 人的报告。", count=len(command.item_ids)), "good")
    return redirect(url_for(".meeting_reports", meeting_id=meeting_id, **shown_list()))
