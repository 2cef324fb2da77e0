"""tests.sheets.test_settle — what stands on a sheet counts once it is settled, and is marked by the same rules."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import Actor
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.jobs import sweep
from exam_app.results import errors as result_errors
from exam_app.results import queries
from exam_app.results import service as results
from exam_app.results.models import LateDecision, Result
from exam_app.results.states import ResultState
from exam_app.sheets import errors
from exam_app.sheets import queries as sheets
from exam_app.sheets.service import AGREED
from exam_app.sittings import queries as sittings
from exam_app.sittings.errors import NoSuchSitting
from exam_app.sittings.models import LateEvent, RoomEvent, Sitting
from exam_app.sittings.rules import seal
from exam_app.sittings.states import LateReason, RoomEventKind, SittingState
from tests.conftest import NINE
from tests.results.factories import publish, right_answers, sit, sit_and_mark
from tests.sheets.conftest import Refused
from tests.sheets.factories import (
    CHIEF,
    COLLECTED,
    MINUTE,
    ONE,
    READ,
    collect,
    put,
    read,
    read_twice,
    reading,
    right_of,
    settle,
    settling,
    wrong,
)
from tests.sittings.factories import Room, answer, begin, make_room

WHY = "对照卷面，第二遍看错"
ONE_MORE = Actor(74, "副主监考")


def result_of(sitting: Sitting) -> Result:
    return db.session.scalars(select(Result).where(Result.sitting_id == sitting.id)).one()


def test_marks_of_a_settled_sheet_are_those_of_an_independent_count(room: Room) -> None:
    sitting = begin(room.entries[0])
    right = right_answers(sitting)
    for slot in (1, 2):
        answer(sitting, slot, right[slot] if slot == 1 else wrong(right[slot]), slot)
    put(room)
    collect(room, sitting)
    written = {1: right[1], 2: right[2], 3: right[3], 4: "-", 5: wrong(right[5])}
    read_twice(room, sitting, written, {**written, 3: wrong(right[3])})
    settle(settling(room, sitting, q3=(right[3], WHY)))

    assert right_of(written, sitting) == 3
    result = result_of(sitting)
    assert (result.state, result.score, result.passed) == (ResultState.MARKED, 60, True)
    assert [row.marks for row in queries.marks_of(result.id)] == [20, 20, 20, 0, 0]


def test_equal_marks_on_paper_and_on_screen(room: Room) -> None:
    at_screen = sit_and_mark(room.entries[1], 4)
    sitting = begin(room.entries[0])
    right = right_answers(sitting)
    put(room)
    collect(room, sitting)
    written = {slot: letters if slot <= 4 else "-" for slot, letters in right.items()}
    read_twice(room, sitting, written, written)

    on_paper = result_of(sitting)
    assert (on_paper.score, on_paper.band) == (at_screen.score, at_screen.band) == (80, at_screen.band)


def test_only_what_the_sheet_changes_is_kept_each_with_its_reason(room: Room, sheet: Sitting) -> None:
    read_twice(room, sheet, {1: "A", 2: "-", 3: "AB"}, {1: "A", 2: "-", 3: "AC"})
    settle(settling(room, sheet, q3=("c a", WHY)))

    late = db.session.scalars(select(LateEvent).order_by(LateEvent.slot)).all()
    assert [(each.slot, each.response, each.reason) for each in late] == [
        (2, "", LateReason.ON_PAPER),
        (3, "AC", LateReason.ON_PAPER),
    ]
    reasons = dict(
        db.session.execute(
            select(LateEvent.slot, LateDecision.reason).join(LateEvent, LateEvent.id == LateDecision.late_event_id)
        ).all()
    )
    assert reasons == {2: AGREED, 3: WHY}
    assert queries.counting_answers(sheet.id) == {1: "A", 2: "", 3: "AC"}


def test_settlement_is_on_record_and_the_seal_stays(room: Room, sheet: Sitting) -> None:
    before = sheet.seal
    read_twice(room, sheet, {1: "A", 4: "B"}, {1: "A"})
    settle(settling(room, sheet, q2=("", ""), q4=("-", WHY)))

    row = sheets.get_sheet(sheet.id, room.committee.id)
    assert (row.settled_by, row.settled_at) == (CHIEF.account_id, READ + MINUTE)
    assert row.settled_answers == {"1": "A", "2": "", "3": "", "4": "", "5": ""}
    line = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "paper.settle")).one()
    assert line.details == {"differences": [f"4: B / - → - {WHY}"]}
    event = db.session.scalars(select(RoomEvent).where(RoomEvent.kind == RoomEventKind.PAPER_SETTLED)).one()
    assert (event.actor_id, event.details) == (CHIEF.account_id, {"differences": 1})
    assert sheet.seal == before == seal(sheet.id, sittings.journal_of(sheet.id))


def test_sheet_without_changes_keeps_nothing_and_is_marked(room: Room, sheet: Sitting) -> None:
    read_twice(room, sheet, {1: "A", 2: "B"}, {1: "A", 2: "B"})
    assert db.session.scalar(select(func.count()).select_from(LateEvent)) == 0
    assert result_of(sheet).score == 20 * right_of({1: "A", 2: "B"}, sheet)


def test_sweep_closes_a_sheet_and_leaves_its_marks_until_it_is_settled(room: Room, sitting: Sitting) -> None:
    put(room)
    sweep.run(FixedClock(sitting.saves_close_at + timedelta(minutes=1)))
    sweep.run(FixedClock(READ - MINUTE))
    result = result_of(sitting)
    assert (sitting.state, result.state) == (SittingState.EXPIRED, ResultState.WAITING)
    with pytest.raises(result_errors.SheetUnsettled), transaction():
        results.mark(result.id, READ)

    read(reading(room, sitting, {}))
    sweep.run(FixedClock(READ + MINUTE))
    assert result_of(sitting).state is ResultState.WAITING
    right = right_answers(sitting)
    read_twice_by_another = reading(room, sitting, {3: right[3]})
    read(read_twice_by_another, CHIEF)
    sweep.run(FixedClock(READ + 2 * MINUTE))
    assert result_of(sitting).state is ResultState.WAITING
    settle(settling(room, sitting, q3=(right[3], WHY)), ONE_MORE)
    assert (result_of(sitting).state, result_of(sitting).score) == (ResultState.MARKED, 20)


def test_nothing_is_published_before_every_sheet_is_settled(room: Room, sheet: Sitting, refused: Refused) -> None:
    sit_and_mark(room.entries[1], 4)
    refusal = refused(result_errors.SheetsUnread, lambda: publish(room.exam.id, READ))
    assert refusal.facts == {"count": 1}
    read_twice(room, sheet, {}, {})
    assert len(publish(room.exam.id, READ)) == 2


def test_settling_before_two_have_read_is_refused(room: Room, sheet: Sitting, refused: Refused) -> None:
    refused(errors.SheetNotReadTwice, lambda: settle(settling(room, sheet)))
    read(reading(room, sheet, {}))
    refused(errors.SheetNotReadTwice, lambda: settle(settling(room, sheet)))


def test_whoever_read_does_not_settle(room: Room, sheet: Sitting, refused: Refused) -> None:
    read_twice(room, sheet, {3: "A"}, {})
    refused(errors.SettlerHasRead, lambda: settle(settling(room, sheet, q3=("A", WHY)), ONE))


@pytest.mark.parametrize(
    ("choice", "missing"),
    [
        ({}, [3, 4]),
        ({"q3": ("A", WHY)}, [4]),
        ({"q3": ("A", WHY), "q4": ("B", " ")}, [4]),
        ({"q3": ("A", WHY), "q4": ("B", "由" * 201)}, [4]),
        ({"q3": ("E", WHY), "q4": ("", WHY)}, [3, 4]),
        ({"q1": ("A", WHY), "q4": ("B", WHY)}, [3]),
    ],
)
def test_every_difference_needs_an_answer_and_a_reason(
    room: Room, sheet: Sitting, refused: Refused, choice: dict[str, tuple[str, str]], missing: list[int]
) -> None:
    read_twice(room, sheet, {3: "A"}, {4: "B"})
    refusal = refused(errors.ChoiceMissing, lambda: settle(settling(room, sheet, **choice)))
    assert refusal.facts == {"slots": missing}


def test_other_committees_sheet_is_not_found(room: Room, sheet: Sitting, refused: Refused) -> None:
    read_twice(room, sheet, {3: "A"}, {})
    other = make_room(name="乙市人大常委会")
    refused(NoSuchSitting, lambda: settle(settling(other, sheet, q3=("A", WHY))))


def test_settled_and_published_sheets_stay_as_they_are(room: Room, sheet: Sitting, refused: Refused) -> None:
    read_twice(room, sheet, {3: "A"}, {})
    settle(settling(room, sheet, q3=("A", WHY)))
    refused(errors.SheetSettled, lambda: settle(settling(room, sheet, q3=("B", WHY))))
    publish(room.exam.id, READ + 2 * MINUTE)
    refused(errors.SheetSettled, lambda: settle(settling(room, sheet, q3=("B", WHY))))
    refused(errors.SheetSettled, lambda: read(reading(room, sheet, {}), ONE_MORE))
    refused(errors.AlreadyOnPaper, lambda: put(room))


def test_late_answers_of_the_dead_machine_stand_under_what_the_sheet_says(room: Room) -> None:
    """The sheet is compared with what counts when it is settled."""
    sitting = sit(room.entries[0], 5, NINE)
    right = right_answers(sitting)
    put(room)
    collect(room, sitting, COLLECTED)
    written = {**right, 5: wrong(right[5])}
    read_twice(room, sitting, written, written)
    assert queries.counting_answers(sitting.id) == written
    assert result_of(sitting).score == 20 * right_of(written, sitting) == 80
