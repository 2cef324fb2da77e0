"""tests.exams.test_seating — opening a seat, and what the invigilator does to it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.exams import queries, seating
from exam_app.exams.errors import ExtraTimeInvalid, NoSuchEntry, ReasonMissing
from exam_app.exams.seating import SeatOutcome
from exam_app.exams.states import Absence
from exam_app.people.models import LoginAttempt
from exam_app.people.states import SignIn
from tests.exams.factories import OPENS, Hall, code_of, make_hall
from tests.factories import make_committee

MINUTE = timedelta(minutes=1)


def _enter(hall: Hall, code: str, minutes: int = 0) -> SeatOutcome:
    with transaction():
        number = hall.entries[0].admission_number
        return seating.enter(number, code, "10.0.0.1", OPENS + minutes * MINUTE)


def _hall(announced: bool = True) -> tuple[Hall, str]:
    with transaction():
        hall = make_hall(announced=announced)
        return hall, code_of(hall, hall.entries[0])


def test_right_code_opens_the_seat_however_it_is_typed(app: Flask) -> None:
    hall, code = _hall()

    for typed in (code, code.lower(), f" {code[:4]}-{code[4:]} "):
        assert _enter(hall, typed).outcome is SignIn.ACCEPTED


@pytest.mark.parametrize(("minutes", "opens"), [(-31, False), (-30, True), (119, True), (120, False)])
def test_seat_opens_only_in_the_window(app: Flask, minutes: int, opens: bool) -> None:
    hall, code = _hall()
    attempt = _enter(hall, code, minutes)

    assert (attempt.outcome is SignIn.ACCEPTED) is opens
    assert (attempt.entrance is None) is opens
    assert db.session.scalars(select(LoginAttempt.outcome)).one() is attempt.outcome


@pytest.mark.parametrize(("days", "opens"), [(1, True), (29, True), (31, False)])
def test_whoever_checked_in_may_come_back_for_the_result(app: Flask, days: int, opens: bool) -> None:
    hall, code = _hall()
    with transaction():
        seating.check_in(hall.entries[0].id, hall.committee.id, MACHINE, OPENS)

    assert (_enter(hall, code, days * 24 * 60).outcome is SignIn.ACCEPTED) is opens


def test_wrong_code_says_nothing_of_the_times(app: Flask) -> None:
    hall, _code = _hall()

    assert _enter(hall, "AAAAAAAA", -600) == SeatOutcome(SignIn.WRONG)


def test_draft_exam_opens_no_seat(app: Flask) -> None:
    hall, code = _hall(announced=False)

    assert _enter(hall, code).outcome is SignIn.DISABLED


def test_ten_wrong_codes_lock_until_the_invigilator_unlocks(app: Flask) -> None:
    hall, code = _hall()
    for minute in range(10):
        assert _enter(hall, "AAAAAAAA", minute).outcome is SignIn.WRONG
    assert _enter(hall, code, 11).outcome is SignIn.LOCKED
    with transaction():
        seating.unlock(hall.entries[0].id, hall.committee.id, MACHINE, OPENS)

    assert _enter(hall, code, 13).outcome is SignIn.ACCEPTED


def test_new_code_ends_the_old_one_and_its_session(app: Flask) -> None:
    hall, code = _hall()
    entry = hall.entries[0]
    assert queries.find_seat(entry.id, 1) is not None
    with transaction():
        fresh = seating.replace_code(entry.id, hall.committee.id, MACHINE, OPENS)

    assert queries.find_seat(entry.id, 1) is None
    assert _enter(hall, code).outcome is SignIn.WRONG
    assert _enter(hall, fresh).outcome is SignIn.ACCEPTED
    with transaction():
        assert code_of(hall, entry) == fresh


def test_first_check_in_stands_and_ends_an_absence(app: Flask) -> None:
    hall, _code = _hall()
    entry = hall.entries[0]
    with transaction():
        seating.set_absence(entry.id, hall.committee.id, Absence.UNEXCUSED, "未到场", MACHINE, OPENS)
    for minutes in (0, 5):
        with transaction():
            seating.check_in(entry.id, hall.committee.id, MACHINE, OPENS + minutes * MINUTE)

    assert (entry.checked_in_at, entry.absence, entry.absence_reason) == (OPENS, Absence.NONE, "")


def test_extra_time_adds_up_and_is_on_record(app: Flask) -> None:
    hall, _code = _hall()
    entry = hall.entries[0]
    for minutes in (10, 5):
        with transaction():
            seating.set_extra_time(entry.id, hall.committee.id, minutes, "停电", MACHINE, OPENS)

    assert entry.extra_minutes == 15
    details = db.session.scalars(select(AuditEntry.details).where(AuditEntry.verb == "seat.extra_time")).all()
    assert [(each["minutes"], each["reason"]) for each in details] == [(10, "停电"), (5, "停电")]


@pytest.mark.parametrize("minutes", [0, -5, 121])
def test_impossible_extra_time_changes_nothing(app: Flask, minutes: int) -> None:
    hall, _code = _hall()
    with pytest.raises(ExtraTimeInvalid), transaction():
        seating.set_extra_time(hall.entries[0].id, hall.committee.id, minutes, "停电", MACHINE, OPENS)

    assert hall.entries[0].extra_minutes == 0


def test_extra_time_and_absence_need_a_reason(app: Flask) -> None:
    hall, _code = _hall()
    entry = hall.entries[0]
    with pytest.raises(ReasonMissing), transaction():
        seating.set_extra_time(entry.id, hall.committee.id, 5, " ", MACHINE, OPENS)
    with pytest.raises(ReasonMissing), transaction():
        seating.set_absence(entry.id, hall.committee.id, Absence.EXCUSED, "长" * 201, MACHINE, OPENS)

    assert (entry.extra_minutes, entry.absence) == (0, Absence.NONE)


def test_foreign_seats_are_not_found(app: Flask) -> None:
    hall, code = _hall()
    with transaction():
        other = make_committee("乙市人大常委会").id
    entry_id = hall.entries[0].id
    acts: list[Callable[[], object]] = [
        lambda: seating.replace_code(entry_id, other, MACHINE, OPENS),
        lambda: seating.unlock(entry_id, other, MACHINE, OPENS),
        lambda: seating.check_in(entry_id, other, MACHINE, OPENS),
        lambda: seating.set_extra_time(entry_id, other, 5, "停电", MACHINE, OPENS),
        lambda: seating.set_absence(entry_id, other, Absence.EXCUSED, "病假", MACHINE, OPENS),
    ]
    for act in acts:
        with pytest.raises(NoSuchEntry), transaction():
            act()

    assert _enter(hall, code).outcome is SignIn.ACCEPTED
