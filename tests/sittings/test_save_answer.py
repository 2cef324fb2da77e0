"""tests.sittings.test_save_answer — an acknowledged answer is never lost, a late one never dropped."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.base.db import db, is_sqlite, transaction
from exam_app.results import service as results
from exam_app.sittings import queries
from exam_app.sittings import service as sittings
from exam_app.sittings.errors import AnswerInvalid, NoSuchSitting, RevisionTaken
from exam_app.sittings.models import AnswerEvent, LateEvent, Sitting
from exam_app.sittings.states import LateReason
from tests.conftest import NINE
from tests.sittings.factories import MINUTES, SLOTS, answer, begin, make_room

TEN = NINE + timedelta(minutes=MINUTES)
SECOND = timedelta(seconds=1)


@pytest.fixture
def sitting(app: Flask) -> Sitting:
    """A sitting that runs from nine to ten."""
    return begin(make_room().entries[0])


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_answer_is_kept_with_its_receipt(sitting: Sitting) -> None:
    receipt = answer(sitting, 2, "AC", 1, NINE + SECOND)

    assert queries.answers_of(sitting.id) == {2: "AC"}
    assert (receipt.late, receipt.revision, receipt.saved_at) == (None, 1, NINE + SECOND)
    db.session.refresh(sitting)
    assert (sitting.answered, sitting.last_saved_at) == (2, NINE + SECOND)


def test_answer_costs_at_most_two_statements(sitting: Sitting, count_statements: Callable[[], Any]) -> None:
    answer(sitting, 1, "A", 1)
    command = sittings.SaveAnswer(sitting_id=sitting.id, token="token", slot=1, response="B", revision=2)
    with count_statements() as statements, transaction():
        sittings.save_answer(command, NINE)

    assert len(statements) == (2 if is_sqlite() else 1), statements


def test_later_revision_counts_whatever_comes_last(sitting: Sitting) -> None:
    answer(sitting, 1, "C", 5)
    answer(sitting, 1, "A", 3)

    assert queries.answers_of(sitting.id) == {1: "C"}


def test_cleared_answer_is_kept_as_empty(sitting: Sitting) -> None:
    answer(sitting, 1, "C", 1)
    answer(sitting, 1, "", 2)

    assert queries.answers_of(sitting.id) == {1: ""}


def test_same_save_twice_gets_the_same_receipt(sitting: Sitting) -> None:
    first = answer(sitting, 1, "A", 1)

    assert answer(sitting, 1, "A", 1, NINE + SECOND) == first
    assert count(AnswerEvent) == 1


def test_same_save_after_closing_gets_the_same_receipt(sitting: Sitting) -> None:
    first = answer(sitting, 1, "A", 1)
    with transaction():
        results.finish(sitting.id, NINE + SECOND)

    assert answer(sitting, 1, "A", 1, NINE + 2 * SECOND) == first
    assert count(LateEvent) == 0


def test_same_revision_with_another_answer_is_refused(sitting: Sitting) -> None:
    answer(sitting, 1, "A", 1)
    answer(sitting, 2, "A", 7)

    with pytest.raises(RevisionTaken) as refusal:
        answer(sitting, 1, "B", 1, NINE + SECOND)

    assert refusal.value.facts == {"revision": 7}
    assert queries.answers_of(sitting.id) == {1: "A", 2: "A"}
    db.session.refresh(sitting)
    assert sitting.last_saved_at == NINE, "a refusal changes nothing"


@pytest.mark.parametrize("seconds", [0, 10], ids=["at the end", "within the grace"])
def test_answer_counts_until_the_grace_ends(sitting: Sitting, seconds: int) -> None:
    assert answer(sitting, 1, "B", 1, TEN + seconds * SECOND).late is None
    assert queries.answers_of(sitting.id) == {1: "B"}


def test_answer_after_the_grace_is_kept_apart(sitting: Sitting) -> None:
    receipt = answer(sitting, 1, "B", 1, TEN + 11 * SECOND)

    assert receipt.late is LateReason.AFTER_GRACE
    assert queries.answers_of(sitting.id) == {}
    [late] = queries.list_late(sitting.id)
    assert (late.response, late.receipt) == ("B", receipt.receipt)


def test_late_answer_again_gets_the_same_receipt(sitting: Sitting) -> None:
    first = answer(sitting, 1, "B", 1, TEN + 11 * SECOND)

    assert answer(sitting, 1, "B", 1, TEN + 12 * SECOND) == first
    assert count(LateEvent) == 1


def test_answer_after_hand_in_is_kept_apart(sitting: Sitting) -> None:
    with transaction():
        results.finish(sitting.id, NINE + SECOND)

    assert answer(sitting, 1, "B", 1, NINE + 2 * SECOND).late is LateReason.AFTER_CLOSE
    assert queries.answers_of(sitting.id) == {}


def test_answer_from_the_replaced_device_is_kept_apart(sitting: Sitting) -> None:
    with transaction():
        sittings.start(sitting.roster_entry_id, "second", NINE + SECOND)

    assert answer(sitting, 1, "B", 1, NINE + 2 * SECOND, token="token").late is LateReason.REPLACED_DEVICE
    assert answer(sitting, 1, "C", 1, NINE + 3 * SECOND, token="second").late is None
    assert queries.answers_of(sitting.id) == {1: "C"}


def test_unknown_device_is_not_found(sitting: Sitting) -> None:
    answer(sitting, 1, "A", 1)
    for revision in (1, 2):
        with pytest.raises(NoSuchSitting):
            answer(sitting, 1, "A", revision, token="guessed")

    assert (count(AnswerEvent), count(LateEvent)) == (1, 0)


def test_unknown_sitting_is_not_found(sitting: Sitting) -> None:
    command = sittings.SaveAnswer(sitting_id=999, token="token", slot=1, response="A", revision=1)
    with pytest.raises(NoSuchSitting), transaction():
        sittings.save_answer(command, NINE)

    assert (count(AnswerEvent), count(LateEvent)) == (0, 0)


@pytest.mark.parametrize(
    ("slot", "response", "revision"),
    [(0, "A", 1), (SLOTS + 1, "A", 1), (1, "BA", 1), (1, "AA", 1), (1, "Z", 1), (1, "a", 1), (1, "A", 0), (1, "A", -1)],
)
def test_impossible_answer_is_refused(sitting: Sitting, slot: int, response: str, revision: int) -> None:
    with pytest.raises(AnswerInvalid):
        answer(sitting, slot, response, revision)

    assert (count(AnswerEvent), count(LateEvent)) == (0, 0)
