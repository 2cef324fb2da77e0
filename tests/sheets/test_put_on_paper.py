"""tests.sheets.test_put_on_paper — a person goes on with pen and paper, begins so, or comes back to a screen."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.exams.errors import NoSuchEntry, ReasonMissing
from exam_app.exams.seating import code_hash
from exam_app.exams.states import ExamState
from exam_app.results import service as results
from exam_app.sheets import queries as sheets
from exam_app.sheets import service
from exam_app.sheets.errors import AlreadyOnPaper, NotOnPaper, SheetBegun
from exam_app.sheets.models import PaperTurn
from exam_app.sheets.rules import Stage
from exam_app.sittings import errors
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import RoomEvent, Sitting
from exam_app.sittings.states import LateReason, RoomEventKind, SittingState
from tests.conftest import NINE
from tests.sheets.conftest import Refused
from tests.sheets.factories import COLLECTED, INVIGILATOR, MINUTE, REASON, TURNED, collect, put, sitting_of, verbs
from tests.sittings.factories import MINUTES, Room, answer, begin, make_room


def test_saved_answers_are_kept_for_printing_and_the_device_is_dead(room: Room, sitting: Sitting) -> None:
    put(room)

    turn = db.session.get_one(PaperTurn, sitting.id)
    assert (turn.reason, turn.printed_by, turn.printed_at) == (REASON, 70, TURNED)
    assert turn.printed_answers == {"1": "A", "2": "B"}
    assert (sitting.state, sitting.on_paper_at) == (SittingState.OPEN, TURNED)
    assert answer(sitting, 3, "A", 3, TURNED + MINUTE).late is LateReason.REPLACED_DEVICE
    with pytest.raises(errors.SittingOnPaper):
        begin(room.entries[0], "another", TURNED + MINUTE)
    assert sittings.answers_of(sitting.id) == {1: "A", 2: "B"}


def test_turn_is_on_record_in_the_room_and_in_the_audit(room: Room, sitting: Sitting) -> None:
    put(room)

    event = db.session.scalars(select(RoomEvent).where(RoomEvent.kind == RoomEventKind.PUT_ON_PAPER)).one()
    assert (event.sitting_id, event.actor_id, event.details) == (sitting.id, 70, {"reason": REASON, "saved": 2})
    assert verbs() == ["paper.put"]


def test_time_runs_on(room: Room, sitting: Sitting) -> None:
    put(room)
    assert sitting.ends_at == NINE + MINUTES * MINUTE


def test_person_who_never_began_begins_on_paper_now(room: Room) -> None:
    sitting = put(room, 1)

    assert (sitting.started_at, sitting.ends_at) == (TURNED, TURNED + MINUTES * MINUTE)
    assert room.entries[1].checked_in_at == TURNED
    assert sheets.get_sheet(sitting.id, room.committee.id).printed == {}


def test_person_comes_back_to_a_screen_with_a_new_code_and_may_turn_again(room: Room, sitting: Sitting) -> None:
    put(room)
    committee_id, old = room.committee.id, room.entries[0].code_hash
    with transaction():
        code = service.back_to_screen(sitting.id, committee_id, "找到备用电脑", INVIGILATOR, TURNED + MINUTE)

    entry = room.entries[0]
    assert entry.code_hash == code_hash(entry.admission_number, code) != old
    begin(entry, "second", TURNED + 2 * MINUTE)
    answer(sitting, 3, "A", 3, TURNED + 2 * MINUTE, "second")
    assert sheets.sheets_of(room.exam.id) == []
    put(room, now=TURNED + 3 * MINUTE, reason="又坏了")
    assert sheets.get_sheet(sitting.id, committee_id).printed == {1: "A", 2: "B", 3: "A"}
    assert verbs() == ["paper.put", "paper.back", "paper.put"]


def test_second_turn_is_refused(room: Room, sitting: Sitting, refused: Refused) -> None:
    put(room)
    refused(AlreadyOnPaper, lambda: put(room))
    collect(room, sitting)
    refused(AlreadyOnPaper, lambda: put(room))


@pytest.mark.parametrize("reason", ["", "  ", "由" * 201])
def test_reason_is_needed_and_short(room: Room, sitting: Sitting, refused: Refused, reason: str) -> None:
    refused(ReasonMissing, lambda: put(room, reason=reason))


def test_other_committees_person_is_not_found(room: Room, sitting: Sitting, refused: Refused) -> None:
    other, entry_id = make_room(name="乙市人大常委会").committee.id, room.entries[0].id

    def act() -> None:
        with transaction():
            service.put_on_paper(entry_id, other, REASON, INVIGILATOR, TURNED)

    refused(NoSuchEntry, act)


def test_closed_and_run_out_sittings_do_not_turn(room: Room, sitting: Sitting, refused: Refused) -> None:
    refused(errors.SittingClosed, lambda: put(room, now=sitting.saves_close_at + timedelta(seconds=1)))
    with transaction():
        results.finish(sitting.id, TURNED)
    refused(errors.SittingClosed, lambda: put(room))


def test_nobody_begins_on_paper_before_release_or_too_late(room: Room, refused: Refused) -> None:
    refused(errors.TooLate, lambda: put(room, now=room.exam.closes_at))
    with transaction():
        room.exam.released_at = None
    refused(errors.NotReleased, lambda: put(room))
    with transaction():
        room.exam.released_at, room.exam.state = NINE, ExamState.CANCELLED
    refused(errors.ExamCancelled, lambda: put(room))
    assert sittings.find_of_entry(room.entries[0].id) is None


def back(room: Room, sitting_id: int) -> None:
    committee_id = room.committee.id
    with transaction():
        service.back_to_screen(sitting_id, committee_id, "备用电脑", INVIGILATOR, COLLECTED)


def test_collected_sheet_does_not_come_back(room: Room, sheet: Sitting, refused: Refused) -> None:
    refused(SheetBegun, lambda: back(room, sheet.id))


def test_screen_does_not_come_back_to_a_screen(room: Room, sitting: Sitting, refused: Refused) -> None:
    refused(errors.NoSuchSitting, lambda: back(room, sitting.id))
    refused(errors.NoSuchSitting, lambda: collect(room, sitting))


def test_other_committees_sheet_is_not_found(room: Room, sitting: Sitting, refused: Refused) -> None:
    put(room)
    other = make_room(name="乙市人大常委会")
    refused(errors.NoSuchSitting, lambda: back(other, sitting.id))
    refused(errors.NoSuchSitting, lambda: collect(other, sitting))


def test_collecting_closes_the_sitting_once(room: Room, sitting: Sitting) -> None:
    put(room)
    collect(room, sitting)
    collect(room, sitting, COLLECTED + MINUTE)

    assert sitting_of(room.entries[0]).state is SittingState.SUBMITTED
    assert sitting.closed_at == COLLECTED
    assert sheets.get_sheet(sitting.id, room.committee.id).stage is Stage.FIRST
    assert verbs() == ["paper.put", "paper.collect"]


def test_voided_sheet_waits_for_nobody(room: Room, sheet: Sitting) -> None:
    committee_id = room.committee.id
    with transaction():
        results.void(results.finish(sheet.id, COLLECTED).result_id, committee_id, "替考", INVIGILATOR, COLLECTED)

    row = sheets.get_sheet(sheet.id, committee_id)
    assert row.stage is Stage.VOIDED and sheets.unsettled(committee_id) == []
    with pytest.raises(NotOnPaper):
        service.check_reader(row, INVIGILATOR)
    with pytest.raises(NotOnPaper):
        service.check_settler(row, INVIGILATOR)
