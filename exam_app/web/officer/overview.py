"""web.officer.overview — one page of truth before a meeting: who is nominated, how the exam went, who is blocked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from exam_app.appointments.states import MUST_SIT, UNDECIDED, ExamStep, Form, ItemState, Requirement
from exam_app.committees.rules import LocalRules
from exam_app.meetings.states import MeetingKind
from exam_app.people.states import Role
from exam_app.proceedings import queries as proceedings
from exam_app.proceedings.queries import AgendaRow, standing_of
from exam_app.proceedings.track import StepState, track
from exam_app.submissions.queries import objections_among
from exam_app.texts.proceedings import NOTES
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.desk import DESK
from exam_app.web.officer.desk_facts import MeetingDesk
from exam_app.web.officer.desk_steps import open_desk
from exam_app.web.officer.objection_words import told
from exam_app.web.who import allow
from question_bank.kinds import OrganType

MOST = 50
"""How many lines a list of the page has: whoever has hundreds reads them by bill."""


@dataclass(frozen=True)
class Blocked:
    """Somebody who cannot go on, and what stands in the way."""

    row: AgendaRow
    why: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The figures and the lists of the page."""

    forms: list[Form]
    table: list[tuple[OrganType, list[int]]]
    totals: list[int]
    to_sit: int
    steps: Counter[ExamStep]
    exempt: list[AgendaRow]
    blocked: list[Blocked]


def overview_of(rows: Sequence[AgendaRow], rules: LocalRules) -> Overview:
    """Count nominations by organ and form, and sort out who passed, who need not sit, who is blocked."""
    forms = [form for form in Form if any(row.item.form is form for row in rows)]
    counts = Counter((row.item.organ_type, row.item.form) for row in rows)
    organs = [organ for organ in OrganType if any(row.item.organ_type is organ for row in rows)]
    sitting = [row for row in rows if row.requirement.outcome in MUST_SIT]
    return Overview(
        forms=forms,
        table=[(organ, [counts[organ, form] for form in forms]) for organ in organs],
        totals=[sum(row.item.form is form for row in rows) for form in forms],
        to_sit=len(sitting),
        steps=Counter(row.item.exam_step for row in sitting),
        exempt=[row for row in rows if row.requirement.outcome is Requirement.EXEMPT],
        blocked=[found for row in rows if (found := _blocked(row, rules))],
    )


def _blocked(row: AgendaRow, rules: LocalRules) -> Blocked | None:
    if row.item.state not in UNDECIDED | {ItemState.VOTED_FAILED}:
        return None
    stops = [step for step in track(standing_of(row), rules) if step.state is StepState.BLOCKED]
    return Blocked(row, "".join(NOTES[step.note] for step in stops if step.note)) if stops else None


def _blocked_elsewhere(desk: MeetingDesk) -> list[Blocked]:
    """Return who is blocked and on no agenda yet, as long as the directors may still take them up."""
    if not desk.is_directors or desk.is_closed:
        return []
    on_it = {row.item.id for row in desk.rows}
    candidates = proceedings.candidates_for_agenda(who.committee_id(), MeetingKind.DIRECTORS)
    others = (row for row in candidates if row.item.id not in on_it)
    return [found for row in others if (found := _blocked(row, desk.rules))]


@bp.get(DESK + "/overview")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_overview(meeting_id: int) -> ResponseReturnValue:
    """Show the directors what they decide about."""
    desk = open_desk(meeting_id)
    found = objections_among(who.committee_id(), [row.item.id for row in desk.rows], desk.today)
    questioned = [row for row in desk.rows if row.item.id in found]
    return render_template(
        "officer/meeting_overview.html",
        desk=desk,
        overview=overview_of(desk.rows, desk.rules),
        questioned=len(questioned),
        objections=[(row, told(found[row.item.id])) for row in questioned[:MOST]],
        elsewhere=_blocked_elsewhere(desk),
        most=MOST,
    )
