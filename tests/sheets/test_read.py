"""tests.sheets.test_read — two people read a sheet, each once; what cannot be right is refused with nothing changed."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.base.db import db
from exam_app.results.paper import Read
from exam_app.sheets import errors
from exam_app.sheets import queries as sheets
from exam_app.sheets.models import PaperEntry
from exam_app.sheets.rules import Fault, Stage
from exam_app.sittings.errors import NoSuchSitting
from exam_app.sittings.models import Sitting
from tests.sheets.conftest import Refused
from tests.sheets.factories import BLANKS, CHIEF, ONE, OTHER, READ, code_of, put, read, read_twice, reading, verbs
from tests.sittings.factories import Room, make_room

TYPED = {1: "A", 2: "B", 3: "CA", 5: "b"}


def test_first_reading_is_kept_and_settles_nothing(room: Room, sheet: Sitting) -> None:
    assert read(reading(room, sheet, TYPED)) == Read(False, ())

    entry = db.session.scalars(select(PaperEntry)).one()
    assert (entry.sitting_id, entry.entered_by, entry.entered_at) == (sheet.id, 71, READ)
    assert entry.answers == {"1": "A", "2": "B", "3": "AC", "4": "", "5": "B"}
    assert sheets.get_sheet(sheet.id, room.committee.id).stage is Stage.SECOND


def test_audit_says_that_it_was_read_but_not_what(room: Room, sheet: Sitting) -> None:
    read(reading(room, sheet, TYPED))
    line = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "paper.read")).one()
    assert (line.details["reading"], line.details["answered"]) == (1, 4)
    assert set(line.details) == {"reading", "answered", "digest"} and "AC" not in json.dumps(line.details)[:40]


def test_equal_second_reading_settles_the_sheet(room: Room, sheet: Sitting) -> None:
    assert read_twice(room, sheet, TYPED, {**TYPED, 3: "ａ c"}) == Read(True, ())
    row = sheets.get_sheet(sheet.id, room.committee.id)
    assert (row.stage, row.settled_by) == (Stage.SETTLED, OTHER.account_id)
    assert verbs() == ["paper.put", "paper.collect", "paper.read", "paper.read", "paper.settle"]


def test_differing_second_reading_waits_for_the_chief(room: Room, sheet: Sitting) -> None:
    assert read_twice(room, sheet, TYPED, {**TYPED, 2: "C", 4: "D"}) == Read(True, (2, 4))
    row = sheets.get_sheet(sheet.id, room.committee.id)
    assert (row.stage, row.differing, row.settled_answers) == (Stage.DIFFERS, (2, 4), None)


def test_code_is_read_as_it_is_typed(room: Room, sheet: Sitting) -> None:
    code = code_of(sheet).lower()
    read(reading(room, sheet, TYPED, sheet_code=f" {code[:4]}-{code[4:]} "))
    assert db.session.scalars(select(PaperEntry)).one().entered_by == ONE.account_id


def test_sheet_that_is_not_collected_is_refused(room: Room, sitting: Sitting, refused: Refused) -> None:
    put(room)
    refused(errors.SheetNotCollected, lambda: read(reading(room, sitting, TYPED)))


def test_sitting_that_is_not_on_paper_is_not_found(room: Room, sitting: Sitting, refused: Refused) -> None:
    refused(NoSuchSitting, lambda: read(reading(room, sitting, TYPED)))


def test_other_committees_sheet_is_not_found(room: Room, sheet: Sitting, refused: Refused) -> None:
    other = make_room(name="乙市人大常委会")
    refused(NoSuchSitting, lambda: read(reading(other, sheet, TYPED)))


def test_same_person_reads_once(room: Room, sheet: Sitting, refused: Refused) -> None:
    read(reading(room, sheet, TYPED))
    refused(errors.SheetReadByYou, lambda: read(reading(room, sheet, TYPED)))


def test_third_reading_is_refused(room: Room, sheet: Sitting, refused: Refused) -> None:
    read_twice(room, sheet, TYPED, {})
    refused(errors.SheetReadTwice, lambda: read(reading(room, sheet, TYPED), CHIEF))


def test_settled_sheet_is_not_read_again(room: Room, sheet: Sitting, refused: Refused) -> None:
    read_twice(room, sheet, TYPED, TYPED)
    refused(errors.SheetSettled, lambda: read(reading(room, sheet, TYPED), CHIEF))


def test_code_of_another_sheet_is_refused(room: Room, sheet: Sitting, refused: Refused) -> None:
    others = code_of(put(room, 1))
    assert others != code_of(sheet)
    for code in (others, "", code_of(sheet)[:-1]):
        command = reading(room, sheet, TYPED, sheet_code=code)
        refused(errors.SheetCodeWrong, lambda command=command: read(command))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("slot", "typed", "fault"),
    [
        (1, "", Fault.NOTHING),
        (1, "X", Fault.NO_LETTERS),
        (1, "7", Fault.NO_LETTERS),
        (1, "E", Fault.BEYOND),
        (5, "C", Fault.BEYOND),
        (1, "AB", Fault.ONLY_ONE),
        (3, "AA", Fault.TWICE),
        (3, "A-", Fault.NO_LETTERS),
    ],
)
def test_wrong_letters_are_named_by_question(
    room: Room, sheet: Sitting, refused: Refused, slot: int, typed: str, fault: Fault
) -> None:
    refusal = refused(errors.ReadingInvalid, lambda: read(reading(room, sheet, {slot: typed})))
    assert refusal.facts == {"count": 1, "faults": {slot: fault}}


def test_nothing_typed_is_wrong_at_every_question(room: Room, sheet: Sitting, refused: Refused) -> None:
    refusal = refused(errors.ReadingInvalid, lambda: read(replace(reading(room, sheet, {}), typed={9: "A"})))
    assert refusal.facts["faults"] == dict.fromkeys(BLANKS, Fault.NOTHING)
