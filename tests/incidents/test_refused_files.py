"""tests.incidents.test_refused_files — foreign, altered and replayed files: refused, on record, no answer changed."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from exam_app.base.db import db, transaction
from exam_app.exams.errors import NoSuchExam
from exam_app.incidents import emergency, loading
from exam_app.incidents.errors import (
    NoSuchEmergencyFile,
)
from exam_app.incidents.models import EmergencyFile
from exam_app.incidents.states import FileOutcome
from exam_app.operations import service as operations
from exam_app.operations.models import StoredFile
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import AnswerEvent, LateEvent, Sitting
from tests.conftest import NINE
from tests.incidents.acts import LATER, brought, chosen, count, hand_in, load, number, records, verbs
from tests.incidents.emergency_files import document, file_of, held, sealed
from tests.sittings.factories import Room, answer, begin, make_room


def of_other_exam(room: Room, sitting: Sitting) -> bytes:
    other = make_room(1, name="乙市人大常委会")
    return file_of(begin(other.entries[0], "other"), number(other), held(1, "A", 1), token="other")


def of_unknown_device(room: Room, sitting: Sitting) -> bytes:
    return file_of(sitting, number(room), held(1, "A", 1), token="never given out")


def of_no_sitting(room: Room, sitting: Sitting) -> bytes:
    return sealed(b"k" * 32, sitting.id + 999, "ab" * 32, document(sitting.id + 999, number(room), held(1, "A", 1)))


def with_altered_byte(room: Room, sitting: Sitting) -> bytes:
    content = bytearray(brought(room, sitting))
    content[-40] ^= 1
    return bytes(content)


def of_other_person(room: Room, sitting: Sitting) -> bytes:
    return file_of(sitting, number(room, 1), held(1, "A", 1))


def with_too_many_questions(room: Room, sitting: Sitting) -> bytes:
    return file_of(sitting, number(room), held(sitting.slots + 1, "A", 1))


def too_large(room: Room, sitting: Sitting) -> bytes:
    return brought(room, sitting) + b"x" * emergency.LARGEST_FILE


def no_such_file(_room: Room, _sitting: Sitting) -> bytes:
    return b"%PDF-1.7 something else"


FOREIGN = (of_other_exam, of_unknown_device, of_no_sitting)
ALTERED = (with_altered_byte, of_other_person, with_too_many_questions, too_large, no_such_file)


@pytest.mark.parametrize("make", [*FOREIGN, *ALTERED], ids=lambda make: make.__name__)
def test_refused_file_is_on_record_and_changes_no_answer(
    room: Room, sitting: Sitting, make: Callable[[Room, Sitting], bytes]
) -> None:
    content = make(room, sitting)
    before = count(AnswerEvent), count(StoredFile)
    examined = hand_in(room, content)
    expected = FileOutcome.FOREIGN if make in FOREIGN else FileOutcome.ALTERED
    assert isinstance(examined, loading.Examined) and examined.refused is expected
    [row] = db.session.scalars(select(EmergencyFile)).all()
    assert (row.outcome, row.digest, row.loaded_at) == (expected, examined.digest, LATER)
    assert row.content == (b"" if make is too_large else content)
    assert verbs() == ["emergency.refuse"]
    assert (count(AnswerEvent), count(StoredFile)) == before and count(LateEvent) == 0


def test_second_load_of_the_same_file_is_refused_and_on_record(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    command = chosen(room, content)
    load(command)
    answer(sitting, 3, "B", 9)
    assert load(command).refused is FileOutcome.REPLAYED
    examined = hand_in(room, content)
    assert isinstance(examined, loading.Examined) and examined.refused is FileOutcome.REPLAYED
    replayed = (FileOutcome.REPLAYED, sitting.id)
    assert records() == [(FileOutcome.LOADED, sitting.id), replayed, replayed]
    assert sittings.answers_of(sitting.id)[3] == "B"


def test_other_committee_and_other_exam_do_not_find_it(room: Room, sitting: Sitting) -> None:
    content = brought(room, sitting)
    file_id = hand_in(room, content)
    other = make_room(1, name="乙市人大常委会")
    with pytest.raises(NoSuchExam):
        loading.examine(room.exam.id, other.committee.id, content)
    with transaction():
        kept = operations.keep_file(room.committee.id, "名单.xlsx", "text/plain", b"x", NINE)
    for wanted, exam_id in ((file_id, other.exam.id), (kept.id, room.exam.id)):
        with pytest.raises(NoSuchEmergencyFile):
            loading.read_waiting(wanted, exam_id, room.committee.id)
