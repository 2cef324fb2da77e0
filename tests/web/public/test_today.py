"""tests.web.public.test_today — what needs a hand is listed for whoever can do it, urgent first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from exam_app.bank.models import QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.exams.models import Exam, RosterEntry
from exam_app.people.models import Account
from exam_app.people.states import Role
from exam_app.results import service as results
from exam_app.supervision.states import DutyState
from tests.appointments.factories import make_office
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee
from tests.sittings.factories import Room, begin, make_room
from tests.supervision.factories import in_office, make_duty


def today(app: Flask, committee: Committee, *roles: Role) -> str:
    """Return the page as a fresh account with the roles sees it."""
    with transaction():
        account = make_account(committee, *roles, username="-".join(role.value[:4] for role in roles))
    return browser_of(app, account).get("/today").get_data(as_text=True)


@pytest.fixture
def room(app: Flask) -> Room:
    """An exam that runs, with one person."""
    return make_room()


def test_nothing_to_do_says_so(app: Flask) -> None:
    with transaction():
        committee = make_committee()
    assert "现在没有要办的事" in today(
        app, committee, *(role for role in Role if "admin" not in role and role != "marker")
    )


def test_running_exam_leads_to_the_board(app: Flask, room: Room) -> None:
    page = today(app, room.committee, Role.INVIGILATOR)
    assert "正在进行" in page and f"/exams/{room.exam.id}/board" in page


def test_unreleased_exam_waits_for_the_invigilator(app: Flask, room: Room) -> None:
    with transaction():
        db.session.get_one(Exam, room.exam.id).released_at = None
    assert "等待放行" in today(app, room.committee, Role.INVIGILATOR)


def test_exam_that_is_ready_and_days_away_needs_no_hand(app: Flask, room: Room) -> None:
    with transaction():
        exam = db.session.get_one(Exam, room.exam.id)
        exam.released_at, exam.opens_at, exam.closes_at = None, NINE + timedelta(days=5), NINE + timedelta(days=6)
    assert "现在没有要办的事" in today(app, room.committee, Role.EXAMINER)


def test_exam_without_people_or_blueprint_is_named(app: Flask, room: Room) -> None:
    with transaction():
        exam = db.session.get_one(Exam, room.exam.id)
        exam.released_at, exam.opens_at, exam.closes_at = None, NINE + timedelta(days=5), NINE + timedelta(days=6)
        db.session.get_one(RosterEntry, room.entries[0].id).organ_type = "court"  # type: ignore[assignment]
    page = today(app, room.committee, Role.EXAMINER)
    assert "1 类机关的考生没有组卷方案" in page and "5 天后开考" in page

    with transaction():
        db.session.delete(db.session.get_one(RosterEntry, room.entries[0].id))
    assert "名单还是空的" in today(app, room.committee, Role.EXAMINER, Role.OFFICER)


def test_marked_results_wait_for_someone_who_did_not_set_the_exam(app: Flask, room: Room, clock: FixedClock) -> None:
    sitting = begin(room.entries[0])
    with transaction():
        results.finish(sitting.id, NINE + timedelta(hours=3))
    with transaction():
        for result_id in results.queries.list_waiting():
            results.mark(result_id, NINE + timedelta(hours=3))
    clock.advance(timedelta(hours=3))

    page = today(app, room.committee, Role.DIRECTOR)
    assert "1 人的成绩待发布" in page and "核对并发布" in page

    with transaction():
        setter = make_account(room.committee, Role.EXAMINER, username="setter")
        db.session.get_one(Exam, room.exam.id).set_by = setter.id
    assert "须由另一人发布" in browser_of(app, setter).get("/today").get_data(as_text=True)


def test_drafts_wait_for_a_reviewer_who_did_not_write_them(app: Flask, room: Room) -> None:
    with transaction():
        author = make_account(room.committee, Role.AUTHOR, Role.REVIEWER, username="author")
        version = db.session.query(QuestionVersion).first()
        assert version is not None
        version.author_id, version.state = author.id, VersionState.IN_REVIEW

    assert "1 道试题待审核" in today(app, room.committee, Role.REVIEWER)
    assert "待审核" not in browser_of(app, author).get("/today").get_data(as_text=True)


def test_draft_that_was_sent_back_waits_for_its_author(app: Flask, room: Room) -> None:
    with transaction():
        author = make_account(room.committee, Role.AUTHOR, username="author")
        version = db.session.query(QuestionVersion).first()
        assert version is not None
        version.author_id, version.state, version.review_note = author.id, VersionState.DRAFT, "选项 C 也说得通"

    assert "1 道试题被退回修改" in browser_of(app, author).get("/today").get_data(as_text=True)
    assert "被退回" not in today(app, room.committee, Role.AUTHOR)


def test_locked_account_waits_for_the_system_administrator(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        make_account(committee, Role.OFFICER, username="clerk").locked_until = NINE + timedelta(minutes=9)

    assert "1 个账号被锁定" in today(app, committee, Role.SYSTEM_ADMINISTRATOR)
    assert "被锁定" not in today(app, committee, Role.EXAMINER)


def test_matters_of_another_committee_are_not_shown(app: Flask, room: Room) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")
    assert "现在没有要办的事" in today(app, other, Role.INVIGILATOR, Role.EXAMINER, Role.REVIEWER, Role.DIRECTOR)


@pytest.mark.parametrize("people", [1, 3])
def test_page_costs_a_handful_of_statements(app: Flask, count_statements: Callable[[], Any], people: int) -> None:
    room = make_room(people)
    roles = [role for role in Role if "admin" not in role and role is not Role.MARKER] + [Role.SYSTEM_ADMINISTRATOR]
    with transaction():
        account: Account = make_account(room.committee, *roles, username="all")
    browser = browser_of(app, account)
    with count_statements() as statements:
        browser.get("/today")
    assert len(statements) <= 15, "one for each kind of work that may wait, and who is asking"


def test_reports_that_run_out_are_listed(app: Flask) -> None:
    with transaction():
        office = make_office()
        make_duty(in_office(office), DutyState.NOTIFIED)
    page = today(app, office, Role.DIRECTOR)
    assert "任后监督有 1 项到期或将到期" in page and "其中 1 项已逾期" in page
    assert "任后监督有" not in today(app, office, Role.EXAMINER)
