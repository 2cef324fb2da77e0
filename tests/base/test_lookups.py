"""tests.base.test_lookups — what is looked up past the session: typed values, of what is committed, from any thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, select, text

from exam_app.base.db import db, transaction
from exam_app.base.lane import lane
from exam_app.base.lookups import Lookup
from exam_app.committees.rules import LocalRules, from_document
from exam_app.exams.models import Exam
from exam_app.exams.states import ExamState
from exam_app.papers.models import PaperSlot
from exam_app.people.models import Account
from exam_app.people.states import Role
from tests.conftest import NINE
from tests.factories import make_account
from tests.sittings.factories import Room, make_room

EXAM = Lookup(
    "test_exam",
    select(Exam.id, Exam.title, Exam.opens_at, Exam.state, Exam.rules, Exam.makeup_of_id).where(
        Exam.id == bindparam("exam"), Exam.state == ExamState.ANNOUNCED
    ),
)
ACCOUNTS = Lookup("test_accounts", select(Account.id, Account.must_change).order_by(Account.id))


@pytest.fixture
def room(app: Flask) -> Room:
    """An exam as rows."""
    return make_room()


def ask_exam(exam_id: int) -> list[tuple[Any, ...]]:
    return EXAM.rows(exam=exam_id)


def test_values_are_what_the_columns_stand_for(room: Room) -> None:
    exam_id = room.exam.id
    rules = LocalRules(early_hand_in_minutes=0).to_document()
    [(number, title, opens_at, state, document, makeup_of)] = ask_exam(exam_id)
    assert (number, title, opens_at, makeup_of) == (exam_id, "任前法律知识考试", NINE, None)
    assert opens_at.tzinfo is not None and state is ExamState.ANNOUNCED
    assert from_document(document).to_document() == rules


def test_truth_is_truth_on_both_databases(room: Room) -> None:
    with transaction():
        calm = make_account(room.committee, Role.OFFICER)
        pressed = make_account(room.committee, Role.DIRECTOR)
        calm.must_change, pressed.must_change = False, True
    known = dict(ACCOUNTS.rows())
    assert (known[calm.id], known[pressed.id]) == (False, True)


def test_what_does_not_fit_gives_no_row(room: Room) -> None:
    exam_id = room.exam.id
    assert ask_exam(exam_id + 1) == []
    with transaction():
        db.session.get_one(Exam, exam_id).state = ExamState.CANCELLED
    assert ask_exam(exam_id) == []


def test_only_what_is_committed_is_seen(room: Room) -> None:
    exam_id = room.exam.id
    with transaction():
        db.session.get_one(Exam, exam_id).title = "补考"
        db.session.flush()
        assert ask_exam(exam_id)[0][1] == "任前法律知识考试"
    assert ask_exam(exam_id)[0][1] == "补考"


def test_every_thread_may_ask(app: Flask, room: Room) -> None:
    exam_id = room.exam.id

    def ask(_turn: int) -> datetime:
        with app.app_context():
            return ask_exam(exam_id)[0][2].astimezone(UTC)

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(60))) == {NINE}


def test_two_of_one_name_do_not_answer_for_each_other(room: Room) -> None:
    one, other = Lookup("same", select(Exam.id)), Lookup("same", select(Exam.title))
    for _turn in range(2):
        assert one.rows() == [(room.exam.id,)]
        assert other.rows() == [("任前法律知识考试",)]


def test_column_that_nothing_reads_is_refused(app: Flask) -> None:
    with pytest.raises(TypeError, match="ask the session"):
        Lookup("marks", select(PaperSlot.marks)).rows()


@pytest.mark.postgresql
def test_connection_that_died_is_opened_anew(postgres_app: Flask) -> None:
    exam_id = make_room().exam.id
    assert len(ask_exam(exam_id)) == 1
    road: Any = lane()
    own = road._kept.connection.info.backend_pid
    db.session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
    db.session.rollback()
    assert len(ask_exam(exam_id)) == 1
