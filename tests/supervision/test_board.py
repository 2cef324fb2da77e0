"""tests.supervision.test_board — what runs out: the order, the filters, the figures."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.supervision import queries
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.queries import BoardFigures, RunningOut, Wanted
from exam_app.supervision.states import DutyMode, DutyState
from question_bank.kinds import OrganType
from tests.appointments.factories import make_foreign, make_office
from tests.supervision.factories import TODAY, in_office, make_duty


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


@pytest.fixture
def duties(office: Committee) -> dict[DutyState, ReportDuty]:
    """A duty in every state, those before the report still ahead by as many days as their place; a foreign one."""
    with transaction():
        made = {}
        for place, state in enumerate(DutyState):
            organ = OrganType.COURT if place % 2 else OrganType.GOVERNMENT
            duty = make_duty(in_office(office, f"王{state.value}", "甲市财政局局长", organ), state)
            made[state] = duty
        made[DutyState.PLANNED].draft_due_on = TODAY + timedelta(days=30)
        made[DutyState.NOTIFIED].draft_due_on = TODAY - timedelta(days=3)
        made[DutyState.DRAFT_RECEIVED].final_due_on = TODAY
        made[DutyState.FINAL_RECEIVED].reports_on = TODAY + timedelta(days=14)
        make_duty(in_office(make_foreign()), DutyState.NOTIFIED)
        return made


S = DutyState


def found(office: Committee, **wanted: Any) -> list[DutyState]:
    """Return the states of what the board shows, in its order."""
    return [row[0].state for row in db.session.execute(queries.board(office.id, Wanted(**wanted)))]


def test_overdue_comes_first_and_finished_last(office: Committee, duties: dict[DutyState, ReportDuty]) -> None:
    assert found(office) == [
        *(S.NOTIFIED, S.DRAFT_RECEIVED, S.FINAL_RECEIVED, S.PLANNED, S.RECTIFYING),
        *(S.REPORTED, S.ASSESSED, S.FEEDBACK_SENT, S.RECTIFIED),
        *(S.CLOSED, S.DROPPED),
    ]


def test_board_is_filtered(office: Committee, duties: dict[DutyState, ReportDuty]) -> None:
    assert found(office, state=DutyState.CLOSED) == [DutyState.CLOSED]
    assert found(office, words="王rectified") == [DutyState.RECTIFIED]
    assert found(office, words="100%") == []
    assert len(found(office, organ_type=OrganType.COURT)) == 5
    assert found(office, mode=DutyMode.ORAL) == []
    assert found(office, year=2025) == []
    assert found(office, overdue_on=TODAY) == [DutyState.NOTIFIED]


def test_row_names_the_day_it_waits_for(office: Committee, duties: dict[DutyState, ReportDuty]) -> None:
    rows = {state: queries.get_row(duty.id, office.id) for state, duty in duties.items()}
    assert rows[DutyState.RECTIFYING].due_on == date(2026, 5, 16)
    assert rows[DutyState.FINAL_RECEIVED].due_on == TODAY + timedelta(days=14)
    assert rows[DutyState.REPORTED].due_on is None
    assert rows[DutyState.RECTIFIED].assessment is not None


def test_figures_of_a_year(office: Committee, duties: dict[DutyState, ReportDuty]) -> None:
    assert queries.figures(office.id, 2026, TODAY) == BoardFigures(
        planned=10, reported=6, overdue=1, rectifying=1, since=2026
    )
    assert queries.figures(office.id, 2025, TODAY) == BoardFigures(
        planned=0, reported=0, overdue=1, rectifying=1, since=2026
    )


def test_running_out_counts_what_is_near_or_past(office: Committee, duties: dict[DutyState, ReportDuty]) -> None:
    assert queries.running_out(office.id, TODAY) == RunningOut(3, 1, TODAY - timedelta(days=3))
    assert queries.running_out(office.id, date(2020, 1, 1)) == RunningOut(0, 0, None)
