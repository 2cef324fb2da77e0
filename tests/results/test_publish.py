"""tests.results.test_publish — a person publishes, never the one who set the exam; voiding needs a reason."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.base.states import IllegalMove
from exam_app.papers.models import Blueprint
from exam_app.people.states import Role
from exam_app.results import errors, queries
from exam_app.results import service as results
from exam_app.results.models import Result
from exam_app.results.states import RESULT_MOVES, ResultState
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState
from tests.conftest import NINE
from tests.factories import actor_of, make_account
from tests.results.factories import PUBLISHER, publish, sit, sit_and_mark
from tests.sittings.factories import Room, begin, make_room


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for two people."""
    return make_room(2)


def states() -> set[ResultState]:
    return set(db.session.scalars(select(Result.state)))


def test_publish_publishes_every_marked_result(room: Room) -> None:
    for entry, right in zip(room.entries, (5, 2), strict=True):
        sit_and_mark(entry, right)

    published = publish(room.exam.id)

    assert [(result.score, result.published_by) for result in published] == [(100, 999), (40, 999)]
    assert states() == {ResultState.PUBLISHED}
    assert queries.of_person(room.entries[0].person_id) == [published[0]]


def test_publish_by_whoever_set_the_exam_is_refused(room: Room) -> None:
    sit_and_mark(room.entries[0], 5)
    with transaction():
        setter = make_account(room.committee, Role.EXAMINER)
        room.exam.set_by = setter.id
    with pytest.raises(errors.SetterMustNotPublish):
        publish(room.exam.id, actor=actor_of(setter))

    assert states() == {ResultState.MARKED}


def test_publish_by_whoever_made_the_blueprint_is_refused(room: Room) -> None:
    sit_and_mark(room.entries[0], 5)
    with transaction():
        author = make_account(room.committee, Role.EXAMINER)
        db.session.scalars(select(Blueprint)).one().created_by = author.id
    with pytest.raises(errors.SetterMustNotPublish):
        publish(room.exam.id, actor=actor_of(author))

    assert states() == {ResultState.MARKED}


@pytest.mark.parametrize("nobody", [MACHINE, Actor(None, "王强")])
def test_publish_by_nobody_with_an_account_is_refused(room: Room, nobody: Actor) -> None:
    sit_and_mark(room.entries[0], 5)
    with pytest.raises(errors.SetterMustNotPublish):
        publish(room.exam.id, actor=nobody)

    assert states() == {ResultState.MARKED}


def test_publish_while_somebody_sits_is_refused(room: Room) -> None:
    sit_and_mark(room.entries[0], 5)
    begin(room.entries[1])
    with pytest.raises(errors.PeopleStillSitting) as refusal:
        publish(room.exam.id)

    assert refusal.value.facts == {"count": 1}
    assert states() == {ResultState.MARKED}


def test_publish_before_the_marking_is_refused(room: Room) -> None:
    sitting = sit(room.entries[0], 5)
    with transaction():
        results.finish(sitting.id, NINE)
    with pytest.raises(errors.MarkingUnfinished):
        publish(room.exam.id)

    assert states() == {ResultState.WAITING}


def test_publish_with_nothing_new_is_refused(room: Room) -> None:
    with pytest.raises(errors.NothingToPublish):
        publish(room.exam.id)
    sit_and_mark(room.entries[0], 5)
    [first] = publish(room.exam.id)
    with pytest.raises(errors.NothingToPublish):
        publish(room.exam.id)

    assert first.published_at == NINE


def test_void_keeps_the_marks_and_voids_the_sitting(room: Room) -> None:
    result = sit_and_mark(room.entries[0], 5)
    publish(room.exam.id)
    with transaction():
        results.void(result.id, room.committee.id, "替考", PUBLISHER, NINE)

    assert (result.state, result.score) == (ResultState.VOIDED, 100)
    assert db.session.get_one(Sitting, result.sitting_id).state is SittingState.VOIDED
    assert queries.of_person(room.entries[0].person_id) == []


def test_void_without_a_reason_or_by_another_committee_is_refused(room: Room) -> None:
    result = sit_and_mark(room.entries[0], 5)
    with pytest.raises(errors.VoidingNeedsReason), transaction():
        results.void(result.id, room.committee.id, "  ", PUBLISHER, NINE)
    with pytest.raises(errors.NoSuchResult), transaction():
        results.void(result.id, room.committee.id + 1, "替考", PUBLISHER, NINE)

    assert states() == {ResultState.MARKED}


def test_void_twice_is_refused(room: Room) -> None:
    result = sit_and_mark(room.entries[0], 5)
    with transaction():
        results.void(result.id, room.committee.id, "替考", PUBLISHER, NINE)
    with pytest.raises(IllegalMove), transaction():
        results.void(result.id, room.committee.id, "替考", PUBLISHER, NINE)


@pytest.mark.parametrize("start", list(ResultState))
@pytest.mark.parametrize("end", list(ResultState))
def test_results_never_move_back(start: ResultState, end: ResultState) -> None:
    order = list(ResultState)
    assert (end in RESULT_MOVES[start]) <= (order.index(end) > order.index(start))


def test_weak_laws_come_worst_first_with_what_was_missed(room: Room) -> None:
    result = sit_and_mark(room.entries[0], 2)

    multiple, rest = queries.weak_laws(result.id)

    assert (multiple.slug, multiple.title, multiple.share) == ("supervisors-law", "中华人民共和国监察官法", 0)
    assert (multiple.questions, len(multiple.missed)) == (2, 2)
    assert (rest.slug, rest.questions, round(rest.share, 2)) == ("constitution", 3, Decimal("0.67"))
    assert len(rest.missed) == 1


def test_full_marks_leave_no_weak_law(room: Room) -> None:
    assert queries.weak_laws(sit_and_mark(room.entries[0], 5).id) == []


@pytest.mark.parametrize("people", [1, 3])
def test_results_of_an_exam_cost_one_statement(app: Flask, count_statements: Callable[[], Any], people: int) -> None:
    room = make_room(people)
    for entry in room.entries:
        sit_and_mark(entry, 4)
    exam_id = room.exam.id
    with count_statements() as statements:
        assert [row.score for row in queries.for_exam(exam_id)] == [80] * people

    assert len(statements) == 1, statements
