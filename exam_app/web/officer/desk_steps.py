"""web.officer.desk_steps — opens the desk of a meeting: the steps of its work in order, with done and left."""

from collections.abc import Iterator

from flask import g, url_for

from exam_app.appointments.states import APPOINTING_FORMS, AT_THE_MEETING, ItemState
from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import rules_on
from exam_app.meetings import queries as meetings
from exam_app.proceedings import queries as proceedings
from exam_app.texts.meetings import label
from exam_app.web import who
from exam_app.web.officer.desk_facts import (
    ANNOUNCED,
    TO_ENTER,
    TO_SWEAR,
    DeskStep,
    MeetingDesk,
    decision_here,
    letters_due,
    oaths_due,
)


def open_desk(meeting_id: int) -> MeetingDesk:
    """Read all that the pages of one meeting have in common, or raise NoSuchMeeting."""
    meeting = meetings.get_meeting(meeting_id, who.committee_id())
    desk = MeetingDesk(
        meeting=meeting,
        name=label(meeting, meetings.term_number_of(meeting)),
        rules=rules_on(meeting.committee_id, meeting.held_on).rules,
        today=local_date(g.now),
        rows=[row for row in proceedings.meeting_items(meeting_id) if row.entry is not None],
    )
    desk.steps.extend(_directors_steps(desk) if desk.is_directors else _standing_steps(desk))
    return desk


def _directors_steps(desk: MeetingDesk) -> Iterator[DeskStep]:
    decided = [row for row in desk.rows if decision_here(desk, row)]
    yield _agenda_step(desk)
    yield _attendance_step(desk)
    left = len(desk.rows) - len(decided)
    yield DeskStep(
        key="decisions",
        label=_("决定"),
        verb=_("登记决定"),
        href=_href(desk, "meeting_decisions"),
        words=_("{left} 项还没有登记决定", left=left) if left else _("各项都已登记决定"),
        done=len(decided),
        total=len(desk.rows),
        is_done=bool(desk.rows) and not left,
        is_ready=not desk.is_planned and bool(desk.rows),
    )
    yield _close_step(desk)


def _standing_steps(desk: MeetingDesk) -> Iterator[DeskStep]:
    yield _agenda_step(desk)
    yield _attendance_step(desk)
    if desk.rules.report_when == "before_vote":
        yield _reports_step(desk)
    yield _votes_step(desk)
    yield _announce_step(desk)
    yield _letters_step(desk)
    if desk.rules.report_when == "after_letter":
        yield _reports_step(desk)
    yield _oaths_step(desk)
    yield _close_step(desk)


def _agenda_step(desk: MeetingDesk) -> DeskStep:
    count = len(desk.rows)
    return DeskStep(
        key="agenda",
        label=_("议程"),
        verb=_("编排议程"),
        href=_href(desk, "meeting_agenda"),
        words=_("{count} 项任免事项", count=count) if count else _("还没有列入任免事项"),
        is_done=bool(count),
        is_ready=not desk.is_closed,
    )


def _attendance_step(desk: MeetingDesk) -> DeskStep:
    meeting = desk.meeting
    words = _("应到 {total} 人，实到 {present} 人", total=meeting.members_total, present=meeting.present)
    return DeskStep(
        key="attendance",
        label=_("出席"),
        verb=_("登记出席"),
        href=_href(desk, "meeting_attendance"),
        words=_("还没有登记") if meeting.present is None else words,
        is_done=meeting.present is not None,
        is_ready=not desk.is_ahead,
    )


def _reports_step(desk: MeetingDesk) -> DeskStep:
    reported = sum(row.report is not None for row in desk.rows)
    return DeskStep(
        key="reports",
        label=_(desk.rules.report_label),
        verb=_("登记报告"),
        href=_href(desk, "meeting_reports"),
        words=_("{count} 人已报告", count=reported),
        done=reported,
        is_done=reported > 0 or desk.is_closed or _is_past_reporting(desk),
        is_ready=desk.is_open and any(row.item.form in APPOINTING_FORMS for row in desk.rows),
    )


def _is_past_reporting(desk: MeetingDesk) -> bool:
    """Whether the meeting has gone on to what follows the reports; nobody has to report."""
    if desk.rules.report_when == "before_vote":
        return any(row.vote is not None for row in desk.rows)
    return any(row.oath is not None for row in desk.rows)


def _votes_step(desk: MeetingDesk) -> DeskStep:
    voted = sum(row.vote is not None for row in desk.rows)
    waiting = len(desk.ids(AT_THE_MEETING))
    return DeskStep(
        key="votes",
        label=_("表决"),
        verb=_("登记表决"),
        href=_href(desk, "meeting_votes"),
        words=_("{count} 项待表决", count=waiting) if waiting else _("没有待表决的事项"),
        done=voted,
        total=voted + waiting,
        is_done=bool(voted) and not waiting,
        is_ready=desk.is_open and bool(waiting or voted),
    )


def _announce_step(desk: MeetingDesk) -> DeskStep:
    waiting = len(desk.ids(frozenset({ItemState.VOTED_PASSED})))
    announced = len(desk.ids(ANNOUNCED))
    return DeskStep(
        key="announce",
        label=_("公布"),
        verb=_("公布表决结果"),
        href=_href(desk, "meeting_announce"),
        words=_("{count} 项已通过、待公布", count=waiting) if waiting else _("没有待公布的事项"),
        done=announced,
        total=announced + waiting,
        is_done=bool(announced) and not waiting,
        is_ready=not desk.is_planned and bool(waiting or announced),
    )


def _letters_step(desk: MeetingDesk) -> DeskStep:
    due = letters_due(desk)
    issued = sum(row.letter is not None for row in due)
    left = sum(row.letter is None and row.item.state is ItemState.ANNOUNCED for row in due)
    return DeskStep(
        key="letters",
        label=_("任命书"),
        verb=_("颁发任命书"),
        href=_href(desk, "meeting_letters"),
        words=_("{count} 份待颁发", count=left) if left else _("没有待颁发的任命书"),
        done=issued,
        total=issued + left,
        is_done=bool(issued) and not left,
        is_ready=bool(due),
    )


def _oaths_step(desk: MeetingDesk) -> DeskStep:
    due = oaths_due(desk)
    sworn = sum(row.oath is not None for row in due)
    left = sum(row.oath is None and row.item.state in TO_SWEAR for row in due)
    return DeskStep(
        key="oaths",
        label=_("宪法宣誓"),
        verb=_("登记宣誓"),
        href=_href(desk, "meeting_oaths"),
        words=_("{count} 人待宣誓", count=left) if left else _("没有待宣誓的人员"),
        done=sworn,
        total=sworn + left,
        is_done=bool(sworn) and not left,
        is_ready=bool(due),
    )


def _close_step(desk: MeetingDesk) -> DeskStep:
    entering = sum(row.item.form in APPOINTING_FORMS and row.item.state in TO_ENTER for row in desk.rows)
    words = _("{count} 人待登记就任", count=entering) if entering else _("会议进行中")
    if desk.is_planned:
        words = _("会议还没有开")
    elif desk.is_closed and not entering:
        words = _("会议已结束")
    return DeskStep(
        key="close",
        label=_("闭会") if desk.is_directors else _("就任与闭会"),
        verb=_("登记就任和闭会") if entering else _("闭会"),
        href=_href(desk, "meeting_close"),
        words=words,
        is_done=desk.is_closed and not entering,
        is_ready=not desk.is_planned,
    )


def _href(desk: MeetingDesk, endpoint: str) -> str:
    return url_for(f"officer.{endpoint}", meeting_id=desk.meeting.id)
