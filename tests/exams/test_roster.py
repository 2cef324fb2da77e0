"""tests.exams.test_roster — who is on the roster, with which number, seat and code; each refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.exams import queries, roster, service
from exam_app.exams.errors import (
    AlreadyOnRoster,
    BlueprintMissing,
    EntryInUse,
    ExamFixed,
    ExamOver,
    NoSuchEntry,
    NoSuchExam,
    RosterFixed,
)
from exam_app.exams.models import RosterEntry
from exam_app.exams.roster import ListedEntry, NewEntry
from exam_app.exams.rules import is_admission_number
from exam_app.exams.seating import code_hash
from exam_app.papers import service as papers
from exam_app.people.errors import NameInvalid, NoSuchPerson
from exam_app.people.models import Person
from exam_app.people.service import RegisterPerson
from exam_app.sittings.models import Sitting
from question_bank.kinds import OrganType
from tests.conftest import NINE
from tests.exams.factories import OPENS, Hall, code_of, make_hall
from tests.factories import make_committee, make_person

GOVERNMENT = OrganType.GOVERNMENT


def _people(hall: Hall) -> list[tuple[str, str]]:
    return [(line.name, line.seat) for line in queries.roster(hall.exam.id)]


def test_entries_get_numbers_seats_and_codes_of_their_own(app: Flask) -> None:
    with transaction():
        hall = make_hall(people=3)

    assert [entry.seat for entry in hall.entries] == ["01", "02", "03"]
    numbers = {entry.admission_number for entry in hall.entries}
    assert len(numbers) == 3
    assert all(is_admission_number(number) for number in numbers)
    codes = roster.codes_for_printing(hall.exam.id, hall.committee.id, MACHINE, NINE)
    for entry in hall.entries:
        assert len(codes[entry.id]) == 8
        assert entry.code_hash == code_hash(entry.admission_number, codes[entry.id])
        assert codes[entry.id].encode() not in entry.code_sealed


def test_later_people_go_on_counting(app: Flask) -> None:
    with transaction():
        hall = make_hall(people=2)
        late = NewEntry(person_id=make_person(hall.committee, "后来者").id, organ_type=GOVERNMENT)
        roster.add_entries(hall.exam.id, hall.committee.id, [late], MACHINE, NINE)

    assert _people(hall)[-1] == ("后来者", "03")


def test_looking_at_codes_is_on_record(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        code_of(hall, hall.entries[0])

    assert db.session.scalar(select(AuditEntry.details).where(AuditEntry.verb == "roster.print_slips")) == {"count": 2}


def test_people_twice_or_of_others_are_refused_and_nobody_is_added(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        fresh = make_person(hall.committee, "新人")
        foreign = make_person(make_committee("乙市人大常委会"), "外人")
    before = _people(hall)
    cases: list[tuple[list[int], type[DomainError]]] = [
        ([fresh.id, fresh.id], AlreadyOnRoster),
        ([fresh.id, hall.entries[0].person_id], AlreadyOnRoster),
        ([fresh.id, foreign.id], NoSuchPerson),
        ([fresh.id, 9999], NoSuchPerson),
    ]
    for person_ids, refusal in cases:
        entries = [NewEntry(person_id=person_id, organ_type=GOVERNMENT) for person_id in person_ids]
        with pytest.raises(refusal), transaction():
            roster.add_entries(hall.exam.id, hall.committee.id, entries, MACHINE, NINE)

    assert _people(hall) == before


def test_announced_exam_takes_only_organs_with_a_blueprint(app: Flask) -> None:
    with transaction():
        hall = make_hall(announced=True)
        judge = make_person(hall.committee, "法官甲")
    with pytest.raises(BlueprintMissing), transaction():
        entry = NewEntry(person_id=judge.id, organ_type=OrganType.COURT)
        roster.add_entries(hall.exam.id, hall.committee.id, [entry], MACHINE, NINE)

    assert len(_people(hall)) == 2


def test_listed_people_are_registered_and_added_in_one_act(app: Flask) -> None:
    with transaction():
        hall = make_hall(people=0)
        known = make_person(hall.committee, "老相识")
    new = RegisterPerson(committee_id=hall.committee.id, name="新 人", unit="甲市卫健委", phone="139-0000-0001")
    listed = [ListedEntry(person=known.id, organ_type=GOVERNMENT), ListedEntry(person=new, organ_type=GOVERNMENT)]
    with transaction():
        roster.add_listed(hall.exam.id, hall.committee.id, listed, MACHINE, NINE)

    assert _people(hall) == [("老相识", "01"), ("新人", "02")]


def test_one_impossible_row_adds_and_registers_nobody(app: Flask) -> None:
    with transaction():
        hall = make_hall(people=0)
    rows = [RegisterPerson(committee_id=hall.committee.id, name=name) for name in ("好人", "1号")]
    with pytest.raises(NameInvalid), transaction():
        listed = [ListedEntry(person=row, organ_type=GOVERNMENT) for row in rows]
        roster.add_listed(hall.exam.id, hall.committee.id, listed, MACHINE, NINE)

    assert _people(hall) == []
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_removed_entry_is_gone_and_on_record(app: Flask) -> None:
    with transaction():
        hall = make_hall()
    gone = hall.entries[0]
    number = gone.admission_number
    with transaction():
        roster.remove_entry(gone.id, hall.committee.id, MACHINE, NINE)

    assert [seat for _name, seat in _people(hall)] == ["02"]
    details = db.session.scalar(select(AuditEntry.details).where(AuditEntry.verb == "roster.remove"))
    assert details is not None and details["admission_number"] == number


def test_replacement_takes_the_seat_under_a_new_number(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        other = make_person(hall.committee, "接替者")
    old = hall.entries[0].admission_number
    with transaction():
        entry = NewEntry(person_id=other.id, organ_type=GOVERNMENT)
        fresh = roster.replace_entry(hall.entries[0].id, hall.committee.id, entry, MACHINE, NINE)

    assert (fresh.seat, fresh.admission_number == old) == ("01", False)
    assert _people(hall)[0][0] == "接替者"


def test_replacement_by_someone_on_the_roster_changes_nothing(app: Flask) -> None:
    with transaction():
        hall = make_hall()
    before = _people(hall)
    with pytest.raises(AlreadyOnRoster), transaction():
        entry = NewEntry(person_id=hall.entries[1].person_id, organ_type=GOVERNMENT)
        roster.replace_entry(hall.entries[0].id, hall.committee.id, entry, MACHINE, NINE)

    assert _people(hall) == before


def test_roster_stands_once_the_start_is_released(app: Flask) -> None:
    with transaction():
        hall = make_hall(announced=True)
        service.release(hall.exam.id, hall.committee.id, MACHINE, OPENS)
    entry = hall.entries[0]
    acts: list[Callable[[], object]] = [
        lambda: roster.remove_entry(entry.id, hall.committee.id, MACHINE, OPENS),
    ]
    for act in acts:
        with pytest.raises(RosterFixed), transaction():
            act()

    assert len(_people(hall)) == 2


def test_entry_that_something_rests_on_stays(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        paper = papers.prepare(papers.drawing_by(hall.blueprint_id), [], "seed", NINE)
        db.session.add(
            Sitting(
                roster_entry_id=hall.entries[0].id,
                paper_id=paper.id,
                started_at=NINE,
                ends_at=NINE + timedelta(hours=1),
                saves_close_at=NINE + timedelta(hours=1),
                last_seen_at=NINE,
                slots=5,
                device_token_hash="x",
            )
        )
    with pytest.raises(EntryInUse), transaction():
        roster.remove_entry(hall.entries[0].id, hall.committee.id, MACHINE, NINE)

    assert len(_people(hall)) == 2


def test_cancelled_and_past_exams_take_nobody(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        fresh = NewEntry(person_id=make_person(hall.committee, "新人").id, organ_type=GOVERNMENT)
    with pytest.raises(ExamOver), transaction():
        roster.add_entries(hall.exam.id, hall.committee.id, [fresh], MACHINE, hall.exam.closes_at)
    with transaction():
        service.cancel(hall.exam.id, hall.committee.id, "改期", MACHINE, NINE)
    with pytest.raises(ExamFixed), transaction():
        roster.add_entries(hall.exam.id, hall.committee.id, [fresh], MACHINE, NINE)
    with pytest.raises(ExamFixed), transaction():
        roster.codes_for_printing(hall.exam.id, hall.committee.id, MACHINE, NINE)

    assert len(_people(hall)) == 2


def test_foreign_entries_and_exams_are_not_found(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        other = make_committee("乙市人大常委会")
    entry, fresh = hall.entries[0], NewEntry(person_id=1, organ_type=GOVERNMENT)
    acts: list[tuple[Callable[[], object], type[DomainError]]] = [
        (lambda: roster.remove_entry(entry.id, other.id, MACHINE, NINE), NoSuchEntry),
        (lambda: roster.replace_entry(entry.id, other.id, fresh, MACHINE, NINE), NoSuchEntry),
        (lambda: roster.add_entries(hall.exam.id, other.id, [fresh], MACHINE, NINE), NoSuchExam),
        (lambda: roster.codes_for_printing(hall.exam.id, other.id, MACHINE, NINE), NoSuchExam),
    ]
    for act, refusal in acts:
        with pytest.raises(refusal), transaction():
            act()

    assert db.session.scalar(select(func.count()).select_from(RosterEntry)) == 2


@pytest.mark.parametrize("people", [1, 3])
def test_roster_is_read_in_one_statement(app: Flask, people: int, count_statements: Callable[[], Any]) -> None:
    with transaction():
        exam_id = make_hall(people).exam.id
    with count_statements() as statements:
        assert len(queries.roster(exam_id)) == people

    assert len(statements) == 1
