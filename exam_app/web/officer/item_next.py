"""web.officer.item_next — the one next action of an item: in words, and where or how it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from exam_app.base.i18n import gettext as _
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings.queries import AgendaRow
from exam_app.texts.proceedings import NEXT

AT_THE_MEETING = {
    "report_or_vote": "officer.meeting_votes",
    "vote": "officer.meeting_votes",
    "announce": "officer.meeting_announce",
    "issue_letter": "officer.meeting_letters",
    "swear": "officer.meeting_oaths",
    "take_office": "officer.meeting_close",
}
BEFORE_A_MEETING = {
    "directors": MeetingKind.DIRECTORS,
    "directors_again": MeetingKind.DIRECTORS,
    "settle_exam": MeetingKind.DIRECTORS,
    "place": MeetingKind.STANDING_COMMITTEE,
    "place_again": MeetingKind.STANDING_COMMITTEE,
}
ON_PAPER = {"await_correction": "notices", "answer_objections": "objections"}


@dataclass(frozen=True)
class NextAct:
    """What is to be done next; `code` tells the page which form to show, `href` leads to where it is done."""

    code: str
    label: str
    href: str


def next_link(code: str, row: AgendaRow, meetings: Sequence[tuple[Meeting, int]]) -> NextAct | None:
    """Return the next action of an item, None where nothing is left to do."""
    if not code:
        return None
    return NextAct(code, _(NEXT[code]), _href(code, row, meetings))


def _href(code: str, row: AgendaRow, meetings: Sequence[tuple[Meeting, int]]) -> str:
    if code in BEFORE_A_MEETING:
        return _meeting_ahead(BEFORE_A_MEETING[code], meetings)
    if code in AT_THE_MEETING and row.meeting is not None:
        return url_for(AT_THE_MEETING[code], meeting_id=row.meeting.id)
    if code == "send_to_exam":
        return url_for("officer.bill", bill_id=row.bill.id, exam="waiting", q=row.person.name)
    return url_for("officer.bill_papers", bill_id=row.bill.id, tab=ON_PAPER[code]) if code in ON_PAPER else ""


def _meeting_ahead(kind: MeetingKind, meetings: Sequence[tuple[Meeting, int]]) -> str:
    """Return the desk of the earliest meeting of the kind that is not over, else where one is planned."""
    unclosed = [one for one, _term in meetings if one.kind is kind and one.state is not MeetingState.CLOSED]
    if not unclosed:
        return url_for("officer.meeting_new", kind=kind.value)
    return url_for("officer.meeting", meeting_id=min(unclosed, key=lambda one: (one.held_on, one.id)).id)
