"""tests.incidents.test_loading — a file is read, refused on record, compared, and loaded by a person with a reason."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.incidents import file_queries, loading
from exam_app.incidents.emergency import Difference
from exam_app.incidents.errors import (
    AnswersMovedOn,
    ConflictsNotReviewed,
    EmergencyReasonMissing,
    NothingToTake,
    SittingVoided,
)
from exam_app.incidents.models import EmergencyFile
from exam_app.incidents.states import FileOutcome
from exam_app.results import service as results
from exam_app.sittings import queries as sittings
from exam_app.sittings import service as room_service
from exam_app.sittings.models import AnswerEvent, LateEvent, RoomEvent, Sitting
from exam_app.sittings.states import LateReason, RoomEventKind
from tests.conftest import NINE
from tests.incidents.acts import CHIEF, CLOSED, LATER, brought, chosen, count, hand_in, load, number, records, verbs
from tests.sittings.factories import Room, answer, begin


def test_file_that_can_be_read_waits_and_is_compared(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    file_id = hand_in(room, content)
    assert hand_in(room, content) == file_id, "twice the same file waits once"
    assert loading.read_waiting(file_id, room.exam.id, room.committee.id) == content
    examined = loading.examine(room.exam.id, room.committee.id, content)
    assert examined.seat is not None and examined.seat.admission_number == number(room)
    assert [(row.slot, row.difference) for row in examined.rows] == [
        (1, Difference.EQUAL),
        (2, Difference.NEWER),
        (3, Difference.ONLY_FILE),
    ]
    assert records() == [] and count(AnswerEvent) == 2


def test_open_sitting_takes_the_chosen_answers_with_fresh_revisions_and_receipts(room: Room, sitting: Sitting) -> None:
    loaded = load(chosen(room, brought(room, sitting)))
    assert (loaded.refused, loaded.count, loaded.late_event_ids) == (None, 2, ())
    events = db.session.scalars(select(AnswerEvent).order_by(AnswerEvent.revision)).all()
    assert [(each.revision, each.slot, each.response) for each in events[2:]] == [(3, 2, "C"), (4, 3, "AC")]
    assert all(each.server_at == LATER and each.receipt and each.client_at == NINE for each in events[2:])
    fresh = sittings.get_sitting(sitting.id)
    assert (fresh.answered, fresh.last_saved_at) == (3, LATER)
    assert records() == [(FileOutcome.LOADED, sitting.id)] and verbs() == ["emergency.load"]
    event = db.session.scalars(select(RoomEvent).where(RoomEvent.kind == RoomEventKind.EMERGENCY_LOADED)).one()
    assert event.details["reason"] == "网络一直没有恢复"


def test_only_what_was_chosen_is_taken(room: Room, sitting: Sitting) -> None:
    assert load(chosen(room, brought(room, sitting), 3)).count == 1
    assert sittings.answers_of(sitting.id) == {1: "A", 2: "B", 3: "AC"}
    [row] = db.session.scalars(select(EmergencyFile)).all()
    assert (row.details["taken"], row.details["left"]) == (["3:AC"], [2])


def test_candidate_goes_on_after_it_at_another_machine(room: Room, sitting: Sitting) -> None:
    load(chosen(room, brought(room, sitting)))
    begin(room.entries[0], "second", LATER)
    assert answer(sitting, 4, "D", 5, LATER, "second").late is None
    assert sittings.answers_of(sitting.id) == {1: "A", 2: "C", 3: "AC", 4: "D"}


def test_file_of_an_earlier_device_is_known(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    with transaction():
        room_service.move_seat(room.entries[0].id, room.committee.id, CHIEF, LATER)
    begin(room.entries[0], "second", LATER)
    assert load(chosen(room, content)).count == 2


def test_later_answer_of_another_machine_is_a_conflict_that_a_person_decides(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    begin(room.entries[0], "second", LATER)
    answer(sitting, 2, "D", 3, LATER, "second")
    examined = loading.examine(room.exam.id, room.committee.id, content)
    assert [row.difference for row in examined.rows if row.slot == 2] == [Difference.CONFLICT]
    command = chosen(room, content)
    assert command.taken == {3}, "the server's answer is proposed: it came later"
    with pytest.raises(ConflictsNotReviewed):
        load(command)
    load(replace(command, is_reviewed=True, taken=frozenset({2, 3})))
    assert sittings.answers_of(sitting.id)[2] == "C"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": "  "}, EmergencyReasonMissing),
        ({"reason": "长" * 201}, EmergencyReasonMissing),
        ({"taken": frozenset()}, NothingToTake),
        ({"taken": frozenset({1})}, NothingToTake),
        ({"seen": "0" * 64}, AnswersMovedOn),
    ],
)
def test_choice_that_cannot_be_done_changes_nothing(
    room: Room, sitting: Sitting, changed: dict[str, Any], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        load(chosen(room, brought(room, sitting), **changed))
    assert (count(AnswerEvent), records(), verbs()) == (2, [], [])


def test_answer_saved_while_somebody_looked_stops_the_loading(room: Room, sitting: Sitting) -> None:
    command = chosen(room, brought(room, sitting))
    answer(sitting, 2, "D", 3)
    with pytest.raises(AnswersMovedOn):
        load(command)
    assert sittings.answers_of(sitting.id)[2] == "D" and records() == []


def test_closed_sitting_keeps_them_as_late_answers_and_its_seal(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    with transaction():
        results.finish(sitting.id, CLOSED)
    seal = sittings.get_sitting(sitting.id).seal
    loaded = load(chosen(room, content), CLOSED)
    late = sittings.list_late(sitting.id)
    assert loaded.late_event_ids == tuple(each.id for each in late)
    assert [(each.slot, each.response, each.revision, each.reason) for each in late] == [
        (2, "C", 3, LateReason.EMERGENCY_FILE),
        (3, "AC", 4, LateReason.EMERGENCY_FILE),
    ]
    assert count(AnswerEvent) == 2 and sittings.get_sitting(sitting.id).seal == seal


@pytest.mark.parametrize("on_paper", [False, True])
def test_after_the_grace_or_on_paper_nothing_counts_by_itself(room: Room, sitting: Sitting, on_paper: bool) -> None:
    content = brought(room, sitting)
    if on_paper:
        with transaction():
            db.session.get_one(Sitting, sitting.id).on_paper_at = LATER
    load(chosen(room, content), LATER if on_paper else CLOSED)
    assert (count(AnswerEvent), count(LateEvent)) == (2, 2)


def test_answer_that_arrived_late_by_itself_is_kept_once(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    answer(sitting, 2, "C", 3, CLOSED)
    loaded = load(chosen(room, content), CLOSED)
    assert len(loaded.late_event_ids) == 2
    assert [each.reason for each in sittings.list_late(sitting.id)] == [
        LateReason.AFTER_GRACE,
        LateReason.EMERGENCY_FILE,
    ]


def test_voided_sitting_takes_nothing(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    with transaction():
        finished = results.finish(sitting.id, LATER)
    with transaction():
        results.void(finished.result_id, room.committee.id, "替考", CHIEF, LATER)
    with pytest.raises(SittingVoided):
        load(chosen(room, content))
    assert (count(LateEvent), records()) == (0, [])


def test_page_lists_what_waits_and_what_became_of_the_rest(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    hand_in(room, content)
    hand_in(room, b"nothing")
    assert [file.name for file in file_queries.waiting_files(room.exam.id, room.committee.id)] == ["应急文件.exam"]
    load(chosen(room, content))
    assert file_queries.waiting_files(room.exam.id, room.committee.id) == []
    rows = file_queries.files_of(room.exam.id)
    assert [(row.outcome, row.seat, row.name) for row in rows] == [
        (FileOutcome.LOADED, "01", "王刚"),
        (FileOutcome.ALTERED, None, None),
    ]
