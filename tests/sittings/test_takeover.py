"""tests.sittings.test_takeover — answers brought beside the network: under the lock, in time, or apart."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.base.db import db, transaction
from exam_app.sittings import queries, takeover
from exam_app.sittings.errors import AnswerInvalid, NoSuchSitting, SittingClosed
from exam_app.sittings.models import AnswerEvent, Sitting
from exam_app.sittings.states import LateReason
from exam_app.sittings.takeover import BroughtAnswer
from tests.conftest import NINE
from tests.sittings.factories import MINUTES, SLOTS, answer, begin, make_room

LAST_INSTANT = NINE + timedelta(minutes=MINUTES, seconds=10)


@pytest.fixture
def sitting(app: Flask) -> Sitting:
    sitting = begin(make_room().entries[0])
    answer(sitting, 1, "A", 7)
    return sitting


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(AnswerEvent)) or 0


def test_brought_answers_follow_the_highest_revision_to_the_last_instant(sitting: Sitting) -> None:
    with transaction():
        taken = takeover.take_answers(sitting.id, [BroughtAnswer(1, "B", 3), BroughtAnswer(2, "", 4)], LAST_INSTANT)
    assert [each.revision for each in taken] == [8, 9]
    assert queries.answers_of(sitting.id) == {1: "B", 2: ""}
    assert queries.get_sitting(sitting.id).answered == 1


def test_browser_that_goes_on_is_told_the_next_revision(sitting: Sitting) -> None:
    with transaction():
        takeover.take_answers(sitting.id, [BroughtAnswer(2, "C", 3)], NINE)
    assert answer(sitting, 2, "D", 9).late is None
    assert queries.answers_of(sitting.id)[2] == "D"


def test_nothing_is_taken_after_the_grace(sitting: Sitting) -> None:
    with pytest.raises(SittingClosed), transaction():
        takeover.take_answers(sitting.id, [BroughtAnswer(2, "C", 3)], LAST_INSTANT + timedelta(microseconds=1))
    assert count() == 1


@pytest.mark.parametrize(
    "wrong", [BroughtAnswer(SLOTS + 1, "A", 1), BroughtAnswer(2, "BA", 1), BroughtAnswer(0, "A", 1)]
)
def test_one_wrong_answer_stops_them_all(sitting: Sitting, wrong: BroughtAnswer) -> None:
    for act in (
        lambda: takeover.take_answers(sitting.id, [BroughtAnswer(3, "C", 3), wrong], NINE),
        lambda: takeover.keep_apart(sitting.id, [BroughtAnswer(3, "C", 3), wrong], LateReason.EMERGENCY_FILE, NINE),
    ):
        with pytest.raises(AnswerInvalid), transaction():
            act()
    assert count() == 1 and queries.list_late(sitting.id) == []


def test_apart_is_kept_once(sitting: Sitting) -> None:
    brought = [BroughtAnswer(3, "C", 3, NINE)]
    with transaction():
        first = takeover.keep_apart(sitting.id, brought, LateReason.EMERGENCY_FILE, NINE)
    with transaction():
        again = takeover.keep_apart(sitting.id, brought, LateReason.ON_PAPER, LAST_INSTANT)
    [late] = queries.list_late(sitting.id)
    assert first == again == [late.id] and (late.reason, late.server_at) == (LateReason.EMERGENCY_FILE, NINE)


def test_unknown_sitting_is_not_found(app: Flask) -> None:
    with pytest.raises(NoSuchSitting), transaction():
        takeover.lock(4711)
