"""web.officer.duties_views — how duties are shown: days left in words, tones, the track, lines of a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from exam_app.appointments.states import AFTER_ANNOUNCEMENT
from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import SIZES, Page
from exam_app.supervision.models import Assessment, DutyEvent
from exam_app.supervision.queries import DutyRow
from exam_app.supervision.roll import Owed
from exam_app.supervision.rules import Consequence, from_document
from exam_app.supervision.states import FINISHED, DutyAct, DutyState
from exam_app.texts import supervision as texts
from exam_app.web.shell import day
from question_bank.kinds import ORGAN_LABELS

TONES: Mapping[DutyState, str] = {
    DutyState.PLANNED: "quiet",
    DutyState.RECTIFYING: "warn",
    DutyState.CLOSED: "good",
    DutyState.DROPPED: "quiet",
}
STEPS: Sequence[tuple[str, frozenset[DutyAct], DutyState | None]] = (
    ("列入计划", frozenset(), None),
    ("通知", frozenset({DutyAct.NOTIFY}), DutyState.PLANNED),
    ("初稿", frozenset({DutyAct.RECEIVE_DRAFT}), DutyState.NOTIFIED),
    ("定稿", frozenset({DutyAct.RECEIVE_FINAL}), DutyState.DRAFT_RECEIVED),
    ("报告", frozenset({DutyAct.REPORT}), DutyState.FINAL_RECEIVED),
    ("测评", frozenset({DutyAct.ASSESS, DutyAct.REASSESS}), DutyState.REPORTED),
    ("反馈", frozenset({DutyAct.SEND_FEEDBACK}), DutyState.ASSESSED),
    ("整改", frozenset({DutyAct.RECEIVE_RECTIFICATION}), DutyState.RECTIFYING),
    ("办结", frozenset({DutyAct.CLOSE}), None),
)
"""The step, the acts that take it, the state in which it is the next."""
REPORT, ASSESS, RECTIFY, CLOSE = 4, 5, 7, 8
HEAD = ("姓名", "职务", "机关", "年度", "方式", "报告日期", "状态", "待办", "期限", "测评结果", "票数", "整改期限")


def tone(state: DutyState) -> str:
    """Return the tone of a state's badge."""
    return TONES.get(state, "info")


def has_left(row: DutyRow | Owed) -> bool:
    """Whether the person holds the post no longer."""
    return row.item.state not in AFTER_ANNOUNCEMENT


def time_left(due_on: date | None, today: date) -> tuple[str, str]:
    """Return tone and words of how long there is until a day: 逾期 3 天, 今天到期, 还有 5 天."""
    if due_on is None:
        return "", ""
    days = (due_on - today).days
    if days < 0:
        return "bad", _("逾期 {days} 天", days=-days)
    words = _("还有 {days} 天", days=days) if days else _("今天到期")
    return ("warn" if days <= 7 else ""), words


def counted(found: Assessment | None) -> str:
    """Return the counts in the order of the grades: 28/1/0."""
    if found is None:
        return ""
    return "/".join(str(found.counts.get(grade, 0)) for grade in from_document(found.scheme).grades)


def lines(rows: Iterable[DutyRow]) -> list[list[str | int]]:
    """Return the rows of the workbook, under HEAD."""
    return [
        [
            row.person.name,
            row.item.post,
            ORGAN_LABELS[row.item.organ_type],
            row.duty.year,
            texts.MODES[row.duty.mode],
            _day(row.duty.reports_on),
            texts.STATES[row.duty.state],
            texts.WAITS_FOR[row.duty.state],
            _day(row.due_on),
            row.assessment.outcome if row.assessment else "",
            counted(row.assessment),
            _day(row.rectification.due_on if row.rectification else None),
        ]
        for row in rows
    ]


def cut(rows: Sequence[Owed], number: int, size: int) -> Page[Owed]:
    """Return one page of rows that are all there already."""
    size = size if size in SIZES else SIZES[-1]
    number = min(max(1, number), max(1, -(-len(rows) // size)))
    return Page(rows=rows[(number - 1) * size : number * size], number=number, size=size, total=len(rows))


def track(row: DutyRow, events: Iterable[DutyEvent], asked: Consequence) -> list[dict[str, str]]:
    """Return the steps of a duty: what was done when, what is next, what was passed over, what is still to come."""
    done = _done(row, events)
    at = _next(row.duty.state, asked)
    due = _due(row)
    needless = {RECTIFY} if row.assessment is not None and asked is Consequence.NONE else set()
    steps = []
    for place, (label, _acts, _state) in enumerate(STEPS):
        over = "skipped" if place < at or place in needless else "waiting"
        state = "current" if place == at else "done" if place in done else over
        when = day(done[place]) if place in done and place != at else ""
        until = _("限{day}", day=day(due[place])) if place in due and place >= at else ""
        steps.append({"label": _(label), "state": state, "date": when or until})
    return steps


def written_day(stored: str) -> str:
    """Write a day out of a record: 2018-03-02 as 2018年3月2日."""
    return day(date.fromisoformat(stored))


def _done(row: DutyRow, events: Iterable[DutyEvent]) -> dict[int, date]:
    days = {0: local_date(row.duty.planned_at)}
    newest_first = list(events)
    for place, (_label, acts, _state) in enumerate(STEPS):
        verbs = {f"duty.{act.value}" for act in acts}
        found = next((event.happened_on for event in newest_first if event.verb in verbs), None)
        if found is not None:
            days[place] = found
    return days


def _next(state: DutyState, asked: Consequence) -> int:
    """Return the place of the step that is next; past the end for a duty that is finished."""
    if state in FINISHED:
        return len(STEPS)
    if state is DutyState.FEEDBACK_SENT:
        return CLOSE if asked is Consequence.NONE else RECTIFY
    if state is DutyState.RECTIFIED:
        return ASSESS if asked in (Consequence.REPORT_AGAIN, Consequence.REFER) else CLOSE
    return next(place for place, (_label, _acts, waits) in enumerate(STEPS) if waits is state)


def _due(row: DutyRow) -> dict[int, date]:
    days = {
        2: row.duty.draft_due_on,
        3: row.duty.final_due_on,
        REPORT: row.duty.reports_on,
        RECTIFY: row.rectification.due_on if row.rectification else None,
    }
    return {place: due for place, due in days.items() if due is not None}


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
