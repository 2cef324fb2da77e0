"""tests.test_upgrade_keeps_rows — an installation of the first revision goes up with every row, and down again."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from exam_app.appointments.models import Bill, DirectorsDecision, Item, Position
from exam_app.appointments.states import DirectorsOutcome, ExamStep, Form, ItemState
from exam_app.base.db import db, is_sqlite
from exam_app.committees.models import Committee
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingState
from tests.test_migrations import migrated

__all__ = ["migrated"]  # the fixture: the application over a migrated database of either kind

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
ITEM = {"bill_id": 1, "organ_type": "government", "continues_in_post": False, "lateral_move": True}
ROWS: Mapping[str, list[dict[str, Any]]] = {
    "committee": [
        {
            "id": 1,
            "name": "甲市人大常委会",
            "short_name": "甲市",
            "level": "city",
            "region_code": "99",
            "is_demo": False,
        },
        {
            "id": 2,
            "name": "甲县人大常委会",
            "short_name": "甲县",
            "level": "county",
            "region_code": "98",
            "is_demo": False,
        },
    ],
    "term": [{"id": 1, "committee_id": 1, "number": 16, "began_on": DAY}],
    "person": [
        {"id": 1, "committee_id": 1, "name": "王强", "unit": "甲市财政局", "post": "副局长", "created_at": AT},
        {"id": 2, "committee_id": 1, "name": "李敏", "unit": "甲市审计局", "post": "副局长", "created_at": AT},
    ],
    "account": [
        {
            **{"id": 1, "committee_id": 1, "username": "zhuren", "display_name": "主任", "password_hash": "x"},
            **{"state": "active", "must_change": False, "failures": 0, "password_changed_at": AT, "epoch": 0},
            "created_at": AT,
        }
    ],
    "meeting": [
        {"id": 1, "committee_id": 1, "term_id": 1, "kind": "directors", "number": 9, "held_on": DAY, "created_at": AT}
    ],
    "bill": [
        {
            **{"id": 1, "committee_id": 1, "title": "关于提请任免的议案", "submitting_organ": "甲市人民政府"},
            **{"document_number": "甲政〔2026〕8号", "received_on": DAY, "created_at": AT},
        }
    ],
    "position": [
        {
            **{"id": 1, "committee_id": 1, "organ_type": "government", "name": "局长", "form": "decide_appoint"},
            **{"nominator": "市长", "legal_basis": "地方组织法第五十条", "in_scope": True},
        }
    ],
    "item": [
        {
            **ITEM,
            **{"id": 1, "number": 1, "person_id": 1, "position_id": 1, "post": "财政局局长", "form": "decide_appoint"},
            **{"legally_qualified": True, "state": "submitted", "exam_step": "overridden", "announced_on": None},
        },
        {
            **ITEM,
            **{"id": 2, "number": 2, "person_id": 2, "position_id": None, "post": "审计局局长", "form": "remove"},
            **{"legally_qualified": False, "state": "announced", "exam_step": "cleared", "announced_on": DAY},
        },
        {
            **ITEM,
            **{"id": 3, "number": 3, "person_id": 2, "position_id": 1, "post": "民政局局长", "form": "appoint"},
            **{"legally_qualified": False, "state": "withdrawn", "exam_step": "blocked", "announced_on": None},
        },
    ],
    "exam_requirement": [
        {"id": 1, "item_id": 1, "outcome": "required", "rule": "EVERY_NOMINEE", "evidence": "", "decided_at": AT}
    ],
    "item_event": [{"id": 1, "item_id": 1, "verb": "item.add", "at": AT, "actor_id": 1, "details": {"number": 1}}],
    "directors_decision": [
        {"id": 1, "item_id": 1, "meeting_id": 1, "reason": "急需到任", "recorded_by": 1, "recorded_at": AT}
    ],
}


@pytest.fixture
def first(migrated: Flask) -> Flask:
    """The application over a database of the first revision that is in use."""
    db.session.remove()
    downgrade(revision="0001")
    fill(ROWS)
    return migrated


def fill(rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Write the rows as the database now is, without asking the models."""
    known = MetaData()
    known.reflect(db.engine, only=list(rows))
    with db.engine.begin() as connection:
        for name, values in rows.items():
            connection.execute(insert(known.tables[name]), values)


def stored() -> dict[str, list[dict[str, Any]]]:
    """Return what the database holds of the columns that were written."""
    known = MetaData()
    known.reflect(db.engine, only=list(ROWS))
    with db.engine.connect() as connection:
        return {
            name: [
                dict(row._mapping)
                for row in connection.execute(
                    select(*[known.tables[name].c[column] for column in rows[0]]).order_by(known.tables[name].c.id)
                )
            ]
            for name, rows in ROWS.items()
        }


def test_every_row_goes_up_and_says_the_same(first: Flask) -> None:
    before = stored()
    assert [len(rows) for rows in before.values()] == [len(rows) for rows in ROWS.values()]
    upgrade()
    assert stored() == before


def test_what_is_new_is_filled_in_so_that_the_rows_mean_what_they_meant(first: Flask) -> None:
    upgrade()
    meeting = db.session.scalars(select(Meeting)).one()
    assert (meeting.state, meeting.place, meeting.chair) == (MeetingState.PLANNED, "", "")
    assert (meeting.members_total, meeting.present, meeting.held_on) == (None, None, DAY)
    decision = db.session.scalars(select(DirectorsDecision)).one()
    assert (decision.outcome, decision.reason) == (DirectorsOutcome.OVERRIDE, "急需到任")
    submitted, announced, withdrawn = db.session.scalars(select(Item).order_by(Item.id))
    assert [one.state for one in (submitted, announced, withdrawn)] == [
        ItemState.SUBMITTED,
        ItemState.ANNOUNCED,
        ItemState.WITHDRAWN,
    ]
    assert (submitted.exam_step, submitted.form, announced.announced_on) == (
        ExamStep.OVERRIDDEN,
        Form.DECIDE_APPOINT,
        DAY,
    )
    for item in (submitted, announced, withdrawn):
        assert (item.reason, item.ended_on, item.ended_because, item.ends_item_id) == ("", None, "", None)
    assert db.session.scalars(select(Bill.nominator)).one() == ""
    assert db.session.scalars(select(Position.nominator)).one() == "市长"
    assert list(db.session.scalars(select(Committee.code))) == [None, None]


def test_rows_are_held_together_after_the_upgrade(first: Flask) -> None:
    """Copied tables keep their foreign keys, and the connection that copied them checks them again."""
    upgrade()
    if is_sqlite():
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    for statement in ("DELETE FROM bill WHERE id = 1", "UPDATE item SET person_id = 99", "UPDATE item SET state = 'x'"):
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            connection.execute(text(statement))
    assert db.session.scalar(select(func.count(Item.id))) == 3


def test_rows_that_the_first_revision_knows_go_down_again(first: Flask) -> None:
    before = stored()
    upgrade()
    db.session.remove()
    downgrade(revision="0001")
    assert stored() == before
    assert "ends_item_id" not in {column["name"] for column in inspect(db.engine).get_columns("item")}


def test_rows_that_came_further_than_the_first_revision_knows_stop_the_way_down(first: Flask) -> None:
    upgrade(revision="0002")
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE item SET state = 'in_office' WHERE id = 2"))
    tables = set(inspect(db.engine).get_table_names())
    with pytest.raises(IntegrityError):
        downgrade(revision="0001")
    assert set(inspect(db.engine).get_table_names()) == tables
    assert db.session.get_one(Item, 2).state is ItemState.IN_OFFICE
    assert db.session.scalar(select(func.count(Item.id))) == 3
